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
        _ = try await officer(visitor)
        return try await decisionPage(visitor, DecisionForm(day: office.today.description))
    }

    func planAppointments(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        let officer = try await officer(visitor)
        var entered = try DecisionForm(form)
        guard let decision = entered.decision(on: office.today, inYear: office.year) else {
            return try await decisionPage(visitor, entered)
        }
        let plan = try await office.planAppointments(
            by: decision, by: "account:\(officer.id)")
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
        let officer = try await officer(visitor)
        guard let number = try request.query.single("number"),
            let plan = try await office.reading.plan(number: number)
        else { throw Refusal.notFound }
        let job = try await office.job(of: plan)
        // A page that asks for itself while its job goes on has been opened once.
        if job?.state != "waiting" {
            try await office.witness(.openPlan, on: "plan:\(plan.number)", by: officer.actor)
        }
        let counts = try await office.reading.outcomes(of: plan.id)
        let words = PlanWords(plan.act)
        let chosen = try request.query.single("outcome") ?? words.first(of: counts)
        let after = Int(try request.query.single("after") ?? "") ?? 0
        let page = PlanPage(
            plan: plan, job: job, counts: counts, chosen: chosen,
            lines: try await office.reading.planLines(
                of: plan.id, outcome: chosen, after: after),
            canApply: plan.act == .appoint || office.today >= plan.year.firstDay)
        let here: Route = plan.act == .renew ? .renewal : .decisions
        return try respond(
            to: visitor, page.heading, under: RoleMenu(.office, here, visitor.csrf),
            page.html(csrf: visitor.csrf))
    }

    /// 実行する: asks the worker to do exactly this plan.
    func applyPlan(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        let officer = try await officer(visitor)
        let number = try form.single("number") ?? ""
        try await office.askToApply(number, by: "account:\(officer.id)")
        return try visitor.seeOther(.plan, "number", number)
    }
}

/// The 決裁 as it was typed.
struct DecisionForm {
    var day: String
    var number = ""
    private(set) var dayProblem: String?
    private(set) var numberProblem: String?

    init(day: String) { self.day = day }

    init(_ form: Form) throws {
        day = try form.single("decided_on") ?? ""
        number = try form.single("decision_number") ?? ""
    }

    var hasProblems: Bool { dayProblem != nil || numberProblem != nil }

    var problems: [(field: String, text: String)] {
        [("decided_on", dayProblem), ("decision_number", numberProblem)].compactMap { field, text in
            text.map { (field, $0) }
        }
    }

    /// The decision, or nil with problems that say what to put right. `year` is the year in which it
    /// must fall, if it must.
    mutating func decision(on today: Day, inYear year: FiscalYear?) -> Decision? {
        readNumber()
        let reading = DayReading.read(day)
        guard case .day(let day) = reading else {
            dayProblem =
                reading == .notInCalendar
                ? "決裁日が暦にない日付です。日を直してください。" : "決裁日は「2026-11-24」のように入力してください。"
            return nil
        }
        if day > today { dayProblem = "決裁日は今日（\(today.word)）までの日を入力してください。" }
        if let year, !year.contains(day) {
            dayProblem = "決裁日は\(year.firstDay.word)から\(year.lastDay.word)までの日を入力してください。"
        }
        return hasProblems ? nil : Decision(decidedOn: day, number: number)
    }

    private mutating func readNumber() {
        switch DecisionNumber.read(number) {
        case .number(let read): number = read
        case .empty: numberProblem = "決裁番号を入力してください。"
        case .tooLong: numberProblem = "決裁番号は\(DecisionNumber.limit)文字以内で入力してください。"
        case .unseen: numberProblem = "決裁番号に、見えない文字が入っています。消してから入力し直してください。"
        }
    }

    var fields: HTML {
        HTML.joined([
            Field(
                name: "decided_on", label: "決裁日", hint: "例：2026-11-24", value: day,
                problems: dayProblem.map { [$0] } ?? [], isShort: true
            ).textInput,
            Field(
                name: "decision_number", label: "決裁番号", hint: "例：デ総第123号", value: number,
                problems: numberProblem.map { [$0] } ?? []
            ).textInput,
        ])
    }
}
