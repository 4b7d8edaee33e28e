internal import Enrollment
internal import JSON
internal import Secrets
internal import Store
internal import Words

/// What became of one submission.
enum SubmissionOutcome: Equatable {
    case submitted(receipt: String)
    /// The person had applied already; a row of its own says so, and its receipt is kept.
    case merged(receipt: String)
}

extension Office {
    /// 応募の受付. The one place where an application enters the tables, whatever door it came
    /// through: finds the person, files, and writes the letters, all in the caller's transaction.
    func submit(_ submissions: [Submission], in writing: WriteTransaction, at moment: WriteStamp)
        async throws
        -> [SubmissionOutcome]
    {
        guard let year = submissions.first?.application.year else { return [] }
        var submissions = submissions
        try await findPeople(&submissions, year, writing, moment)
        // Asked before anything is filed: what is filed puts the renewal aside.
        let renewing = try await renewalsUnderWay(
            of: submissions.compactMap(\.personID), to: year, writing.reading)
        let ids = try await writing.submit(submissions, at: moment)
        // Whoever was filed by somebody else since we looked is there now.
        let late = submissions.indices.filter { ids[submissions[$0].receipt.description] == nil }
        if !late.isEmpty {
            var rest = late.map { submissions[$0] }
            try await findPeople(&rest, year, writing, moment)
            // Who is not filed even as a merged one has pressed twice: the first press counts.
            guard try await writing.submit(rest, at: moment).count == rest.count else {
                throw Refusal.conflict(.onceKeyWasUsed)
            }
            for (index, submission) in zip(late, rest) { submissions[index] = submission }
        }
        try await tell(submissions, renewing, writing, moment)
        return submissions.map {
            let receipt = $0.receipt.description
            return $0.mergedInto == nil ? .submitted(receipt: receipt) : .merged(receipt: receipt)
        }
    }

    func submission(
        _ application: Application, by route: ApplicationRoute, onceKey: String,
        grade: EvidenceGrade
    ) -> Submission {
        Submission(
            application, by: route, receipt: receiptNumber(application.year), onceKey: onceKey,
            digest: Digest.sha256Hex(application.content), grade: grade)
    }

    func receiptNumber(_ year: FiscalYear) -> ReceiptNumber {
        ReceiptNumber(year) { random.bytes(ReceiptNumber.randomByteCount) }
    }

    private func findPeople(
        _ submissions: inout [Submission], _ year: FiscalYear, _ writing: WriteTransaction,
        _ moment: WriteStamp
    ) async throws {
        let keys = submissions.map(\.application.keys.sure)
        let known = try await writing.known(keys, in: year)
        var found: [Int] = []
        for index in submissions.indices {
            let application = submissions[index].application
            if let match = known.live[application.kind.rawValue + application.keys.sure] {
                submissions[index].merge(into: match)
            } else if submissions[index].personID == nil,
                let person = known.people[application.keys.sure]
            {
                submissions[index].personID = person
                found.append(index)
            }
        }
        try await mergeByPerson(&submissions, found, year, writing.reading)
        let strangers = submissions.indices.filter { submissions[$0].personID == nil }
        guard !strangers.isEmpty else { return }
        let made = try await writing.makePeople(strangers.count, at: moment)
        for (index, id) in zip(strangers, made) { submissions[index].personID = id }
    }

    /// Of whoever was two persons once, or had another address, a live application may be of
    /// another name and address: it is theirs all the same.
    private func mergeByPerson(
        _ submissions: inout [Submission], _ found: [Int], _ year: FiscalYear,
        _ reading: ReadStore
    ) async throws {
        guard !found.isEmpty else { return }
        let live = try await reading.liveApplications(
            ofPeople: found.compactMap { submissions[$0].personID }, in: year)
        for index in found {
            guard let person = submissions[index].personID else { continue }
            let kind = submissions[index].application.kind
            if let match = live[HeldKind(personID: person, kind: kind)] {
                submissions[index].merge(into: match)
            }
        }
    }

    private func tell(
        _ submissions: [Submission], _ renewing: Set<HeldKind>, _ writing: WriteTransaction,
        _ moment: WriteStamp
    ) async throws {
        let organization = try await senderName(of: submissions, writing.reading)
        writing.post(
            submissions.compactMap { receiptLetter($0, renewing, by: organization) },
            at: moment.now,
            leaving: try await leave(of: submissions, writing.reading, moment))
        record(
            submissions.map { submission in
                Event(
                    submission.mergedInto == nil ? .submit : .merge,
                    on: "receipt:\(submission.receipt)",
                    detail: .object(["route": .string(submission.route.rawValue)]))
            }, in: writing, at: moment)
    }

    /// When the letters of a file leave, so that whoever takes it back at once has told nobody;
    /// nil for at once.
    private func leave(
        of submissions: [Submission], _ reading: ReadStore, _ moment: WriteStamp
    ) async throws -> Instant? {
        guard submissions.first?.route == .group,
            let rules = try await reading.undoRules(on: moment.day)
        else { return nil }
        return moment.now.adding(seconds: 60 * rules.fileLetterMinutes)
    }

    /// The organization whose file they are of; nil where they came alone.
    private func senderName(
        of submissions: [Submission], _ reading: ReadStore
    ) async throws -> String? {
        guard let first = submissions.first, let id = first.submittedBy else { return nil }
        return try await rules(of: first.application.year, reading)?.organization(id: id)?.name
    }

    private func receiptLetter(
        _ submission: Submission, _ renewing: Set<HeldKind>, by organization: String?
    ) -> OutgoingLetter? {
        let application = submission.application
        guard !application.email.isEmpty, submission.route != .renewal else { return nil }
        let receipt = submission.receipt.description
        let name = application.name.full
        let held = submission.personID.map { HeldKind(personID: $0, kind: application.kind) }
        let displaces = held.map(renewing.contains) ?? false
        let words =
            submission.mergedInto == nil
            ? settings.letters.receipt(
                receipt, of: (name, application.kind), year: application.year,
                insteadOfRenewal: displaces, by: organization)
            : settings.letters.alreadyReceived(
                receipt, first: submission.firstReceipt ?? receipt, year: application.year)
        return letter(
            submission.mergedInto == nil ? .receipt : .alreadyReceived, words,
            to: application.email, about: receipt, personID: submission.personID)
    }

    /// A letter whose Message-ID follows from what it is about, so that it is composed once.
    func letter(
        _ kind: LetterKind, _ words: LetterWords, to recipient: String, about subject: String,
        personID: Int? = nil
    ) -> OutgoingLetter {
        OutgoingLetter(
            kind, to: recipient, subject: words.subject, body: words.body,
            messageID: messageID(kind, about: subject), personID: personID,
            isSuppressed: !settings.sendsLetters)
    }

    func messageID(_ kind: LetterKind, about subject: String) -> String {
        let host = settings.mailFrom.split(separator: "@").last ?? "localhost"
        return "\(kind.rawValue)-\(subject)@\(host)".lowercased()
    }
}

extension Submission {
    fileprivate mutating func merge(into live: LiveApplication) {
        personID = live.personID
        mergedInto = live.id
        firstReceipt = live.receipt
    }
}
