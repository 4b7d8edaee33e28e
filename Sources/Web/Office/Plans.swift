internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

extension Site {
    /// 任命する: the 決裁 is entered here, for everybody approved.
    func showDecisions(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        _ = try await officeAccount(visitor)
        return try await decisionPage(visitor, DecisionForm(day: office.today.description))
    }

    func planAppointments(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        let officeAccount = try await officeAccount(visitor)
        var entered = try DecisionForm(form)
        guard
            let decision = entered.decision(
                on: office.today, in: office.year.firstDay...office.year.lastDay)
        else {
            return try await decisionPage(visitor, entered)
        }
        let plan = try await office.planAppointments(
            by: decision, by: officeAccount.actor)
        return try visitor.seeOther(.plan, "number", plan.number)
    }

    private func decisionPage(_ visitor: Visitor, _ entered: DecisionForm) async throws
        -> Response
    {
        let counts = try await office.reading.stateCounts(in: office.year)
        let page = DecisionPage(
            approved: counts[.approved] ?? 0, entered: entered,
            plans: try await office.reading.plans(.appoint))
        return try respond(
            to: visitor, "任命する", under: RoleMenu(.office, .decisions, visitor.csrf),
            page.html(csrf: visitor.csrf), hasProblems: entered.hasProblems)
    }

    /// 下見: what a plan would do, and what became of it.
    func showPlan(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        let officeAccount = try await officeAccount(visitor)
        let plan = try await plan(try request.query.single("number"))
        // A page that asks for itself while its job goes on has been opened once.
        if try await office.job(of: plan)?.state != .waiting {
            try await office.witness(.openPlan, on: "plan:\(plan.number)", by: officeAccount.actor)
        }
        return try await planPage(visitor, plan, nil, shown: request.query)
    }

    private func plan(_ number: String?) async throws -> PlanRecord {
        guard let number, let plan = try await office.reading.plan(number: number) else {
            throw Refusal.notFound
        }
        return plan
    }

    /// `entered` is the 決裁 as it was typed and not taken, `query` which lines are looked at.
    private func planPage(
        _ visitor: Visitor, _ plan: PlanRecord, _ entered: DecisionForm?, shown query: Form
    ) async throws -> Response {
        let counts = try await office.reading.outcomes(of: plan.id)
        let words = PlanWords(plan.act)
        let chosen = try query.single("outcome") ?? words.first(of: counts)
        let after = Int(try query.single("after") ?? "") ?? 0
        let page = PlanPage(
            plan: plan, job: try await office.job(of: plan), counts: counts, chosen: chosen,
            lines: try await office.reading.planLines(
                of: plan.id, outcome: chosen, after: after),
            today: office.today, entered: entered ?? decisionForm(of: plan),
            change: try await change(in: plan, after: Int(try query.single("changed") ?? "") ?? 0))
        let here: Route = plan.act == .renew ? .renewal : .decisions
        return try respond(
            to: visitor, page.heading, under: RoleMenu(.office, here, visitor.csrf),
            page.html(csrf: visitor.csrf), hasProblems: entered?.hasProblems ?? false)
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
    func applyPlan(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        let officeAccount = try await officeAccount(visitor)
        let plan = try await plan(try form.single("number"))
        var decision: Decision?
        if plan.act == .renew, plan.state == .planned, office.today >= plan.year.firstDay {
            var entered = try DecisionForm(form)
            decision = entered.decision(
                on: office.today, in: plan.year.previous.firstDay...plan.year.lastDay)
            guard decision != nil else {
                return try await planPage(visitor, plan, entered, shown: form)
            }
        }
        try await office.askToApply(
            plan.number, under: decision, by: officeAccount.actor)
        return try visitor.seeOther(.plan, "number", plan.number)
    }
}
