internal import Enrollment
internal import Secrets
internal import Store

/// A row of a file that was checked and may be submitted.
struct FitRow {
    let row: Int
    let application: Application
}

extension Office {
    /// Who of a file's people is known already, as the plan of an organization's file may know
    /// them.
    func knownPeople(
        _ keys: [String], to organizationID: Int, in year: FiscalYear, from reading: ReadStore
    ) async throws -> [String: GroupPlan.Known] {
        let live = try await livePeople(keys, to: organizationID, in: year, from: reading)
        let same = try await reading.decidedSame(keys, of: organizationID, in: year)
        let pairs = live.map { key, match in
            (
                key,
                GroupPlan.Known(
                    organizationIDs: match.organizationIDs,
                    digest: match.digests[organizationID] ?? "",
                    mayBeCorrected: match.mayBeCorrected(by: organizationID),
                    isNamedTwice: same[key] != nil)
            )
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Live applications by kind and sure key, also under the keys of which the office has said
    /// that they are somebody whom the organization had named already.
    private func livePeople(
        _ keys: [String], to organizationID: Int, in year: FiscalYear, from reading: ReadStore
    ) async throws -> [String: LiveApplication] {
        let live = try await reading.liveApplications(keys, in: year)
        let same = try await reading.decidedSame(keys, of: organizationID, in: year)
        if same.isEmpty { return live }
        let byID = try await reading.liveApplications(ids: Array(same.values))
        return same.compactMapValues { byID[$0] }.merging(live) { $1 }
    }

    /// Files some lines of a plan, or joins them to whom they are about; gives how many did
    /// anything.
    func applyChunk(
        _ rows: [FitRow], of file: GroupFileRecord, _ organization: OpenOrganization,
        _ rules: FiscalYearRules, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        let submissions = rows.map { ($0.row, submission(of: $0, of: file)) }
        let keys = submissions.map(\.1.application.keys.sure)
        let known = try await livePeople(
            keys, to: organization.id, in: file.year, from: writing.reading)
        let ended = try await writing.reading.endedRows(keys, of: organization.id, in: file.year)
        var fresh: [(row: Int, submission: Submission)] = []
        var about: [(row: Int, submission: Submission, match: LiveApplication)] = []
        var done: [DoneLine] = []
        for (row, submission) in submissions {
            let key = submission.application.kind.rawValue + submission.application.keys.sure
            let isMember = known[key]?.organizationIDs.contains(organization.id) ?? false
            if !isMember, let old = ended[key],
                old.isSaidAgain(by: submission.application, digest: { Digest.sha256Hex($0) })
            {
                done.append(DoneLine(row: row, applicationID: old.applicationID, as: .unchanged))
            } else if let match = known[key] {
                about.append((row, submission, match))
            } else {
                fresh.append((row, submission))
            }
        }
        done += try await join(about, organization, rules, in: writing, at: moment)
        done += try await submitRows(fresh, in: writing, at: moment)
        try await writing.finish(done, of: file.id)
        return done.count { $0.appliedAs != .unchanged }
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
        submission(
            row.application, by: .group, onceKey: "\(file.number)-\(row.row)",
            grade: file.evidence.grade)
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
        try await propose(said, organization, rules, in: writing, at: moment)
        return done
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
        if match.digests[organization.id] == submission.digest { return (.unchanged, nil) }
        let correction = try await writing.change(
            submission, of: match, by: organization.id, at: moment)
        if !correction.isOwn, match.submittedBy == organization.id {
            writing.addEarlyViewings(submission, to: match, at: moment)
        }
        return (.changed, correction)
    }

    func propose(
        _ said: [(applicationID: Int, says: Particulars)], _ organization: OpenOrganization,
        _ rules: FiscalYearRules, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        guard !said.isEmpty else { return }
        let held = try await writing.reading.particulars(of: said.map(\.applicationID))
        let proposals = said.map { id, says in
            let differing = says.differing(from: held[id] ?? Particulars([:]))
            return (applicationID: id, answers: differing.answers(rules.gazetteer))
        }
        try await writing.propose(proposals, by: organization.id, at: moment)
    }
}

extension Event {
    fileprivate init(_ change: FactChange) {
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
