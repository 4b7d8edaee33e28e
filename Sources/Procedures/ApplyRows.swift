internal import Enrollment
internal import Secrets
internal import Store

extension Office {
    /// Who of a file's people is known already, as the plan of a body's file may know them.
    func knownPeople(
        _ keys: [String], to organizationID: Int, in year: FiscalYear, from reading: Reading
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

    /// Live applications by kind and sure key, also under the keys of which the office has said that
    /// they are somebody whom the body had named already.
    private func livePeople(
        _ keys: [String], to organizationID: Int, in year: FiscalYear, from reading: Reading
    ) async throws -> [String: LiveApplication] {
        let live = try await reading.liveApplications(keys, in: year)
        let same = try await reading.decidedSame(keys, of: organizationID, in: year)
        if same.isEmpty { return live }
        let byID = try await reading.liveApplications(ids: Array(same.values))
        return same.compactMapValues { byID[$0] }.merging(live) { $1 }
    }

    /// Files some lines of a plan, or joins them to whom they are about; gives how many did anything.
    func applyChunk(
        _ lines: [PlannedLine], of file: GroupFileRecord, _ body: OpenOrganization,
        _ rules: FiscalYearRules, sentOn day: Day, in writing: Writing, at moment: Moment
    ) async throws -> Int {
        let filings = lines.compactMap { line in
            filing(of: line, of: file, body, rules, on: day).map { (line.row, $0) }
        }
        let keys = filings.map(\.1.application.keys.sure)
        let known = try await livePeople(
            keys, to: body.id, in: file.year, from: writing.reading)
        let ended = try await writing.reading.endedRows(keys, of: body.id, in: file.year)
        var fresh: [(row: Int, filing: Filing)] = []
        var about: [(row: Int, filing: Filing, match: LiveApplication)] = []
        var done: [DoneLine] = []
        for (row, filing) in filings {
            let key = filing.application.kind.rawValue + filing.application.keys.sure
            let isMember = known[key]?.organizationIDs.contains(body.id) ?? false
            if !isMember, let old = ended[key],
                old.isSaidAgain(by: filing.application, digest: { Digest.sha256Hex($0) })
            {
                done.append(DoneLine(row: row, applicationID: old.applicationID, as: .unchanged))
            } else if let match = known[key] {
                about.append((row, filing, match))
            } else {
                fresh.append((row, filing))
            }
        }
        done += try await join(about, body, rules, in: writing, at: moment)
        done += try await fileRows(fresh, in: writing, at: moment)
        try await writing.finish(done, of: file.id)
        return done.count { $0.appliedAs != .unchanged }
    }

    func fileRows(
        _ fresh: [(row: Int, filing: Filing)], in writing: Writing, at moment: Moment
    ) async throws -> [DoneLine] {
        let outcomes = try await file(fresh.map(\.filing), in: writing, at: moment)
        return zip(fresh, outcomes).map { line, outcome in
            switch outcome {
            case .filed(let receipt): DoneLine(row: line.row, receipt: receipt, as: .filed)
            case .merged(let receipt): DoneLine(row: line.row, receipt: receipt, as: .merged)
            }
        }
    }

    /// What a line files; nil when it is no longer fit.
    func filing(
        of line: PlannedLine, of file: GroupFileRecord, _ body: OpenOrganization,
        _ rules: FiscalYearRules, on today: Day
    ) -> Filing? {
        guard
            case .accepted(let application, _) = Application.check(
                line.draft, on: today, under: rules, as: .groupFile(body))
        else { return nil }
        return filing(
            application, by: .group, onceKey: "\(file.number)-\(line.row)",
            grade: file.evidence.grade)
    }

    /// Rows about people who are known already: a further body, another 部署, other particulars, or
    /// nothing new. What a row says otherwise of somebody whom it may not change is kept beside them.
    func join(
        _ rows: [(row: Int, filing: Filing, match: LiveApplication)], _ body: OpenOrganization,
        _ rules: FiscalYearRules, in writing: Writing, at moment: Moment
    ) async throws -> [DoneLine] {
        var done: [DoneLine] = []
        var said: [(applicationID: Int, says: Particulars)] = []
        for (row, filing, match) in rows {
            let (word, corrected) = try await join(
                filing, to: match, body, in: writing, at: moment)
            done.append(DoneLine(row: row, applicationID: match.id, as: word))
            if word == .unchanged { continue }
            said.append((match.id, corrected ? Particulars([:]) : Particulars(filing.application)))
        }
        try await propose(said, body, rules, in: writing, at: moment)
        return done
    }

    /// Also says whether the application's own particulars were corrected.
    private func join(
        _ filing: Filing, to match: LiveApplication, _ body: OpenOrganization, in writing: Writing,
        at moment: Moment
    ) async throws -> (LineDone, corrected: Bool) {
        guard match.organizationIDs.contains(body.id) else {
            writing.affiliate(
                [Affiliation(of: match, to: body.id, filing: filing)], in: filing.application.year,
                at: moment)
            return (.affiliated, false)
        }
        if match.digests[body.id] == filing.digest { return (.unchanged, false) }
        let corrected = try await writing.change(filing, of: match, by: body.id, at: moment)
        if !corrected, match.filedBy == body.id {
            writing.addEarlyViewings(filing, to: match, at: moment)
        }
        return (.changed, corrected)
    }

    func propose(
        _ said: [(applicationID: Int, says: Particulars)], _ body: OpenOrganization,
        _ rules: FiscalYearRules, in writing: Writing, at moment: Moment
    ) async throws {
        guard !said.isEmpty else { return }
        let held = try await writing.reading.particulars(of: said.map(\.applicationID))
        let proposals = said.map { id, says in
            let differing = says.differing(from: held[id] ?? Particulars([:]))
            return (applicationID: id, answers: differing.answers(rules.gazetteer))
        }
        try await writing.propose(proposals, by: body.id, at: moment)
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
