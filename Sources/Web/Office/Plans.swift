internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 任命する: plans, looked at and applied.
struct Plans: Room {
    let site: Site

    /// The 決裁 is entered here, for everybody approved.
    func showDecisions(_ member: Appointer, _ request: Request) async throws -> Response {
        try await decisionPage(member, DecisionForm(day: office.today.description))
    }

    func planAppointments(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        var entered = try DecisionForm(form)
        guard
            let decision = entered.decision(
                on: office.today, in: office.year.firstDay...office.year.lastDay)
        else {
            return try await decisionPage(member, entered)
        }
        let plan = try await office.planAppointments(by: decision, by: member.actor)
        return try member.visitor.seeOther(.plan, "number", plan.number)
    }

    private func decisionPage(
        _ member: Appointer, _ entered: DecisionForm
    ) async throws -> Response {
        let counts = try await office.reading.stateCounts(in: office.year)
        let page = DecisionPage(
            approved: counts[.approved] ?? 0, entered: entered,
            plans: try await office.reading.plans(.appoint))
        return try respond(
            to: member,
            StaffPage(
                title: "任命する", place: .decisions, main: page.html(csrf: member.visitor.csrf),
                hasProblems: entered.hasProblems))
    }

    /// 下見: what a plan would do, and what became of it.
    func show(_ member: Appointer, _ request: Request) async throws -> Response {
        let plan = try await plan(try request.query.single("number"))
        // A page that asks for itself while its job goes on has been opened once.
        if try await office.job(of: plan)?.state != .waiting {
            try await office.witness(.openPlan, on: "plan:\(plan.number)", by: member.actor)
        }
        return try await planPage(member, plan, nil, shown: request.query)
    }

    private func plan(_ number: String?) async throws -> PlanRecord {
        // What becomes of an organization's file is on the organization's own page.
        guard let number, let plan = try await office.reading.plan(number: number),
            plan.act == .appoint || plan.act == .renew
        else { throw Refusal.notFound }
        return plan
    }

    /// `entered` is the 決裁 as it was typed and not taken, `query` which lines are looked at.
    private func planPage(
        _ member: Appointer, _ plan: PlanRecord, _ entered: DecisionForm?, shown query: Form
    ) async throws -> Response {
        let counts = try await office.reading.outcomes(of: plan.id)
        let words = PlanWords(plan.act)
        let asked = try query.single("outcome").flatMap { PlanOutcome(rawValue: $0) }
        let chosen = asked ?? words.first(of: counts)
        let after = Int(try query.single("after") ?? "") ?? 0
        let page = PlanPage(
            plan: plan, job: try await office.job(of: plan), counts: counts, chosen: chosen,
            lines: try await office.reading.planLines(
                of: plan.id, outcome: chosen, after: after),
            today: office.today, entered: entered ?? decisionForm(of: plan),
            change: try await change(in: plan, after: Int(try query.single("changed") ?? "") ?? 0))
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: plan.act == .renew ? .renewal : .decisions,
                main: page.html(csrf: member.visitor.csrf),
                hasProblems: entered?.hasProblems ?? false))
    }

    /// The 決裁 as it is known, or today's day.
    private func decisionForm(of plan: PlanRecord) -> DecisionForm {
        plan.decision.map { DecisionForm($0) } ?? DecisionForm(day: office.today.description)
    }

    private func change(in plan: PlanRecord, after position: Int) async throws -> PlanChange? {
        guard plan.replaces != nil else { return nil }
        return PlanChange(
            plan: plan, differences: try await office.reading.differences(of: plan.id),
            lines: try await office.reading.differingLines(of: plan.id, after: position))
    }

    /// 実行する: asks the worker to do exactly this plan.
    func apply(
        _ proven: Proven<Appointer>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let member = proven.member
        let plan = try await plan(try form.single("number"))
        var decision: Decision?
        if plan.act == .renew, plan.state == .planned, office.today >= plan.year.firstDay {
            var entered = try DecisionForm(form)
            decision = entered.decision(
                on: office.today, in: plan.year.previous.firstDay...plan.year.lastDay)
            guard decision != nil else {
                return try await planPage(member, plan, entered, shown: form)
            }
        }
        try await office.askToApply(plan.number, under: decision, by: member.actor)
        return try member.visitor.seeOther(.plan, "number", plan.number)
    }
}
