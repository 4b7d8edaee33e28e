internal import Enrollment
internal import JSON
internal import Secrets
internal import Store
internal import Words

/// What became of one filing.
enum FilingOutcome: Equatable {
    case filed(receipt: String)
    /// The person had applied already; a row of its own says so, and its receipt is kept.
    case merged(receipt: String)
}

extension Office {
    /// 応募の受付. The one place where an application enters the tables, whatever door it came
    /// through: finds the person, files, and writes the letters, all in the caller's transaction.
    func file(_ filings: [Filing], in writing: Writing, at moment: Moment) async throws
        -> [FilingOutcome]
    {
        guard let year = filings.first?.application.year else { return [] }
        var filings = filings
        try await findPeople(&filings, year, writing, moment)
        // Asked before anything is filed: what is filed puts the renewal aside.
        let renewing = try await renewalsUnderWay(
            of: filings.compactMap(\.personID), to: year, writing.reading)
        let ids = try await writing.file(filings, at: moment)
        // Whoever was filed by somebody else since we looked is there now.
        let late = filings.indices.filter { ids[filings[$0].receipt.description] == nil }
        if !late.isEmpty {
            var rest = late.map { filings[$0] }
            try await findPeople(&rest, year, writing, moment)
            // Who is not filed even as a merged one has pressed twice: the first press counts.
            guard try await writing.file(rest, at: moment).count == rest.count else {
                throw Refusal.conflict("the once-key was used")
            }
            for (index, filing) in zip(late, rest) { filings[index] = filing }
        }
        tell(filings, renewing, writing, moment)
        return filings.map {
            let receipt = $0.receipt.description
            return $0.mergedInto == nil ? .filed(receipt: receipt) : .merged(receipt: receipt)
        }
    }

    func filing(
        _ application: Application, by route: ApplicationRoute, onceKey: String,
        grade: EvidenceGrade
    ) -> Filing {
        Filing(
            application, by: route, receipt: receiptNumber(application.year), onceKey: onceKey,
            digest: Digest.sha256Hex(application.content), grade: grade)
    }

    func receiptNumber(_ year: FiscalYear) -> ReceiptNumber {
        ReceiptNumber(year) { random.bytes(ReceiptNumber.randomByteCount) }
    }

    private func findPeople(
        _ filings: inout [Filing], _ year: FiscalYear, _ writing: Writing, _ moment: Moment
    ) async throws {
        let keys = filings.map(\.application.keys.sure)
        let known = try await writing.known(keys, in: year)
        for index in filings.indices {
            let application = filings[index].application
            if let match = known.live[application.kind.rawValue + application.keys.sure] {
                filings[index].personID = match.personID
                filings[index].mergedInto = match.id
                filings[index].firstReceipt = match.receipt
            } else {
                filings[index].personID = known.people[application.keys.sure]
            }
        }
        let strangers = filings.indices.filter { filings[$0].personID == nil }
        guard !strangers.isEmpty else { return }
        let made = try await writing.makePeople(strangers.count, at: moment)
        for (index, id) in zip(strangers, made) { filings[index].personID = id }
    }

    private func tell(
        _ filings: [Filing], _ renewing: Set<HeldKind>, _ writing: Writing, _ moment: Moment
    ) {
        writing.post(filings.compactMap { receiptLetter($0, renewing) }, at: moment.now)
        writing.record(
            filings.map { filing in
                Event(
                    filing.mergedInto == nil ? "submit" : "merge", on: "receipt:\(filing.receipt)",
                    detail: JSONValue.object(["route": .string(filing.route.rawValue)]).text)
            }, at: moment)
    }

    private func receiptLetter(
        _ filing: Filing, _ renewing: Set<HeldKind>
    ) -> OutgoingLetter? {
        let application = filing.application
        guard !application.email.isEmpty, filing.route != .renewal else { return nil }
        let receipt = filing.receipt.description
        let name = application.name.full
        let held = filing.personID.map { HeldKind(personID: $0, kind: application.kind) }
        let displaces = held.map(renewing.contains) ?? false
        let words =
            filing.mergedInto == nil
            ? settings.letters.receipt(
                receipt, name: name, kind: application.kind, year: application.year,
                insteadOfRenewal: displaces)
            : settings.letters.alreadyReceived(
                receipt, first: filing.firstReceipt ?? receipt, year: application.year)
        return letter(
            filing.mergedInto == nil ? "receipt" : "already_received", words,
            to: application.email, about: receipt, personID: filing.personID)
    }

    /// A letter whose Message-ID follows from what it is about, so that it is composed once.
    func letter(
        _ kind: String, _ words: LetterWords, to recipient: String, about subject: String,
        personID: Int? = nil
    ) -> OutgoingLetter {
        let host = settings.mailFrom.split(separator: "@").last ?? "localhost"
        return OutgoingLetter(
            kind, to: recipient, subject: words.subject, body: words.body,
            messageID: "\(kind)-\(subject)@\(host)".lowercased(), personID: personID,
            isSuppressed: !settings.sendsLetters)
    }
}
