internal import Enrollment
internal import EventLoop
internal import Secrets
internal import Store

extension Office {
    /// A plan made again.
    enum PlannedAgain {
        case same(GroupPlan)
        /// The number of the plan that took its place.
        case changed(newPlan: String)
    }

    /// A plan is made again from the file as it was sent. While it still says the same of every
    /// row, it may be applied; otherwise the new plan takes its place. Throws `Refusal.conflict`
    /// when the file can no longer be planned: its year is over, its organization is closed, or its
    /// bytes are kept no longer.
    func planned(
        again file: GroupFileRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> PlannedAgain {
        guard file.year.contains(moment.day), let rules = try await rules(of: file.year),
            let organization = rules.organizations.first(where: { $0.id == file.organizationID }),
            let bytes = try await writing.reading.original(of: file.id)
        else { throw Refusal.conflict(.fileCannotBePlanned) }
        let made = try await makePlan(
            bytes, of: organization, on: moment.day, under: rules, from: writing.reading)
        guard case .made(let plan, let format, let leaving) = made else {
            throw Refusal.conflict(.fileCannotBePlanned)
        }
        let digest = try await contentDigest(of: plan)
        if digest == file.plan.digest { return .same(plan) }
        let upload = GroupUpload(name: file.fileName, bytes: bytes, coordinator: file.coordinator)
        let number = try await keep(
            plan, upload,
            PlanFacts(
                organization: organization, format: format, leaving: leaving, digest: digest,
                replaces: file.plan.id),
            in: writing, at: moment)
        return .changed(newPlan: number)
    }

    /// The same for two plans that tell the organization the same of the same rows.
    func contentDigest(of plan: GroupPlan) async throws -> String {
        try await runBlocking {
            let lines = plan.lines.map { line in
                let codes = line.problems.map(\.code.rawValue).joined(separator: ",")
                let content = line.application?.content ?? ""
                return "\(line.row) \(line.told.rawValue) \(codes) \(Digest.sha256Hex(content))"
            }
            return Digest.sha256Hex(lines.joined(separator: "\n"))
        }
    }
}
