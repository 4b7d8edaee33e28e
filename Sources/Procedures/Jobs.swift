public import Enrollment
public import Store

extension Office {
    /// Asks the worker to apply a plan. The coordinator's word that everybody consents is kept with
    /// it.
    public func askToApplyGroup(
        _ number: String, of scope: OrganizationScope, by actor: Actor
    ) async throws {
        try await write { writing in
            guard let file = try await writing.reading.groupFile(number: number),
                scope.contains(file.scope), let plan = try await writing.lockPlan(number)
            else { throw Refusal.notFound }
            if plan.state == .discarded { throw Refusal.conflict(.planIsDiscarded) }
            guard plan.state == .planned else { return }
            try await writing.attest(plan.id)
            try await ask(.confirmGroup, for: plan, in: writing, at: moment(actor))
        }
    }

    func ask(
        _ event: EventKind, for plan: PlanRecord, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        try await writing.enqueue(plan.act.job, subject: plan.number, at: moment.now)
        record([Event(event, on: plan.act.subject(plan.number))], in: writing, at: moment)
    }

    /// What became of the asking; nil while nobody asked.
    public func groupJob(_ number: String) async throws -> JobRecord? {
        try await reading.job(PlanAct.group.job, subject: number)
    }

    /// Asks the worker to apply a plan of appointments or of the year's turn; of that one
    /// `decision` is the ministry's. Whoever asks second changes nothing. Where a second officer is
    /// asked, the first one's word is kept and nothing is done yet. Throws `Refusal.conflict`
    /// without a decision, and where something else waits than was seen.
    public func askToApply(
        _ number: String, under decision: Decision? = nil, as role: ApplyingAs = .first,
        by actor: Actor
    ) async throws {
        try await write { writing in
            guard let plan = try await writing.lockPlan(number),
                plan.act == .appoint || plan.act == .renew
            else { throw Refusal.notFound }
            guard plan.state == .planned,
                try await writing.reading.job(plan.act.job, subject: number) == nil
            else { return }
            if plan.act == .renew, today < plan.year.firstDay {
                throw Refusal.tooEarly(plan.year.firstDay)
            }
            if plan.act == .renew, let decision {
                try await decide(plan, by: decision, in: writing, at: moment(actor))
            }
            _ = try plan.decided(decision)
            guard try await isConfirmed(plan, as: role, in: writing, at: moment(actor)) else {
                return
            }
            try await ask(.confirmPlan, for: plan, in: writing, at: moment(actor))
        }
    }

    /// What became of the asking; nil while nobody asked.
    public func job(of plan: PlanRecord) async throws -> JobRecord? {
        try await reading.job(plan.act.job, subject: plan.number)
    }
}
