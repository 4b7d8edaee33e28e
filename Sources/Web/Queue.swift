internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

extension Site {
    /// 応募を確認する: those that wait, oldest first, fifty at a time.
    func showQueue(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        guard try await officer(visitor) != nil else { return try visitor.seeOther(.signIn) }
        var filter = QueueFilter(year: office.year)
        filter.after = Int(try request.query.single("after") ?? "") ?? 0
        let waiting = try await office.reading.queue(filter)
        let counts = try await office.reading.stateCounts(in: office.year)
        let page = QueuePage(waiting: waiting, counts: counts, limit: filter.limit)
        return try visitor.take(
            Page(
                title: "応募を確認する",
                main: RoleMenu(.office, .queue).html + page.html(csrf: visitor.csrf)
            ).response(self))
    }

    /// 承認: one or many; what somebody else has decided meanwhile is left alone.
    func approve(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        guard let officer = try await officer(visitor) else {
            return try visitor.seeOther(.signIn)
        }
        let ids = form.all("application").compactMap { Int($0) }
        _ = try await office.approve(ids, by: "account:\(officer.id)")
        return try visitor.seeOther(.queue)
    }
}

/// The office's queue.
struct QueuePage {
    let waiting: [ApplicationRecord]
    let counts: [ApplicationState: Int]
    let limit: Int

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow"><h1>応募を確認する</h1>\(Part.answers(pairs))</section>
        <section class="sec flow"><h2>待っている応募</h2>\(list(csrf))</section>
        \(Part.form(.signOut, csrf: csrf, "<div class=\"btns\"><button class=\"btn\" type=\"submit\">ログアウトする</button></div>"))
        """
    }

    private var pairs: [(String, String)] {
        [ApplicationState.submitted, .reviewing, .approved, .appointed, .merged].map {
            ($0.word, "\((counts[$0] ?? 0).grouped)件")
        }
    }

    private func list(_ csrf: String) -> HTML {
        guard !waiting.isEmpty else { return "<p>待っている応募はありません。</p>" }
        let rows = each(waiting) { record in
            """
            <tr><td><input type="checkbox" name="application" value="\(record.id)" id="a\(record.id)" aria-labelledby="n\(record.id)"></td><th scope="row" id="n\(record.id)">\(record.name)</th><td>\(record.reading)</td><td>\(record.kind.word)</td><td>\(record.organizationName)</td><td>\(record.route.word)</td><td>\(record.receivedOn.word)</td></tr>
            """
        }
        return Part.form(
            .approve, csrf: csrf,
            """
            <div class="scroll" tabindex="0" role="region" aria-label="待っている応募の表"><table><caption class="vh">待っている応募</caption><thead><tr><th scope="col">選ぶ</th><th scope="col">氏名</th><th scope="col">読み</th><th scope="col">応募区分</th><th scope="col">団体</th><th scope="col">経路</th><th scope="col">受付日</th></tr></thead><tbody>\(rows)</tbody></table></div>\(more)\(Part.button("選んだ応募を承認する"))
            """)
    }

    private var more: HTML {
        guard waiting.count == limit, let last = waiting.last else { return .none }
        return "<p><a href=\"\(href(Route.queue.path + "?after=\(last.id)"))\">次の\(limit)件</a></p>"
    }
}
