internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 人を探す.
struct People: Room {
    let site: Site

    /// The empty form, or what was found when it was last looked for.
    func show(_ member: CaseReader, _ request: Request) async throws -> Response {
        let id = try request.query.single("search") ?? ""
        guard !id.isEmpty else {
            return try respond(to: member, PeoplePage(typed: "", today: office.today))
        }
        guard let typed = searches(request, member.visitor)[id], let query = PersonQuery(typed)
        else {
            return try respond(
                to: member, PeoplePage(typed: "", today: office.today, isForgotten: true))
        }
        let after = Int(try request.query.single("after") ?? "") ?? 0
        let only = try request.query.single("by").flatMap { FoundBy(rawValue: $0) }
        let hints = PersonHints(
            typed, in: office.year, under: try await office.rules(of: office.year))
        let answer = try await office.reading.find(
            query, hinted: hints, by: only, after: after, limit: PeoplePage.limit)
        try await office.witness(
            .searchPeople, on: "people", by: member.actor,
            applications: answer.found.map(\.id))
        return try respond(
            to: member,
            PeoplePage(
                typed: typed, today: office.today, isNextPage: after > 0, id: id, answer: answer,
                ways: query.ways(hinted: hints)))
    }

    /// What was typed is posted and not in the address: addresses stay in logs and histories.
    func find(
        _ member: CaseReader, _ request: Request, _ form: Form
    ) async throws -> Response {
        var visitor = member.visitor
        let typed = Searches.line(try form.single("person") ?? "")
        guard PersonQuery(typed) != nil else {
            let problem = "探したい人の氏名、読み、番号、メールアドレス、電話番号、団体、住所のどれかを入力してください。"
            return try respond(
                to: member, PeoplePage(typed: typed, today: office.today, problem: problem))
        }
        let id = try keep(typed, among: searches(request, visitor), &visitor)
        return try visitor.seeOther(.people, "search", id)
    }

    private func respond(to member: CaseReader, _ page: PeoplePage) throws -> Response {
        try respond(
            to: member,
            StaffPage(
                title: "人を探す", place: .people, main: page.html(csrf: member.visitor.csrf),
                hasProblems: page.problem != nil))
    }
}

/// The search and what it found.
struct PeoplePage {
    static let limit = 50

    let typed: String
    let today: Day
    var problem: String?
    var isNextPage = false
    /// Whether what was looked for is no longer kept.
    var isForgotten = false
    /// The number under which the search is kept.
    var id = ""
    /// Nil before anybody was looked for.
    var answer: (by: FoundBy, found: [ApplicationRecord])?
    /// Everywhere where what was typed may stand.
    var ways: [FoundBy] = []

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problem.map { [("person", $0)] } ?? []))
        <section class="sec flow">
          <h1>人を探す</h1>
          \(when(isForgotten, "<p>前に探したときの内容は残っていません。もう一度入力してください。</p>"))\(form(csrf))
        </section>
        \(answer.map { answer in
            """
            <section class="sec flow">
              <h2>見つかった応募</h2>
              \(list(answer.by, answer.found))\(elsewhere(answer.by))
            </section>
            """
        })
        """
    }

    private func form(_ csrf: String) -> HTML {
        let field = Field(
            name: "person",
            label: "氏名、名、読み、受付番号、任命番号、委員番号、メールアドレス、電話番号、団体や所属先の名称、住所、郵便番号のどれか",
            hint: "番号でないものは、はじめの部分だけでもかまいません。漢字の異なる形（渡辺、渡邉、渡邊など）や空白の有無は区別しません。",
            value: typed, problems: problem.map { [$0] } ?? []
        ).textInput
        return Part.form(.people, csrf: csrf, field + Part.button("探す"))
    }

    private func list(_ by: FoundBy, _ found: [ApplicationRecord]) -> HTML {
        guard !found.isEmpty else { return isNextPage ? "<p>これで全部です。</p>" : Self.nobody }
        let rows = found.map { record -> [HTML] in
            let link = href(Route.review.with("receipt", "\(record.receipt)&search=\(id)"))
            return [
                "<a href=\"\(link)\">\(record.name)</a>", "\(record.kana)", "\(record.receipt)",
                "\(record.year.word)", "\(record.kind.word)", "\(record.status(on: today).word)",
                "\(record.organizationName)", "\(record.texts[.workplaceName])", "\(record.email)",
                whole(record),
            ]
        }
        let table = Table(
            "見つかった応募",
            [
                "氏名", "読み", "受付番号", "年度", "応募区分", "状態", "団体", "所属先の名称", "メールアドレス",
                "この人の記録",
            ], rows)
        return "<p>\(by.reason(typed))</p>\(table.html)\(more(by, found))"
    }

    private func whole(_ record: ApplicationRecord) -> HTML {
        """
        <a href="\(href(PersonPage.path(record)))">全部見る<span
            class="vh">（\(record.name)、\(record.receipt)）</span></a>
        """
    }

    private static let nobody: HTML = """
        <p>見つかりませんでした。</p>
        <ul>
          <li>受付番号、任命番号、委員番号は全部を入力してください。</li>
          <li>電話番号ははじめの6けた以上、メールアドレスははじめの3文字以上か、@から後ろを入力してください。</li>
          <li>住所は、町の名前から、または市区町村の名前から入力してください。</li>
          <li>漢字で見つからないときは、読みでも探してください。</li>
        </ul>
        """

    /// The same search by the other ways.
    private func elsewhere(_ by: FoundBy) -> HTML {
        let others = ways.filter { $0 != by }
        guard !others.isEmpty else { return .none }
        let links = each(others) { way in
            let path = Route.people.with("search", "\(id)&by=\(way.rawValue)")
            return "<li><a href=\"\(href(path))\">\(way.word)で探す</a></li>"
        }
        return "<h3>ほかの探し方</h3><ul class=\"links\">\(links)</ul>"
    }

    private func more(_ by: FoundBy, _ found: [ApplicationRecord]) -> HTML {
        guard found.count == Self.limit, let last = found.last else { return .none }
        let next = Route.people.with("search", "\(id)&by=\(by.rawValue)&after=\(last.id)")
        return "<p><a href=\"\(href(next))\">次の\(Self.limit)件</a></p>"
    }
}
