public import Enrollment
internal import Store

extension Office {
    /// 名簿を取りやめる. A file that was not sent is put away; what was in it is forgotten at once, and
    /// nobody's application is touched. Whoever asks second changes nothing. Without a scope the
    /// operator is meant, who may put away every file.
    ///
    /// Throws `Refusal.notFound` for a file of others or none, and `Refusal.conflict` where it was
    /// sent, or another plan stands in its place.
    public func discardGroup(
        _ number: String, within scope: OrganizationScope?, by actor: Actor
    ) async throws {
        let moment = moment(actor)
        try await write { writing in
            let isNew =
                if let waiting = try await writing.lockWaitingFile(number) {
                    try await discard(waiting, within: scope, in: writing)
                } else { try await discard(planOf: number, within: scope, in: writing) }
            guard isNew else { return }
            record(
                [Event(.discardGroup, on: "group_file:\(number)")], in: writing, at: moment)
        }
    }

    private func discard(
        _ waiting: WaitingFile, within scope: OrganizationScope?, in writing: WriteTransaction
    ) async throws -> Bool {
        guard scope?.contains(waiting.scope) ?? true else { throw Refusal.notFound }
        guard waiting.planNumber == nil else { throw Refusal.conflict(.planIsReplaced) }
        try await writing.discard(waiting: waiting.id)
        return true
    }

    private func discard(
        planOf number: String, within scope: OrganizationScope?, in writing: WriteTransaction
    ) async throws -> Bool {
        guard let file = try await writing.reading.groupFile(number: number),
            scope?.contains(file.scope) ?? true
        else { throw Refusal.notFound }
        // The job of a plan holds it for as long as it takes: nobody waits for that.
        try await refuseWhileItIsSent(number, writing.reading)
        guard let plan = try await writing.lockPlan(number) else { throw Refusal.notFound }
        switch plan.state {
        case .discarded: return false
        case .replaced: throw Refusal.conflict(.planIsReplaced)
        case .confirmed, .applied: throw Refusal.conflict(.planIsApplied)
        case .planned: try await refuseWhileItIsSent(number, writing.reading)
        }
        try await writing.discard(file.id, of: plan.id)
        return true
    }

    private func refuseWhileItIsSent(_ number: String, _ reading: ReadStore) async throws {
        let job = try await reading.job(PlanAct.group.job, subject: number)
        if job?.state == .waiting { throw Refusal.conflict(.planIsApplied) }
    }
}
