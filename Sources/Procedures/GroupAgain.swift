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

    /// A plan is made again from the file as it was sent, by what was said of its columns and
    /// sheets then. While it still says the same of every row, it may be applied; otherwise the new
    /// plan takes its place. Throws `Refusal.conflict` when the file can no longer be planned: its
    /// year is over, its organization is closed, or its bytes are kept no longer.
    func planned(
        again file: GroupFileRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> PlannedAgain {
        guard file.year.contains(moment.day), let rules = try await rules(of: file.year),
            rules.organization(id: file.organizationID) != nil,
            let bytes = try await writing.reading.original(of: file.id)
        else { throw Refusal.conflict(.fileCannotBePlanned) }
        let said = try await writing.reading.findings(of: file.id)
        let sender = try await sender(
            of: file.scope, under: rules, choosing: ColumnChoices(said.columns),
            from: writing.reading)
        let made = try await makePlan(
            SheetToRead(bytes: bytes, sheet: SheetChoice(of: said.sheets)), of: sender,
            on: moment.day, from: writing.reading)
        guard case .made(let plan, let format, let leaving) = made else {
            throw Refusal.conflict(.fileCannotBePlanned)
        }
        let digest = try await runBlocking { Digest.ofPlan(plan.lines) }
        if digest == file.plan.digest { return .same(plan) }
        let upload = GroupUpload(name: file.fileName, bytes: bytes, coordinator: file.coordinator)
        let number = try await keep(
            plan, upload,
            PlanFacts(
                scope: file.scope, format: format, leaving: leaving, digest: digest,
                replaces: file.plan.id),
            in: writing, at: moment)
        return .changed(newPlan: number)
    }
}
