public import Enrollment
internal import Secrets
public import Store
internal import Words

/// How the scope of a decision becomes another one, by numbers of applications.
public enum DecisionChange: Sendable {
    case leavingOut([Int])
    case takingIn([Int])
}

extension Office {
    /// 審査. Approves applications that wait; gives how many there were among those asked for. What
    /// somebody else has moved meanwhile is left as it is, and so is what is in doubt.
    public func approve(_ ids: [Int], by actor: Actor) async throws -> Int {
        try await write { try await approve(ids, in: $0, at: moment(actor)) }
    }

    /// The same of one that was looked at, when it had been corrected so many times. Throws
    /// `Refusal.conflict` when it was corrected since: nobody approves what they have not seen.
    public func approve(_ id: Int, corrected count: Int, by actor: Actor) async throws -> Int {
        try await write { writing in
            _ = try await writing.hold(application: id)
            guard try await writing.reading.correctionCount(of: id) == count else {
                throw Refusal.conflict(.queueHasChanged)
            }
            return try await approve([id], in: writing, at: moment(actor))
        }
    }

    private func approve(
        _ ids: [Int], in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        let moved = try await writing.move(
            try await writing.outOfDoubt(ids),
            StateChange(from: [.submitted, .reviewing], to: .approved, in: year), at: moment)
        record(moved.map { Event(.approve, $0, to: .approved) }, in: writing, at: moment)
        return moved.count
    }

    /// 一括承認: everything that waits from one organization, as it was shown. Throws
    /// `Refusal.conflict` when it is no longer as many: somebody else has decided on some of them.
    public func approveAll(
        of organizationID: Int?, upTo last: Int, expecting count: Int, by actor: Actor
    ) async throws -> Int {
        let ids = try await reading.waiting(of: organizationID, in: year, upTo: last)
        guard ids.count == count else { throw Refusal.conflict(.queueHasChanged) }
        return try await approve(ids, by: actor)
    }

    /// 不承認, with the reason that the person is told. Throws `Refusal.conflict` when somebody else
    /// has decided meanwhile.
    public func reject(_ id: Int, because reason: String, by actor: Actor) async throws {
        let moment = moment(actor)
        guard let record = try await reading.application(id: id) else { throw Refusal.notFound }
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        try await write { writing in
            let moved = try await writing.move(
                [id],
                StateChange(from: [.submitted, .reviewing], to: .rejected, reason: reason),
                at: moment)
            guard let moved = moved.first else { throw Refusal.conflict(.decidedAlready) }
            if !record.email.isEmpty {
                let words = settings.letters.rejection(
                    record.receipt, name: record.name, reason: reason)
                writing.post(
                    [
                        letter(
                            .rejection, words, to: record.email,
                            about: once(record.receipt, at: moment), personID: record.personID)
                    ], at: moment.now)
            }
            self.record(
                [Event(.reject, moved, to: .rejected, because: reason)], in: writing, at: moment)
        }
    }

    /// 任命の下見. Plans to appoint everybody approved whom the ministry's decision is about; writes
    /// nothing but the plan. Gives its number and how many it would appoint.
    public func planAppointments(
        by decision: Decision, of scope: DecisionScope = .everybody, by actor: Actor
    ) async throws -> (number: String, count: PlannedCount) {
        _ = try await currentRules()
        return try await write {
            try await planAppointments(
                ScopedDecision(decision, scope), in: $0, at: moment(actor))
        }
    }

    /// The same decision about some more or some less: a plan that takes the place of another one,
    /// which nobody has begun to apply. Throws `Refusal.notFound` and `.conflict`.
    public func planAppointments(
        insteadOf number: String, _ change: DecisionChange, by actor: Actor
    ) async throws -> (number: String, count: PlannedCount) {
        try await write { writing in
            guard let plan = try await writing.lockPlan(number), plan.act == .appoint else {
                throw Refusal.notFound
            }
            guard plan.state == .planned,
                try await writing.reading.job(plan.act.job, subject: number) == nil
            else {
                throw Refusal.conflict(plan.state == .replaced ? .planIsReplaced : .planIsApplied)
            }
            var scope = try await writing.reading.decisionScope(of: plan.id)
            switch change {
            case .leavingOut(let ids): scope.leftOut.formUnion(ids)
            case .takingIn(let ids): scope.leftOut.subtract(ids)
            }
            let made = try await planAppointments(
                ScopedDecision(try plan.decided(nil), scope), replacing: plan.id, in: writing,
                at: moment(actor))
            try await writing.replacePlan(plan.id)
            return made
        }
    }

    /// A decision, and whom it is about.
    private struct ScopedDecision {
        let decision: Decision
        let scope: DecisionScope

        init(_ decision: Decision, _ scope: DecisionScope) {
            self.decision = decision
            self.scope = scope
        }
    }

    private func planAppointments(
        _ decided: ScopedDecision, replacing old: Int? = nil, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> (number: String, count: PlannedCount) {
        let year = FiscalYear(containing: moment.day)
        try decided.decision.check(on: moment.day, from: year.firstDay)
        let lines = try await appointmentLines(in: year, by: decided, writing.reading)
        let plan = NewPlan(
            .appoint, planNumber(.appoint), in: year, digest: Digest.ofPlan(lines),
            by: decided.decision, replacing: old)
        let id = try await keep(plan, in: writing, at: moment)
        try await writing.keep(decided.scope, of: id)
        try await writing.addLines(compared(lines, with: old, writing.reading), to: id)
        return (plan.number, PlannedCount(lines))
    }

    /// What a plan of appointments or of the year's turn would say if it were made now.
    func linesNow(of plan: PlanRecord, _ reading: ReadStore) async throws -> [PlanLine] {
        if plan.act == .renew { return try await renewalLines(to: plan.year, reading) }
        let scope = try await reading.decisionScope(of: plan.id)
        return try await appointmentLines(
            in: plan.year, by: ScopedDecision(try plan.decided(nil), scope), reading)
    }

    private func appointmentLines(
        in year: FiscalYear, by decided: ScopedDecision, _ reading: ReadStore
    ) async throws -> [PlanLine] {
        let (decision, scope) = (decided.decision, decided.scope)
        return try await reading.appointmentCandidates(in: year).filter {
            scope.covers($0.facts.kind, of: $0.applicants)
        }.map { candidate in
            PlanLine(
                candidate, in: year,
                scope.leftOut.contains(candidate.applicationID)
                    ? .leftOut : Appointing.wait(of: candidate.facts, decidedOn: decision.decidedOn)
            )
        }
    }

    /// 任命. Does exactly the plan, once: numbers, terms of one fiscal year from the day of the
    /// decision, letters. When not all of them may be appointed any more, nothing is done and a new
    /// plan is named; on another day also when a new plan would appoint more people or others.
    public func applyAppointments(
        _ number: String, by actor: Actor
    ) async throws -> AppliedPlan {
        try await write {
            try await applyAppointments(number, in: $0, at: moment(actor))
        }
    }

    func applyAppointments(
        _ number: String, in writing: WriteTransaction, at moment: WriteStamp,
        _ progress: Progress = .silent
    ) async throws -> AppliedPlan {
        try await applying(number, .appoint, in: writing, at: moment) { plan in
            guard plan.year.contains(moment.day) else { throw Refusal.conflict(.planYearIsOver) }
            let decision = try plan.decided(nil)
            let decided = ScopedDecision(
                decision, try await writing.reading.decisionScope(of: plan.id))
            let people = try await writing.plannedAppointments(of: plan.id)
            guard try await isStillSo(plan, by: decided, at: moment, writing.reading) else {
                let again = try await planAppointments(
                    decided, replacing: plan.id, in: writing, at: moment)
                return .changed(newPlan: again.number)
            }
            try await appoint(
                people,
                under: DecidedPlan(plan: plan, decision: decision, first: decision.decidedOn),
                in: writing, at: moment, progress)
            _ = try await writing.move(
                people.map(\.applicationID),
                StateChange(from: [.approved], to: .appointed, reason: decision.number),
                at: moment)
            return .applied(count: people.count)
        }
    }

    /// Whether a plan made again would still appoint everybody whom it names; on another day also
    /// whether it would say the same of everybody.
    private func isStillSo(
        _ plan: PlanRecord, by decided: ScopedDecision, at moment: WriteStamp,
        _ reading: ReadStore
    ) async throws -> Bool {
        let lines = try await appointmentLines(in: plan.year, by: decided, reading)
        guard plan.plannedOn == moment.day else { return Digest.ofPlan(lines) == plan.digest }
        let appointable = Set(lines.filter(\.appoints).map(\.applicationID))
        return try await appointable.isSuperset(of: reading.appointed(by: plan.id))
    }
}
