import Enrollment
import Store
import TestSupport

extension StoreTable {
    /// The file of before, of which two rows did something.
    func undo() async throws {
        chapter("Undo")
        let file = try await database.reading {
            try await ReadStore($0).groupFile(number: "G-1")
        }
        guard let file else { throw Unfit() }
        try await write("finish(_:of:)") {
            try await $0.finish(
                [
                    DoneLine(row: 3, applicationID: self.applications[1], as: .affiliated),
                    DoneLine(row: 5, applicationID: self.applications[7], as: .submitted),
                ], of: file.id)
        }
        let rows = try await read("undoableRows(of:)") { try await $0.undoableRows(of: file.id) }
        try await read("undoableCount(of:)") { try await $0.undoableCount(of: file.id) }
        let plan = try await write("add(_:at:)") {
            try await $0.add(
                NewPlan(undoing: file.plan, "T-1", digest: "digest"), at: self.stamp(16))
        }
        try await write("keep(_:of:in:)") { try await $0.keep(rows, of: file.id, in: plan) }
        try await readPlanOfUndo(plan, of: file)
        try await takeBack(rows, of: file, by: plan)
    }

    private func readPlanOfUndo(_ plan: Int, of file: GroupFileRecord) async throws {
        try await read("undoCounts(of:)") { try await $0.undoCounts(of: plan) }
        try await read("undoLines(of:in:after:limit:)") { try await $0.undoLines(of: plan) }
        try await read("plansUndoing(_:)") { try await $0.plansUndoing(file.plan.id) }
        try await read("groupFile(plan:)") { try await $0.groupFile(plan: file.plan.id) }
        let ids = [applications[1], applications[7]].compactMap(\.self)
        try await read("addressees(of:)") { try await $0.addressees(of: ids) }
    }

    private func takeBack(
        _ rows: [UndoableRow], of file: GroupFileRecord, by plan: Int
    ) async throws {
        let all = RowsToUndo(rows, of: file.organizationID)
        tell("RowsToUndo.having(_:)", all.having(.leave).rows.count)
        let now = stamp(17)
        try await write("hold(organization:)") {
            try await $0.hold(organization: file.organizationID)
        }
        try await write("holdRows(of:)") { try await $0.holdRows(of: file.id) }
        try await write("restoreParticulars(of:at:)") {
            try await $0.restoreParticulars(of: all, at: now)
        }
        try await write("rejoin(_:at:)") { try await $0.rejoin(all, at: now) }
        try await write("leave(_:at:)") { try await $0.leave(all, at: now) }
        try await write("restoreViewings(of:at:)") {
            try await $0.restoreViewings(of: all, at: now)
        }
        try await write("restoreProposals(of:at:)") {
            try await $0.restoreProposals(of: all, at: now)
        }
        try await write("holdBack(messageIDs:)") {
            try await $0.holdBack(messageIDs: ["receipt-none@enroll.example"])
        }
        try await write("finishUndo(of:in:by:at:)") {
            try await $0.finishUndo(of: all, in: file.id, by: plan, at: now)
        }
    }
}

extension StoreTable {
    /// What the first page of the office counts.
    func waitingWork() async throws {
        chapter("What waits")
        try await read("waitingQueue(in:lateUpTo:)") {
            try await $0.waitingQueue(in: self.year, lateUpTo: self.day)
        }
        try await read("waitingDoubts()") { try await $0.waitingDoubts() }
        try await read("waitingProposals(in:)") { try await $0.waitingProposals(in: self.year) }
        try await read("waitingForDecision(in:)") {
            try await $0.waitingForDecision(in: self.year)
        }
        try await read("undeliveredLetters(limit:)") {
            try await $0.undeliveredLetters(limit: 5)
        }
    }

    /// A plan waits for a second officer, who does not want it.
    func confirmations() async throws {
        chapter("A second officer")
        let plan = try await write("add(_:at:)") {
            try await $0.add(
                NewPlan(.appoint, "A-9", in: self.year, digest: "digest"), at: self.stamp(600))
        }
        try await write("askToConfirm(_:at:)") {
            try await $0.askToConfirm(plan, at: self.stamp(601, .account(1)))
        }
        let waiting = try await read("plansToConfirm()") { try await $0.plansToConfirm() }
        try await read("appointers(but:)") { try await $0.appointers(but: 1).map(\.id) }
        let id = waiting.first?.confirmation ?? 0
        try await write("answer(_:_:because:at:)") {
            try await $0.answer(id, .declined, because: "理由", at: self.stamp(602, .account(2)))
        }
        try await read("declinedPlans(askedBy:since:)") {
            try await $0.declinedPlans(askedBy: .account(1), since: self.stamp(602).now)
        }
        try await read("confirmations(of:)") { try await $0.confirmations(of: plan) }
    }

    /// Of whom the plan A-2 appointed, whoever still holds is taken back.
    func undoneAppointments() async throws {
        chapter("Undone appointments")
        guard let plan = try await read("plan(number:)", { try await $0.plan(number: "A-2") })
        else { throw Unfit() }
        try await read("plan(id:)") { try await $0.plan(id: plan.id)?.number }
        let appointed = try await read("appointedByPlan(_:)") {
            try await $0.appointedByPlan(plan.id)
        }
        let lines = appointed.map { PlanLine(undoing: $0) }
        tell("lines", lines)
        let id = try await write("add(_:at:)") {
            try await $0.add(
                NewPlan(undoing: plan, "U-1", digest: "digest"), at: self.stamp(610))
        }
        try await write("addLines(_:to:)") { try await $0.addLines(lines, to: id) }
        try await write("explain(_:because:)") { try await $0.explain(id, because: "理由") }
        guard
            let undoing = try await write(
                "claimPlan(_:act:)", { try await $0.claimPlan("U-1", act: .undoAppoint) })
        else { throw Unfit() }
        try await write("holdAppointed(by:)") { try await $0.holdAppointed(by: plan.id) }
        let ids = lines.filter { $0.outcome == .undoing(.takenBack) }.map(\.applicationID)
        let undone = try await write("undoAppointments(of:by:at:)") {
            try await $0.undoAppointments(of: ids, by: undoing, at: self.stamp(611))
        }
        try await write("resumeCallers(insteadOf:by:at:)") {
            try await $0.resumeCallers(insteadOf: ids, by: undoing, at: self.stamp(611))
        }
        try await write("holdBackAppointmentLetters(of:)") {
            try await $0.holdBackAppointmentLetters(of: undone)
        }
        try await read("reportedDead(among:)") { try await $0.reportedDead(among: ids) }
        for (minute, person) in [(612, 1), (613, 5)] {
            try await write("giveUndone(ofApplications:to:at:)") {
                try await $0.giveUndone(
                    ofApplications: [5], to: person, at: self.at(minute))
            }
        }
    }
}
