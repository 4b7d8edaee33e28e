internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

extension Site {
    /// 人を探す: the empty form.
    func showPeople(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        _ = try await officer(visitor)
        return try peoplePage(visitor, PeoplePage(typed: ""))
    }

    /// What was typed is posted and not in the address: addresses stay in logs and histories.
    func findPeople(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        _ = try await officer(visitor)
        var page = PeoplePage(typed: String((try form.single("person") ?? "").prefix(200)))
        guard let query = PersonQuery(page.typed) else {
            page.problem = "探したい人の氏名、読み、番号、メールアドレスのどれかを入力してください。"
            return try peoplePage(visitor, page)
        }
        let after = Int(try form.single("after") ?? "") ?? 0
        page.isNextPage = after > 0
        page.answer = try await office.reading.find(query, after: after, limit: PeoplePage.limit)
        return try peoplePage(visitor, page)
    }

    private func peoplePage(_ visitor: Visitor, _ page: PeoplePage) throws -> Response {
        try respond(
            to: visitor, "人を探す", under: RoleMenu(.office, .people, visitor.csrf),
            page.html(csrf: visitor.csrf), hasProblems: page.problem != nil)
    }
}

/// The search and what it found.
struct PeoplePage {
    static let limit = 50

    let typed: String
    var problem: String?
    var isNextPage = false
    /// Nil before anybody was looked for.
    var answer: (by: FoundBy, found: [ApplicationRecord])?

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problem.map { [("person", $0)] } ?? []))<section class="sec flow"><h1>人を探す</h1>\(form(csrf))</section>
        \(answer.map { "<section class=\"sec flow\"><h2>見つかった応募</h2>\(list($0.by, $0.found, csrf))</section>" } ?? .none)
        """
    }

    private func form(_ csrf: String) -> HTML {
        let field = Field(
            name: "person", label: "氏名、読み、受付番号、任命番号、委員番号、メールアドレスのどれか",
            hint: "氏名と読みは、はじめの部分だけでもかまいません。漢字の異なる形（渡辺、渡邉、渡邊など）や空白の有無は区別しません。",
            value: typed, problems: problem.map { [$0] } ?? []
        ).textInput
        return Part.form(.people, csrf: csrf, field + Part.button("探す"))
    }

    private func list(_ by: FoundBy, _ found: [ApplicationRecord], _ csrf: String) -> HTML {
        guard !found.isEmpty else { return isNextPage ? "<p>これで全部です。</p>" : Self.nobody }
        let rows = found.map { record -> [HTML] in
            let link = href(Route.review.path + "?receipt=" + record.receipt)
            return [
                "<a href=\"\(link)\">\(record.name)</a>", "\(record.reading)", "\(record.receipt)",
                "\(record.year.word)", "\(record.kind.word)", "\(record.state.word)",
                "\(record.organizationName)", "\(record.email)",
            ]
        }
        let table = Table(
            "見つかった応募", ["氏名", "読み", "受付番号", "年度", "応募区分", "状態", "団体", "メールアドレス"], rows)
        return "<p>\(reason(by))</p>\(table.html)\(more(found, csrf))"
    }

    private static let nobody: HTML = """
        <p>見つかりませんでした。</p><ul><li>氏名は氏から入力してください（名だけでは探せません）。</li><li>メールアドレスと番号は全部を入力してください。</li><li>漢字で見つからないときは、読みでも探してください。</li></ul>
        """

    private func reason(_ by: FoundBy) -> String {
        switch by {
        case .receipt: "受付番号が同じ応募です。"
        case .appointment: "任命番号が同じ応募です。"
        case .member: "委員番号が同じ人の応募です。"
        case .mail: "メールアドレスが同じ応募です。"
        case .reading: "読みが「\(typed)」で始まる人の応募を、読みの順に示します。"
        case .name: "氏名が「\(typed)」で始まる人の応募を、氏名の順に示します。"
        }
    }

    private func more(_ found: [ApplicationRecord], _ csrf: String) -> HTML {
        guard found.count == Self.limit, let last = found.last else { return .none }
        return Part.form(
            .people, csrf: csrf,
            """
            <input type="hidden" name="person" value="\(typed)"><input type="hidden" name="after" value="\(last.id)"><div class="btns"><button class="btn" type="submit">次の\(Self.limit)件</button></div>
            """)
    }
}
