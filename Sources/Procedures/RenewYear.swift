public import Enrollment
internal import Secrets
public import Store
internal import Words

extension Office {
    /// 年度更新の予行. Says what becomes of everybody at the turn to `next`; writes nothing but the plan,
    /// and may be made as often as one likes. The ministry's decision may be given with it, or when
    /// it is applied. Throws `Refusal.yearNotOpen` while `next` has no lists.
    public func planRenewal(
        to next: FiscalYear, by decision: Decision?, by actor: Actor
    ) async throws -> PlanRecord {
        try await write { try await planRenewal(to: next, by: decision, in: $0, at: moment(actor)) }
    }

    /// 年度更新. Does exactly the plan, wholly or not at all, from 1 April on: next year's
    /// applications, appointments from 1 April with numbers and badges, letters. Terms of the old
    /// year are left alone: they end by themselves. Throws `Refusal.conflict` without a decision of
    /// the ministry, given here or with the plan.
    public func applyRenewal(
        _ number: String, under decision: Decision? = nil, by actor: Actor
    ) async throws -> AppliedPlan {
        try await write { writing in
            let moment = moment(actor)
            if let decision, let plan = try await writing.lockPlan(number), plan.act == .renew {
                try await decide(plan, by: decision, in: writing, at: moment)
            }
            return try await applyRenewal(number, in: writing, at: moment)
        }
    }

    /// Notes the ministry's decision on a plan that is not applied yet. What another officer was
    /// asked about does not become another one meanwhile: throws `Refusal.conflict`.
    func decide(
        _ plan: PlanRecord, by decision: Decision, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        try decision.check(on: moment.day, from: plan.year.previous.firstDay)
        guard plan.state == .planned, plan.decision != decision else { return }
        let asked = try await writing.reading.confirmations(of: plan.id)
        guard !asked.contains(where: { $0.answer == nil || $0.answer == .confirmed }) else {
            throw Refusal.conflict(.confirmationHasChanged)
        }
        try await writing.decide(plan.id, by: decision)
    }

    func applyRenewal(
        _ number: String, in writing: WriteTransaction, at moment: WriteStamp,
        _ progress: Progress = .silent
    ) async throws -> AppliedPlan {
        try await applying(number, .renew, in: writing, at: moment) { plan in
            guard moment.day >= plan.year.firstDay else {
                throw Refusal.tooEarly(plan.year.firstDay)
            }
            let decision = try plan.decided(nil)
            let lines = try await renewalLines(to: plan.year, writing.reading)
            guard Digest.ofPlan(lines) == plan.digest else {
                let again = try await planRenewal(
                    to: plan.year, by: decision, replacing: plan.id, in: writing, at: moment)
                return .changed(newPlan: again.number)
            }
            try await writing.expectManyRows()
            let people = try await writing.continuing(in: plan.id)
            let decided = DecidedPlan(
                plan: plan, decision: decision, first: plan.year.firstDay)
            try await renew(people, under: decided, in: writing, at: moment, progress)
            try await tellNotRenewed(plan, in: writing, at: moment)
            return .applied(count: people.count)
        }
    }

    private func planRenewal(
        to next: FiscalYear, by decision: Decision?, replacing old: Int? = nil,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> PlanRecord {
        try decision?.check(on: moment.day, from: next.previous.firstDay)
        let lines = try await renewalLines(to: next, writing.reading)
        let plan = NewPlan(
            .renew, planNumber(.renew), in: next, digest: Digest.ofPlan(lines), by: decision,
            replacing: old)
        let id = try await keep(plan, in: writing, at: moment)
        try await writing.addLines(compared(lines, with: old, writing.reading), to: id)
        guard let kept = try await writing.reading.plan(number: plan.number) else {
            throw Refusal.notFound
        }
        return kept
    }

    func renewalLines(
        to next: FiscalYear, _ reading: ReadStore
    ) async throws -> [PlanLine] {
        let day = max(today, next.firstDay)
        guard let rules = try await reading.rules(of: next)?.inForce(on: day) else {
            throw Refusal.yearNotOpen(next)
        }
        return try await reading.renewalCandidates(for: next).map { candidate in
            let (outcome, missing) = Renewal.outcome(of: candidate.facts, under: rules)
            return PlanLine(candidate, outcome, missing: missing)
        }
    }

    private func renew(
        _ old: [Int], under decided: DecidedPlan, in writing: WriteTransaction,
        at moment: WriteStamp, _ progress: Progress
    ) async throws {
        let plan = decided.plan
        var filed: [(old: Int, new: PlannedAppointment)] = []
        for part in old.slices(of: 5_000) {
            let receipts = part.map { id in
                (id: id, receipt: receiptNumber(plan.year).description)
            }
            do {
                let part = try await writing.submitRenewals(receipts, in: plan.year, at: moment)
                guard part.count == receipts.count else {
                    throw Refusal.conflict(.saidNoMeanwhile)
                }
                filed += part
            } catch StoreConflict.appliedMeanwhile {
                throw Refusal.conflict(.appliedMeanwhile)
            }
            await progress.tell(filed.count / 2, old.count)
        }
        try await writing.carryOver(
            filed.map { ($0.old, $0.new.applicationID) }, under: plan, by: decided.decision,
            at: moment)
        try await appoint(
            filed.map(\.new), under: decided, in: writing, at: moment, progress)
    }

    /// Whoever is not renewed learns why, and until when the gap can be closed.
    private func tellNotRenewed(
        _ plan: PlanRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        guard let rules = try await writing.reading.rules(of: plan.year) else { return }
        let letters = try await writing.notRenewed(in: plan.id).map { person in
            letter(
                .notRenewed,
                settings.letters.notRenewed(
                    NotRenewedNotice(
                        person.name, kind: person.kind, outcome: person.outcome,
                        missing: rules.videos.filter { person.missingSlots.contains($0.slot) }
                            .map(\.title),
                        last: plan.year.previous.lastDay, until: rules.graceUntil)),
                to: person.email, about: person.number, personID: person.personID)
        }
        writing.post(letters, at: moment.now)
    }
}
