internal import Enrollment
internal import JSON
internal import Store
internal import Words

/// A plan, and the file that it takes back.
struct UndoingPlan {
    let plan: PlanRecord
    let file: GroupFileRecord
}

extension Office {
    /// Takes back what rows of a file did, as the plan says of each; gives how many.
    func takeBack(
        _ rows: [UndoableRow], by undoing: UndoingPlan, in writing: WriteTransaction,
        at moment: WriteStamp, _ progress: Progress
    ) async throws -> Int {
        let (plan, file) = (undoing.plan, undoing.file)
        let reversed = rows.filter { $0.outcome.group == .reversed }
        let organization = try await organizationName(of: file, writing.reading)
        var done = 0
        for part in reversed.slices(of: 500) {
            let rows = RowsToUndo(part, of: file.organizationID)
            try await takeBack(rows.having(.takeBack), of: organization, in: writing, at: moment)
            try await restore(rows, in: writing, at: moment)
            try await writing.finishUndo(of: rows, in: file.id, by: plan.id, at: moment)
            done += part.count
            await progress.tell(done, reversed.count)
        }
        record([Event(undone: file, by: plan, rows)], in: writing, at: moment)
        try await tellCoordinator(
            of: undoing, (reversed.count, rows.count), in: writing, at: moment)
        return reversed.count
    }

    /// Applications that the file brought are none any more. Whoever was told of theirs is told;
    /// a letter that has not left does not leave.
    private func takeBack(
        _ rows: RowsToUndo, of organization: String, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let ids = rows.applications
        guard !ids.isEmpty else { return }
        let change = StateChange(
            from: [.submitted, .correcting, .reviewing], to: .withdrawn,
            reason: StateRecord.undoneFile)
        let moved = try await writing.move(ids, change, at: moment)
        guard moved.count == ids.count else { throw Refusal.conflict(.queueHasChanged) }
        _ = try await writing.leave(rows, at: moment)
        record(
            moved.map { Event(.withdraw, $0, to: .withdrawn, because: StateRecord.undoneFile) },
            in: writing, at: moment)
        let told = try await writing.reading.addressees(of: ids).map {
            (who: $0, receiptID: messageID(.receipt, about: $0.receipt))
        }
        let untold = try await writing.holdBack(messageIDs: told.map(\.receiptID))
        let letters = told.filter { !untold.contains($0.receiptID) }.map { who, _ in
            letter(
                .takenBack,
                settings.letters.takenBack(who.receipt, name: who.name, by: organization),
                to: who.email, about: who.receipt, personID: who.personID)
        }
        writing.post(letters, at: moment.now)
    }

    private func restore(
        _ rows: RowsToUndo, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let (left, restored) = (rows.having(.leave), rows.having(.restore))
        for who in try await writing.reading.addressees(of: left.applications) {
            _ = try await writing.holdBack(
                .listed, about: "\(who.receipt)-\(rows.organizationID)", ofPerson: who.personID)
        }
        var changes = try await writing.leave(left, at: moment)
        changes += try await writing.restoreParticulars(of: restored, at: moment)
        changes += try await writing.rejoin(restored, at: moment)
        try await writing.restoreViewings(of: restored, at: moment)
        try await writing.restoreProposals(of: left, at: moment)
        try await writing.restoreProposals(of: restored, at: moment)
        record(changes.map { Event($0) }, in: writing, at: moment)
    }

    private func organizationName(
        of file: GroupFileRecord, _ reading: ReadStore
    ) async throws -> String {
        try await rules(of: file.year, reading)?.organization(id: file.organizationID)?.name ?? ""
    }

    /// One letter to whoever sent the file, who need not be who took it back.
    private func tellCoordinator(
        of undoing: UndoingPlan, _ count: (undone: Int, all: Int), in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let file = undoing.file
        guard !file.coordinator.email.isEmpty else { return }
        let words = settings.letters.groupUndone(
            file.number, name: file.coordinator.name, undone: count.undone,
            kept: count.all - count.undone)
        writing.post(
            [letter(.groupUndone, words, to: file.coordinator.email, about: undoing.plan.number)],
            at: moment.now)
    }
}

extension Event {
    /// What became of a file's rows, as a plan has said.
    fileprivate init(undone file: GroupFileRecord, by plan: PlanRecord, _ rows: [UndoableRow]) {
        let counts = UndoOutcome.Group.allCases.map { group in
            JSONMember(group.rawValue, .integer(rows.count { $0.outcome.group == group }))
        }
        self.init(
            .applyUndo, on: "group_file:\(file.number)",
            detail: .object([JSONMember("plan", .string(plan.number))] + counts))
    }
}
