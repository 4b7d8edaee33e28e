internal import Enrollment
internal import HTTP
internal import Procedures
internal import Store

/// 送信の取消し, by whoever looks after the people of the file.
struct Undoings: Room {
    let site: Site

    /// 取消しの下見: makes the plan.
    func plan(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        if let file = try await office.reading.groupFile(number: number) {
            try await refuse(file, member)
        }
        let plan = try await office.planUndo(
            ofGroup: number, within: member.scope, by: member.actor)
        return try member.visitor.seeOther(.undo, "number", plan.number)
    }

    func show(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        guard let undo = try await office.undoPlan(try request.query.single("number") ?? "") else {
            throw Refusal.notFound
        }
        try await refuse(undo.file, member)
        return try await undoPage(undo, .organization, to: member, shown: request.query)
    }

    /// Asks the worker to do exactly this plan.
    func apply(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        guard let undo = try await office.undoPlan(number) else { throw Refusal.notFound }
        try await refuse(undo.file, member)
        try await office.askToUndo(number, within: member.scope, by: member.actor)
        return try member.visitor.seeOther(.undo, "number", number)
    }

    /// A foreign file looks like none, but that it was asked for is noted.
    private func refuse(_ file: GroupFileRecord, _ member: OrganizationMember) async throws {
        guard !member.scope.contains(file.scope) else { return }
        await site.note(.accessRefused, by: member.actor, on: "group_file:\(file.number)")
        throw Refusal.notFound
    }
}

extension Room {
    /// The page of a plan that takes a file back, to whoever may see it.
    func undoPage(
        _ undo: UndoPlan, _ pages: UndoRoutes, to member: some StaffMember, shown query: Form
    ) async throws -> Response {
        // A page that asks for itself while its job goes on has been opened once.
        if undo.job?.state != .waiting {
            try await office.witness(.openPlan, on: "plan:\(undo.plan.number)", by: member.actor)
        }
        let asked = try query.single("outcome").flatMap { UndoOutcome.Group(rawValue: $0) }
        let chosen = asked ?? UndoPage.first(of: undo)
        let page = UndoPage(
            undo: undo, chosen: chosen,
            lines: try await office.reading.undoLines(
                of: undo.plan.id, in: chosen, after: Int(try query.single("after") ?? "") ?? 0),
            pages: pages)
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: pages.above.0,
                main: page.html(csrf: member.visitor.csrf)))
    }
}
