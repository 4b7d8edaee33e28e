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
        try await decisionPage(
            member, DecisionForm(day: office.today.description),
            DecisionScopeForm(approved: try await approved()))
    }

    func planAppointments(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        var entered = try DecisionForm(form)
        let scope = try DecisionScopeForm(form, approved: try await approved())
        guard
            let decision = entered.decision(
                on: office.today, in: office.year.firstDay...office.year.lastDay),
            scope.problem == nil
        else {
            return try await decisionPage(member, entered, scope)
        }
        let plan = try await office.planAppointments(
            by: decision, of: scope.scope, by: member.actor)
        return try member.visitor.seeOther(.plan, "number", plan.number)
    }

    /// Leaves some out of a decision, or takes them in again: a new plan in the place of the old.
    func choose(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let plan = try await plan(try form.single("number"))
        let number = plan.number
        let ids = form.all("application").compactMap { Int($0) }
        let path = Route.plan.with("number", number)
        let isOut = try form.single("act") == PlanChoice.leavingOut
        guard !ids.isEmpty else {
            return try await planPage(
                member, plan, shown: form,
                wrong: PlanEntry(people: isOut ? "決裁から外す人を選んでください。" : "決裁に入れる人を選んでください。"))
        }
        do {
            let plan = try await office.planAppointments(
                insteadOf: number, isOut ? .leavingOut(ids) : .takingIn(ids), by: member.actor)
            return try member.visitor.seeOther(.plan, "number", plan.number)
        } catch Refusal.conflict(.planIsReplaced), Refusal.conflict(.planIsApplied) {
            return await site.decidedOtherwise(request, shownOn: path)
        }
    }

    private func approved() async throws -> [WaitingOrganization] {
        try await office.reading.waitingOrganizations(in: office.year, [.approved])
    }

    private func decisionPage(
        _ member: Appointer, _ entered: DecisionForm, _ scope: DecisionScopeForm
    ) async throws -> Response {
        let plans = try await office.reading.plans(.appoint)
        let page = DecisionPage(
            entered: entered, scope: scope, plans: plans,
            takenBack: try await office.takenBack(of: plans))
        return try respond(
            to: member,
            StaffPage(
                title: "任命する", place: .decisions, main: page.html(csrf: member.visitor.csrf),
                hasProblems: entered.hasProblems || scope.problem != nil))
    }

    /// 下見: what a plan would do, and what became of it.
    func show(_ member: Appointer, _ request: Request) async throws -> Response {
        let plan = try await plan(try request.query.single("number"))
        // A page that asks for itself while its job goes on has been opened once.
        if try await office.job(of: plan)?.state != .waiting {
            try await office.witness(.openPlan, on: "plan:\(plan.number)", by: member.actor)
        }
        return try await planPage(member, plan, shown: request.query)
    }

    private func plan(_ number: String?) async throws -> PlanRecord {
        // What becomes of an organization's file is on the organization's own page.
        guard let number, let plan = try await office.reading.plan(number: number),
            [.appoint, .renew, .undoAppoint].contains(plan.act)
        else { throw Refusal.notFound }
        return plan
    }

    /// What was typed and not taken.
    private struct PlanEntry {
        var decision: DecisionForm?
        var reason: CancellationForm?
        /// What is wrong with the choice of people.
        var people: String?

        var hasProblems: Bool {
            people != nil || reason != nil || decision?.hasProblems ?? false
        }
    }

    /// `query` says which lines are looked at.
    private func planPage(
        _ member: Appointer, _ plan: PlanRecord, shown query: Form, wrong: PlanEntry = PlanEntry()
    ) async throws -> Response {
        let counts = try await office.reading.outcomes(of: plan.id)
        let words = PlanWords(plan.act)
        let asked = try query.single("outcome").flatMap { PlanOutcome(rawValue: $0) }
        let chosen = asked ?? words.first(of: counts)
        let after = Int(try query.single("after") ?? "") ?? 0
        var page = PlanPage(
            plan: plan, job: try await office.job(of: plan), counts: counts, chosen: chosen,
            lines: try await office.reading.planLines(
                of: plan.id, outcome: chosen, after: after),
            today: office.today, entered: wrong.decision ?? decisionForm(of: plan),
            scope: try await scope(of: plan),
            newer: try await office.reading.plan(replacing: plan.id)?.number,
            problem: wrong.people,
            change: try await change(in: plan, after: Int(try query.single("changed") ?? "") ?? 0))
        let undoing = try await office.reading.plansUndoing(plan.id)
        page.undoing = undoing.first { $0.state == .planned }
        page.takenBack = try await office.takenBack(of: plan, by: undoing)
        page.explanation = try await explanation(of: plan)
        page.second = try await second(of: plan, counts, for: member, refused: wrong.reason)
        if [.appoint, .renew].contains(plan.act) {
            page.confirmed = try await office.reading.confirmations(of: plan.id)
                .first { $0.answer == .confirmed }
        }
        page.reason = wrong.reason ?? CancellationForm(because: plan.because ?? "")
        page.reasonIsRefused = wrong.reason != nil
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: plan.act == .renew ? .renewal : .decisions,
                main: page.html(csrf: member.visitor.csrf),
                hasProblems: wrong.hasProblems))
    }

    private func second(
        of plan: PlanRecord, _ counts: [PlanOutcome: Int], for member: Appointer,
        refused: CancellationForm?
    ) async throws -> SecondOfficerPart? {
        guard
            let outlook = try await office.secondOfficerOutlook(of: plan, for: member.actor)
        else { return nil }
        let words = PlanWords(plan.act)
        return SecondOfficerPart(
            plan: plan, outlook: outlook,
            count: words.outcomes.first.flatMap { counts[$0] } ?? 0, verb: words.verb,
            typed: refused ?? CancellationForm(), isRefused: refused != nil)
    }

    private func explanation(of plan: PlanRecord) async throws -> UndoExplanation? {
        guard plan.act == .undoAppoint, let id = plan.undoes,
            let undone = try await office.reading.plan(id: id)
        else { return nil }
        return UndoExplanation(plan: plan, undone: undone.number)
    }

    /// 取消しの下見, of a plan that appointed.
    func planUndo(_ member: Appointer, _ request: Request, _ form: Form) async throws -> Response {
        let plan = try await plan(try form.single("number"))
        do {
            let undoing = try await office.planAppointmentUndo(of: plan.number, by: member.actor)
            return try member.visitor.seeOther(.plan, "number", undoing.number)
        } catch Refusal.conflict(.nothingToUndo) {
            return await site.decidedOtherwise(
                request, .nothingToTakeBack, shownOn: Route.plan.with("number", plan.number))
        }
    }

    private func scope(of plan: PlanRecord) async throws -> String? {
        let scope = try await office.reading.decisionScope(of: plan.id)
        let rules = try await office.rules(of: plan.year)
        var names: [Int: String] = [:]
        for case .organization(let id) in scope.applicants {
            names[id] = rules?.organization(id: id)?.name
        }
        return DecisionScopeWords(scope: scope, names: names).word
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
        if plan.act == .undoAppoint {
            let typed = CancellationForm(
                because: Review.paragraph(try form.single("because") ?? ""))
            guard typed.problem == nil || plan.state != .planned else {
                return try await planPage(
                    member, plan, shown: form, wrong: PlanEntry(reason: typed))
            }
            let isTaken = try await office.askToUndoAppointments(
                plan.number, because: typed.because, by: member.actor)
            guard isTaken else {
                return await site.decidedOtherwise(
                    request, .takenBackOtherwise, shownOn: Route.plan.with("number", plan.number))
            }
            return try member.visitor.seeOther(.plan, "number", plan.number)
        }
        let role = try form.single(SecondOfficerPart.confirmation).map {
            ApplyingAs.second(Int($0) ?? 0)
        }
        var decision: Decision?
        if role == nil, plan.act == .renew, plan.state == .planned,
            office.today >= plan.year.firstDay
        {
            var entered = try DecisionForm(form)
            decision = entered.decision(
                on: office.today, in: plan.year.previous.firstDay...plan.year.lastDay)
            guard decision != nil else {
                return try await planPage(
                    member, plan, shown: form, wrong: PlanEntry(decision: entered))
            }
        }
        return try await seeing(plan, member, request) {
            try await office.askToApply(
                plan.number, under: decision, as: role ?? .first, by: member.actor)
        }
    }

    /// The page of a plan after something that somebody else may have been before with.
    private func seeing(
        _ plan: PlanRecord, _ member: Appointer, _ request: Request, _ act: () async throws -> Void
    ) async throws -> Response {
        do { try await act() } catch Refusal.conflict(let conflict)
            where [.confirmationHasChanged, .anotherOfficerConfirms].contains(conflict)
        {
            return await site.decidedOtherwise(
                request, .askedOtherwise, shownOn: Route.plan.with("number", plan.number))
        }
        return try member.visitor.seeOther(.plan, "number", plan.number)
    }

    /// 実行しない, by whoever is the second.
    func decline(_ member: Appointer, _ request: Request, _ form: Form) async throws -> Response {
        let plan = try await plan(try form.single("number"))
        let typed = CancellationForm(because: Review.paragraph(try form.single("because") ?? ""))
        guard typed.problem == nil else {
            return try await planPage(
                member, plan, shown: form, wrong: PlanEntry(reason: typed))
        }
        return try await seeing(plan, member, request) {
            try await office.declinePlan(
                plan.number, confirmation: try confirmation(form), because: typed.because,
                by: member.actor)
        }
    }

    /// 頼むのをやめる, by the first.
    func withdraw(_ member: Appointer, _ request: Request, _ form: Form) async throws -> Response {
        let plan = try await plan(try form.single("number"))
        return try await seeing(plan, member, request) {
            try await office.withdrawPlan(
                plan.number, confirmation: try confirmation(form), by: member.actor)
        }
    }

    private func confirmation(_ form: Form) throws -> Int {
        Int(try form.single(SecondOfficerPart.confirmation) ?? "") ?? 0
    }
}
