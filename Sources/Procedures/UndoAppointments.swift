public import Enrollment
internal import JSON
internal import Secrets
public import Store
internal import Words

/// 任命の取消し of all that a plan of appointments did.
extension Office {
    /// Says of everybody whom a plan appointed whether that is taken back; writes nothing but the
    /// plan. Throws `Refusal.notFound`, and `.conflict` when the plan was not applied or nothing
    /// of it is left.
    public func planAppointmentUndo(of number: String, by actor: Actor) async throws -> PlanRecord {
        try await write { writing in
            guard let plan = try await writing.reading.plan(number: number), plan.act == .appoint
            else { throw Refusal.notFound }
            guard plan.state == .applied else { throw Refusal.conflict(.nothingToUndo) }
            let lines = try await undoLines(of: plan.id, writing.reading)
            guard !lines.isEmpty else { throw Refusal.conflict(.nothingToUndo) }
            return try await keepUndo(of: plan, lines, in: writing, at: moment(actor))
        }
    }

    /// Asks the worker to do such a plan, for a reason that everybody is told whom it concerns;
    /// whoever asks second changes nothing. False where it is done for another reason. Throws
    /// `Refusal.notFound`, and `.conflict` without a reason.
    @discardableResult
    public func askToUndoAppointments(
        _ number: String, because reason: String, by actor: Actor
    ) async throws -> Bool {
        try await write { writing in
            let plan = try await lockUndo(number, writing)
            let job = try await writing.reading.job(plan.act.job, subject: number)
            guard plan.state == .planned, job == nil else {
                return reason.isEmpty || !counts(anotherReasonThan: reason, plan, job)
            }
            guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
            try await writing.explain(plan.id, because: reason)
            try await ask(.confirmPlan, for: plan, in: writing, at: moment(actor))
            return true
        }
    }

    /// Does exactly the plan, wholly or not at all: the appointments hold on no day and their
    /// numbers are never given again, the applications stand approved as before, what gave way as
    /// よびかけ員 holds again. Where more was built on one of them since, nothing is done and the new
    /// plan is named. Throws `Refusal.notFound` and `.conflict`, also where somebody has asked for
    /// it for another reason, which is the one that counts.
    public func undoAppointments(
        _ number: String, because reason: String, by actor: Actor
    ) async throws -> AppliedPlan {
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        return try await write { writing in
            let plan = try await lockUndo(number, writing)
            let job = try await writing.reading.job(plan.act.job, subject: number)
            guard !counts(anotherReasonThan: reason, plan, job) else {
                throw Refusal.conflict(.takenBackForAnotherReason)
            }
            if plan.state == .planned {
                try await writing.explain(plan.id, because: reason)
            }
            return try await undoAppointments(number, in: writing, at: moment(actor))
        }
    }

    /// Whether it is done, or about to be, for a reason that was said before.
    private func counts(
        anotherReasonThan reason: String, _ plan: PlanRecord, _ job: JobRecord?
    ) -> Bool {
        let isUnderWay = plan.state == .applied || job?.state == .waiting
        return isUnderWay && plan.because != reason
    }

    private func lockUndo(_ number: String, _ writing: WriteTransaction) async throws -> PlanRecord
    {
        guard let plan = try await writing.lockPlan(number), plan.act == .undoAppoint else {
            throw Refusal.notFound
        }
        return plan
    }

    func undoAppointments(
        _ number: String, in writing: WriteTransaction, at moment: WriteStamp,
        _ progress: Progress = .silent
    ) async throws -> AppliedPlan {
        try await applying(number, .undoAppoint, in: writing, at: moment) { undoing in
            guard let undone = undoing.undoes,
                let plan = try await writing.reading.plan(id: undone),
                try await writing.lockPlan(plan.number) != nil
            else { throw Refusal.notFound }
            guard let reason = undoing.because else { throw Refusal.conflict(.reasonIsMissing) }
            try await writing.holdAppointed(by: plan.id)
            let lines = try await undoLines(of: plan.id, writing.reading)
            guard Digest.ofPlan(lines) == undoing.digest else {
                let again = try await keepUndo(
                    of: plan, lines, replacing: undoing, in: writing, at: moment)
                return .changed(newPlan: again.number)
            }
            let ids = lines.filter { $0.outcome == .undoing(.takenBack) }.map(\.applicationID)
            var done = 0
            for part in ids.slices(of: 2_000) {
                try await takeBack(part, by: undoing, because: reason, in: writing, at: moment)
                done += part.count
                await progress.tell(done, ids.count)
            }
            return .applied(count: ids.count)
        }
    }

    private func undoLines(of plan: Int, _ reading: ReadStore) async throws -> [PlanLine] {
        try await reading.appointedByPlan(plan).map { PlanLine(undoing: $0) }
    }

    private func keepUndo(
        of plan: PlanRecord, _ lines: [PlanLine], replacing old: PlanRecord? = nil,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> PlanRecord {
        let new = NewPlan(
            undoing: plan, planNumber(.undoAppoint), digest: Digest.ofPlan(lines),
            replacing: old?.id)
        let id = try await keep(new, in: writing, at: moment)
        // What was typed is not lost with the plan for which it was typed.
        if let reason = old?.because { try await writing.explain(id, because: reason) }
        try await writing.addLines(compared(lines, with: old?.id, writing.reading), to: id)
        guard let kept = try await writing.reading.plan(id: id) else { throw Refusal.notFound }
        return kept
    }

    private func takeBack(
        _ ids: [Int], by undoing: PlanRecord, because reason: String,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let undone = try await writing.undoAppointments(of: ids, by: undoing, at: moment)
        let moved = try await writing.move(
            ids, StateChange(from: [.appointed], to: .approved, reason: reason), at: moment)
        guard undone.count == ids.count, moved.count == ids.count else {
            throw Refusal.conflict(.queueHasChanged)
        }
        let resumed = try await writing.resumeCallers(
            insteadOf: ids, by: undoing, at: moment)
        record(
            undone.map { Event(EndReason.cancelled.act, $0.ended, because: reason) }
                + resumed.map { Event(.resumeAppointment, $0) }, in: writing, at: moment)
        try await tell(undone, because: reason, in: writing, at: moment)
    }

    /// Whoever was told of the appointment, or is being told at this moment, is told why it is
    /// none; nobody who has died, as their organization says.
    private func tell(
        _ undone: [UndoneAppointment], because reason: String, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let untold = try await writing.holdBackAppointmentLetters(of: undone)
        let ids = undone.filter { !untold.contains($0.ended.number) }.map(\.applicationID)
        let numbers = Dictionary(
            uniqueKeysWithValues: undone.map { ($0.applicationID, $0.ended.number) })
        let dead = try await writing.reading.reportedDead(among: ids)
        let letters = try await writing.reading.addressees(of: ids).compactMap { who in
            numbers[who.applicationID].map { (who, $0) }
        }.filter { !dead.contains($0.0.applicationID) }.map { who, number in
            letter(
                .cancellation,
                settings.letters.undoneAppointment(number, name: who.name, reason: reason),
                to: who.email, about: once(number, at: moment), personID: who.personID)
        }
        writing.post(letters, at: moment.now)
    }
}
