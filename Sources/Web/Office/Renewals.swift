internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 年度更新: open the next year, rehearse, and from 1 April on apply.
struct Renewals: Room {
    let site: Site

    func plan(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let plan = try await office.planRenewal(
            to: try await beginningYear(), by: nil, by: member.actor)
        return try member.visitor.seeOther(.plan, "number", plan.number)
    }

    func openNextYear(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        try await office.openFiscalYear(try await beginningYear(), by: member.actor)
        return try member.visitor.seeOther(.renewal)
    }

    /// The year that a renewal leads to: this one while its grace lasts, then the next.
    private func beginningYear() async throws -> FiscalYear {
        guard let rules = try await office.rules(of: office.year) else { return office.year }
        return office.today <= rules.graceUntil ? office.year : office.year.next
    }

    func show(_ member: Appointer, _ request: Request) async throws -> Response {
        let csrf = member.visitor.csrf
        let next = try await beginningYear()
        let rules = try await office.reading.rules(of: next)
        let plans = try await office.reading.plans(.renew)
        let main: HTML = """
            <section class="sec flow">
              <h1>年度更新</h1>
              <p>
                \(next.previous.word)から\(next.word)へ更新します。任命中で、必要な動画を見た人を、更新しないと回答した人を除いて、
                \(next.firstDay.word)から任命します。\(next.previous.word)の任命は\(next.previous.lastDay.word)
                で終わります。
              </p>
              \(rules == nil ? openForm(next, csrf) : planForm(csrf))
            </section>
            \(PlanList(plans: plans).html)
            """
        return try respond(
            to: member, StaffPage(title: "年度更新", place: .renewal, main: main))
    }

    private func openForm(_ next: FiscalYear, _ csrf: String) -> HTML {
        "<p>\(next.word)の準備がまだできていません。いまの年度の団体、事業、動画、同意の文章を写して始めます。</p>"
            + Part.form(.openYear, csrf: csrf, Part.button("\(next.word)を準備する"))
    }

    private func planForm(_ csrf: String) -> HTML {
        Part.form(.renewal, csrf: csrf, Part.button("予行をする"))
            + "<p class=\"muted\">予行では、まだ何も変わりません。何度でもできます。決裁日と決裁番号は、更新するときに入力します。</p>"
    }
}
