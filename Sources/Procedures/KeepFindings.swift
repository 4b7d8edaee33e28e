internal import Enrollment
internal import EventLoop
internal import Spreadsheet
internal import Store

extension Office {
    /// A file with what was found in it. One that was planned before that was kept is planned again
    /// here, by itself and as of its day, and what is found is kept. Throws `Refusal.notFound` when
    /// its organization is known no longer.
    func withFindings(
        _ file: GroupFileRecord
    ) async throws -> (file: GroupFileRecord, findings: GroupFileFindings) {
        let findings = try await reading.findings(of: file.id)
        if findings.isKept { return (file, findings) }
        if let bytes = try await reading.original(of: file.id) {
            try await keepFindings(of: file, bytes)
        }
        guard let kept = try await reading.groupFile(number: file.number) else {
            throw Refusal.notFound
        }
        return (kept, try await reading.findings(of: file.id))
    }

    private func keepFindings(of file: GroupFileRecord, _ bytes: [UInt8]) async throws {
        guard let rules = try await rules(of: file.year),
            let organization = rules.organizations.first(where: { $0.id == file.organizationID })
        else { throw Refusal.notFound }
        let read = try await GroupFileReader.read(
            bytes, of: organization, on: file.plan.plannedOn, under: rules)
        guard case .plan(let plan, _) = read else { throw Refusal.notFound }
        let told = try await reading.outcomes(ofFile: file.id)
        let badges = plan.lines.indices.count { index in
            told[plan.lines[index].row]?.outcome.isSent ?? false
                && plan.lines[index].application?.choices.wantsBadge ?? false
        }
        let lines = plan.lines.indices.compactMap { index in
            plan.lines[index].noticed(besides: told[plan.lines[index].row]?.problems ?? [])
        }
        try await write { writing in
            guard try await writing.keepFindings(of: plan, in: file.id, badgeCount: badges)
            else { return }
            for part in lines.slices(of: 2_000) {
                try await writing.keep(part, of: file.id)
            }
        }
    }
}

extension GroupPlan.Line {
    /// What was told of the line when it was planned, with all that it needs to be told again. What
    /// was told by what was known of the person then, no plan of the file by itself can say.
    fileprivate func noticed(besides told: [Problem]) -> NoticedLine? {
        let codes = told.map(\.code)
        let own = problems.filter { codes.contains($0.code) }
        let others = told.filter { told in !own.contains { $0.code == told.code } }.map { told in
            guard told.code == .rowRepeated, let likeRow else { return told }
            return Problem(.rowRepeated, nil, [.row: String(likeRow)])
        }
        var line = self
        line.problems = own + others
        return line.noticed
    }
}
