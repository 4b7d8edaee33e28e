public import Enrollment
internal import Secrets
public import Store

extension UndoableRow: PlanSaying {
    var says: String { "\(row) \(outcome.group.rawValue) \(outcome.reason)" }
}

extension Office {
    /// 送信の取消しの下見. Says of each row that a file has filed or changed whether it is taken back;
    /// writes nothing but the plan. `scope` is how much of an organization whoever asks looks
    /// after; nil for the office. Throws `Refusal.notFound`, and `.conflict` when the file was not
    /// applied, its days are over, or nothing of it is left.
    public func planUndo(
        ofGroup number: String, within scope: OrganizationScope?, by actor: Actor
    ) async throws -> PlanRecord {
        try await write { writing in
            guard let file = try await writing.reading.groupFile(number: number),
                scope?.contains(file.scope) ?? true
            else { throw Refusal.notFound }
            try await checkUndoable(file, at: moment(actor), writing.reading)
            let rows = try await writing.reading.undoableRows(of: file.id)
            guard !rows.isEmpty else { throw Refusal.conflict(.nothingToUndo) }
            return try await keepUndo(of: file, rows, in: writing, at: moment(actor))
        }
    }

    /// Asks the worker to do such a plan; whoever asks second changes nothing. Throws
    /// `Refusal.notFound`.
    public func askToUndo(
        _ number: String, within scope: OrganizationScope?, by actor: Actor
    ) async throws {
        try await write { writing in
            guard let plan = try await writing.lockPlan(number), plan.act == .undoGroup,
                let file = try await writing.reading.groupFile(plan: plan.undoes ?? 0),
                scope?.contains(file.scope) ?? true
            else { throw Refusal.notFound }
            guard plan.state == .planned,
                try await writing.reading.job(plan.act.job, subject: number) == nil
            else { return }
            try await checkUndoable(file, at: moment(actor), writing.reading)
            try await ask(.confirmPlan, for: plan, in: writing, at: moment(actor))
        }
    }

    /// 送信の取消し. Does exactly the plan, wholly or not at all; where somebody has built on a row
    /// since it was made, nothing is done and the new plan is named.
    public func applyUndo(_ number: String, by actor: Actor) async throws -> AppliedPlan {
        try await write { try await applyUndo(number, in: $0, at: moment(actor)) }
    }

    func applyUndo(
        _ number: String, in writing: WriteTransaction, at moment: WriteStamp,
        _ progress: Progress = .silent
    ) async throws -> AppliedPlan {
        try await applying(number, .undoGroup, in: writing, at: moment) { plan in
            guard let file = try await writing.reading.groupFile(plan: plan.undoes ?? 0) else {
                throw Refusal.notFound
            }
            try await checkUndoable(file, at: moment, writing.reading)
            try await writing.hold(organization: file.organizationID)
            try await writing.holdRows(of: file.id)
            let rows = try await writing.reading.undoableRows(of: file.id)
            guard Digest.ofPlan(rows) == plan.digest else {
                let again = try await keepUndo(
                    of: file, rows, replacing: plan.id, in: writing, at: moment)
                return .changed(newPlan: again.number)
            }
            return .applied(
                count: try await takeBack(
                    rows, by: UndoingPlan(plan: plan, file: file), in: writing, at: moment, progress
                ))
        }
    }

    /// Throws `Refusal.conflict`.
    private func checkUndoable(
        _ file: GroupFileRecord, at moment: WriteStamp, _ reading: ReadStore
    ) async throws {
        guard let applied = file.plan.appliedAt else { throw Refusal.conflict(.nothingToUndo) }
        guard let rules = try await reading.undoRules(on: applied.day) else {
            throw Refusal.conflict(.undoRulesAreMissing)
        }
        let last = rules.lastDay(ofFileAppliedAt: applied)
        guard moment.day <= last else { throw Refusal.conflict(.undoIsOver(last)) }
    }

    private func keepUndo(
        of file: GroupFileRecord, _ rows: [UndoableRow], replacing old: Int? = nil,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> PlanRecord {
        let plan = NewPlan(
            undoing: file.plan, planNumber(.undoGroup), digest: Digest.ofPlan(rows),
            replacing: old)
        try await writing.keep(rows, of: file.id, in: keep(plan, in: writing, at: moment))
        guard let kept = try await writing.reading.plan(number: plan.number) else {
            throw Refusal.notFound
        }
        return kept
    }
}
