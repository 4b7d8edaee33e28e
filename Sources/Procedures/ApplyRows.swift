internal import Enrollment
internal import Secrets
internal import Store
internal import Words

/// A row of a file that was checked and may be submitted.
struct FitRow {
    let row: Int
    let application: Application
    /// Whom it speaks of; nil where that is nobody who is known.
    let personID: Int?
}

/// Some rows of an organization's file, and what they are read by.
struct RowsToApply {
    let rows: [FitRow]
    let file: GroupFileRecord
    let organization: OpenOrganization
    let rules: FiscalYearRules
}

extension Office {
    /// Files some lines of a plan, or joins them to whom they are about; gives how many did
    /// anything.
    func applyChunk(
        _ chunk: RowsToApply, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        let file = chunk.file
        let rows = try await recognized(chunk.rows, in: file.year, writing)
        let (organization, rules) = (chunk.organization, chunk.rules)
        let people = rows.compactMap(\.personID)
        let live = try await writing.reading.liveApplications(ofPeople: people, in: file.year)
        let ended = try await writing.reading.endedRows(
            ofPeople: people, to: file.scope, in: file.year)
        var fresh: [(row: Int, submission: Submission)] = []
        var about: [(row: Int, submission: Submission, match: LiveApplication)] = []
        var done: [DoneLine] = []
        for row in rows {
            let submission = submission(of: row, of: file)
            let who = row.personID.map { HeldKind(personID: $0, kind: row.application.kind) }
            let match = who.flatMap { live[$0] }
            let isMember = match?.organizationIDs.contains(organization.id) ?? false
            if !isMember, let old = who.flatMap({ ended[$0] }),
                old.isSaidAgain(by: row.application, digest: { Digest.sha256Hex($0) })
            {
                let id = old.applicationID
                done.append(DoneLine(row: row.row, applicationID: id, as: .unchanged))
            } else if let match {
                about.append((row.row, submission, match))
            } else {
                fresh.append((row.row, submission))
            }
        }
        done += try await join(about, organization, rules, in: writing, at: moment)
        done += try await submitRows(fresh, in: writing, at: moment)
        try await writing.finish(done, of: file.id)
        return done.count { $0.appliedAs != .unchanged }
    }

    /// A row that says just what somebody has applied with alone speaks of them, also where the
    /// mailbox is one that several share and so is no evidence: there can be only one of the two,
    /// and what the organization says of them is not to be lost.
    private func recognized(
        _ rows: [FitRow], in year: FiscalYear, _ writing: WriteTransaction
    ) async throws -> [FitRow] {
        let strangers = rows.filter { $0.personID == nil }.map(\.application.keys.sure)
        guard !strangers.isEmpty else { return rows }
        let known = try await writing.known(strangers, in: year).live
        return rows.map { row in
            let application = row.application
            let match = known[application.kind.rawValue + application.keys.sure]
            return FitRow(
                row: row.row, application: application, personID: row.personID ?? match?.personID)
        }
    }

    func submitRows(
        _ fresh: [(row: Int, submission: Submission)], in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> [DoneLine] {
        let outcomes = try await submit(fresh.map(\.submission), in: writing, at: moment)
        return zip(fresh, outcomes).map { line, outcome in
            switch outcome {
            case .submitted(let receipt): DoneLine(row: line.row, receipt: receipt, as: .submitted)
            case .merged(let receipt): DoneLine(row: line.row, receipt: receipt, as: .merged)
            }
        }
    }

    func submission(of row: FitRow, of file: GroupFileRecord) -> Submission {
        var submission = submission(
            row.application, by: .group, onceKey: "\(file.number)-\(row.row)",
            grade: file.evidence.grade)
        submission.senderPlaceID = file.senderPlaceID
        submission.personID = row.personID
        return submission
    }

    /// Rows about people who are known already: a further organization, another 部署, other
    /// particulars, or nothing new. What a row says otherwise of somebody whom it may not change is
    /// kept beside them.
    func join(
        _ rows: [(row: Int, submission: Submission, match: LiveApplication)],
        _ organization: OpenOrganization,
        _ rules: FiscalYearRules, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> [DoneLine] {
        var done: [DoneLine] = []
        var said: [(applicationID: Int, says: Particulars)] = []
        var changes: [FactChange] = []
        for (row, submission, match) in rows {
            let (word, correction) = try await join(
                submission, to: match, organization, in: writing, at: moment)
            done.append(DoneLine(row: row, applicationID: match.id, as: word))
            if word == .unchanged { continue }
            let isCorrected = correction?.isOwn ?? false
            said.append(
                (match.id, isCorrected ? Particulars([:]) : Particulars(submission.application)))
            changes += correction?.changes ?? []
        }
        record(changes.map { Event($0) }, in: writing, at: moment)
        let joined = done.filter { $0.appliedAs == .affiliated }.compactMap(\.applicationID)
        try await tellListed(joined, by: organization, in: writing, at: moment)
        let proposed = try await propose(said, organization, rules, in: writing, at: moment)
        return done.map { $0.told(proposed: proposed, changed: changes) }
    }

    /// Also says what was corrected.
    private func join(
        _ submission: Submission, to match: LiveApplication, _ organization: OpenOrganization,
        in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> (LineResult, Correction?) {
        guard match.organizationIDs.contains(organization.id) else {
            writing.affiliate(
                [Affiliation(of: match, to: organization.id, submission: submission)],
                in: submission.application.year,
                at: moment)
            return (.affiliated, nil)
        }
        if match.digests[organization.id] == submission.digest,
            submission.application.businessPlace.leaves(match.places[organization.id])
        {
            return (.unchanged, nil)
        }
        let correction = try await writing.change(
            submission, of: match, by: organization.id, at: moment)
        if !correction.isOwn, match.submittedBy == organization.id {
            writing.addEarlyViewings(submission, to: match, at: moment)
        }
        return (.changed, correction)
    }

    /// Keeps what rows say otherwise than the applications of which they speak, and tells their
    /// owners of what was not said before. Gives the applications of which something is said.
    @discardableResult
    func propose(
        _ said: [(applicationID: Int, says: Particulars)], _ organization: OpenOrganization,
        _ rules: FiscalYearRules, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Set<Int> {
        guard !said.isEmpty else { return [] }
        let held = try await writing.reading.particulars(of: said.map(\.applicationID))
        let proposals = said.map { id, says in
            let differing = says.differing(from: held[id] ?? Particulars([:]))
            return (applicationID: id, answers: differing.answers(rules.gazetteer))
        }
        let news = try await writing.propose(proposals, by: organization.id, at: moment)
        try await tell(
            proposals.filter { news.contains($0.applicationID) }, organization.name, in: writing,
            at: moment)
        return Set(proposals.filter { !$0.answers.answers.isEmpty }.map(\.applicationID))
    }

    /// Only of what they may decide on themselves.
    func tell(
        _ proposals: [(applicationID: Int, answers: ApplicationDraft)], _ organization: String,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let ids = proposals.map(\.applicationID)
        let records = try await writing.reading.applications(among: ids, limit: ids.count)
        let letters = records.compactMap { record -> OutgoingLetter? in
            let scope = CorrectionScope(
                record.status(on: moment.day), isFiledByOrganization: record.submittedBy != nil)
            let said = proposals.first { $0.applicationID == record.id }?.answers.answers ?? []
            let fields = said.map(\.field).filter { scope?.includes($0) ?? false }
            guard !record.email.isEmpty, !fields.isEmpty else { return nil }
            let words = settings.letters.proposal(
                record.receipt, name: record.name, by: organization,
                fields: fields.sorted { $0.position < $1.position })
            return letter(
                .proposal, words, to: record.email, about: once(record.receipt, at: moment),
                personID: record.personID)
        }
        writing.post(letters, at: moment.now)
    }
}

extension DoneLine {
    /// A row that changed nothing and said something otherwise is told as what it is.
    fileprivate func told(proposed: Set<Int>, changed: [FactChange]) -> DoneLine {
        guard appliedAs == .changed, let applicationID, proposed.contains(applicationID),
            !changed.contains(where: { $0.applicationID == applicationID })
        else { return self }
        return DoneLine(row: row, applicationID: applicationID, as: .proposed)
    }
}

extension Event {
    init(_ change: FactChange) {
        self.init(
            change.act, on: "application:\(change.applicationID)",
            details: EventDetails(before: change.before, after: change.after))
    }
}

extension Particulars {
    /// As a person reads them: places by their names.
    fileprivate func answers(_ gazetteer: Gazetteer) -> ApplicationDraft {
        var draft = ApplicationDraft()
        for (field, value) in values {
            switch field {
            case .prefecture:
                draft[field] = gazetteer.prefectures.first { $0.code == value }?.name ?? value
            case .city:
                let code = value.prefix(6)
                let place = gazetteer.municipalities.first { $0.code == code }
                draft[field] = (place.map { $0.county + $0.name } ?? "") + value.dropFirst(6)
            default: draft[field] = value
            }
        }
        return draft
    }
}
