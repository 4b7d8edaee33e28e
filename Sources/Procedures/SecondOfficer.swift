public import Enrollment
public import Store

/// Of which plans a second officer is asked; a setting of the installation.
public enum SecondOfficerRule: Sendable, Equatable {
    case off
    /// Of appointments of more people, and of every turn of a year.
    case above(Int)

    public static let usual = SecondOfficerRule.above(1_000)

    func isAsked(for act: PlanAct, of count: Int) -> Bool {
        guard case .above(let limit) = self else { return false }
        return act == .renew || act == .appoint && count > limit
    }
}

/// As what somebody would have a plan done.
public enum ApplyingAs: Sendable, Equatable {
    /// Whoever asks for it, where nobody has before.
    case first
    /// The second, who has seen what the first asked for, by its number.
    case second(Int)
}

/// What the page of a plan says of a second officer.
public struct SecondOfficerOutlook: Sendable {
    /// Nil where nobody waits.
    public let waiting: ConfirmationRecord?
    public let isAskedByViewer: Bool
    /// The last word that was said before; nil where none was.
    public let last: ConfirmationRecord?
    /// Who else could confirm.
    public let others: [AccountRecord]
    /// What the plan would say otherwise if it were made now; nil where nobody waits.
    public let changes: PlanDifferences?
}

/// 二人目の確認.
extension Office {
    /// Nil where a plan needs nobody besides.
    public func secondOfficerOutlook(
        of plan: PlanRecord, for viewer: Actor
    ) async throws -> SecondOfficerOutlook? {
        guard plan.state == .planned, try await needsSecondOfficer(plan, reading) else {
            return nil
        }
        let all = try await reading.confirmations(of: plan.id)
        let waiting = all.first { $0.answer == nil }
        var account: Int?
        if case .account(let id) = waiting?.asker.actor ?? viewer { account = id }
        return SecondOfficerOutlook(
            waiting: waiting, isAskedByViewer: waiting?.asker.actor == viewer,
            last: all.first { $0.answer != nil },
            others: try await reading.appointers(but: account),
            changes: waiting == nil ? nil : try await changes(since: plan))
    }

    /// Whether a plan may be applied now: nobody else is asked, or another officer than the first
    /// has confirmed it. Whoever is the first asks by this, and asking again changes nothing.
    /// Throws `Refusal.conflict` where something else waits than was seen.
    func isConfirmed(
        _ plan: PlanRecord, as role: ApplyingAs, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> Bool {
        guard try await needsSecondOfficer(plan, writing.reading) else { return true }
        let all = try await writing.reading.confirmations(of: plan.id)
        if all.contains(where: { $0.answer == .confirmed }) { return true }
        let waiting = all.first { $0.answer == nil }
        switch role {
        case .first:
            guard let waiting else {
                try await writing.askToConfirm(plan.id, at: moment)
                record(.askSecondOfficer, plan, in: writing, at: moment)
                return false
            }
            guard waiting.asker.actor == moment.actor else {
                throw Refusal.conflict(.confirmationHasChanged)
            }
            return false
        case .second(let id):
            guard let waiting, waiting.id == id, waiting.mayStillAsk else {
                throw Refusal.conflict(.confirmationHasChanged)
            }
            guard waiting.asker.actor != moment.actor else {
                throw Refusal.conflict(.anotherOfficerConfirms)
            }
            guard try await writing.answer(id, .confirmed, at: moment) else {
                throw Refusal.conflict(.confirmationHasChanged)
            }
            record(.confirmAsSecondOfficer, plan, in: writing, at: moment)
            return true
        }
    }

    /// What a command does before it applies a plan: asks, or confirms as the second. Whether the
    /// plan may be applied now. Throws `Refusal.notFound` and `.conflict`.
    public func mayApply(
        _ number: String, under decision: Decision? = nil, as role: ApplyingAs, by actor: Actor
    ) async throws -> Bool {
        try await write { writing in
            guard let plan = try await writing.lockPlan(number),
                plan.act == .appoint || plan.act == .renew
            else { throw Refusal.notFound }
            guard plan.state == .planned else { return true }
            if let decision, plan.act == .renew {
                try await decide(plan, by: decision, in: writing, at: moment(actor))
            }
            return try await isConfirmed(plan, as: role, in: writing, at: moment(actor))
        }
    }

    /// Another officer than the first does not want a plan done, with the reason that the first is
    /// shown. Throws `Refusal.notFound` and `.conflict`.
    public func declinePlan(
        _ number: String, confirmation id: Int, because reason: String, by actor: Actor
    ) async throws {
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        try await answer(number, id, .declined, because: reason, by: actor)
    }

    /// Whoever asked for a plan takes that back. Throws `Refusal.notFound` and `.conflict`.
    public func withdrawPlan(_ number: String, confirmation id: Int, by actor: Actor) async throws {
        try await answer(number, id, .withdrawn, because: "", by: actor)
    }

    private func answer(
        _ number: String, _ id: Int, _ answer: ConfirmationAnswer, because reason: String,
        by actor: Actor
    ) async throws {
        try await write { writing in
            guard let plan = try await writing.lockPlan(number) else { throw Refusal.notFound }
            let waiting = try await writing.reading.confirmations(of: plan.id).first {
                $0.id == id && $0.answer == nil
            }
            guard let waiting else { throw Refusal.conflict(.confirmationHasChanged) }
            let isOwn = waiting.asker.actor == actor
            guard isOwn == (answer == .withdrawn) else {
                throw Refusal.conflict(.anotherOfficerConfirms)
            }
            guard try await writing.answer(id, answer, because: reason, at: moment(actor)) else {
                throw Refusal.conflict(.confirmationHasChanged)
            }
            let act: EventKind =
                answer == .withdrawn ? .withdrawSecondOfficer : .declineAsSecondOfficer
            record(
                [
                    Event(
                        act, on: plan.act.subject(number),
                        details: reason.isEmpty ? nil : EventDetails(reason: reason))
                ], in: writing, at: moment(actor))
        }
    }

    /// Before anything of a plan is done.
    func demandSecondOfficer(_ plan: PlanRecord, _ reading: ReadStore) async throws {
        guard try await needsSecondOfficer(plan, reading) else { return }
        let all = try await reading.confirmations(of: plan.id)
        guard all.contains(where: { $0.answer == .confirmed }) else {
            throw Refusal.conflict(.secondOfficerIsMissing)
        }
    }

    private func needsSecondOfficer(
        _ plan: PlanRecord, _ reading: ReadStore
    ) async throws -> Bool {
        guard settings.secondOfficer != .off, [.appoint, .renew].contains(plan.act) else {
            return false
        }
        let counts = try await reading.outcomes(of: plan.id)
        return settings.secondOfficer.isAsked(
            for: plan.act, of: counts[.appointing(.appoint)] ?? 0)
    }

    private func record(
        _ act: EventKind, _ plan: PlanRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) {
        record([Event(act, on: plan.act.subject(plan.number))], in: writing, at: moment)
    }

    private func changes(since plan: PlanRecord) async throws -> PlanDifferences {
        let now = try await linesNow(of: plan, reading)
        let lines = try await compared(now, with: plan.id, reading)
        let left = lines.count { $0.outcome == .gone }
        let came = lines.count { $0.earlier == .notNamed }
        let differing = lines.count { $0.earlier != nil }
        return PlanDifferences(came: came, left: left, changed: differing - left - came)
    }
}
