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
        let after = Int(try request.query.single("after") ?? "") ?? 0
        return try await queuePage(visitor, after: after, problem: nil)
    }

    /// 承認: one or many; what somebody else has decided meanwhile is left alone.
    func approve(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        guard let officer = try await officer(visitor) else {
            return try visitor.seeOther(.signIn)
        }
        let ids = form.all("application").compactMap { Int($0) }
        guard !ids.isEmpty else {
            let after = Int(try form.single("after") ?? "") ?? 0
            return try await queuePage(visitor, after: after, problem: "承認する応募を選んでください。")
        }
        _ = try await office.approve(ids, by: "account:\(officer.id)")
        return try visitor.seeOther(.queue)
    }

    private func queuePage(
        _ visitor: Visitor, after: Int, problem: String?
    ) async throws -> Response {
        var filter = QueueFilter(year: office.year)
        filter.after = after
        let page = QueuePage(
            waiting: try await office.reading.queue(filter),
            counts: try await office.reading.stateCounts(in: office.year),
            bodies: try await office.reading.waitingBodies(in: office.year), filter: filter,
            problem: problem)
        return try visitor.take(
            Page(
                title: "応募を確認する", isError: problem != nil,
                main: RoleMenu(.office, .queue, visitor.csrf).html + page.html(csrf: visitor.csrf)
            ).response(self, status: problem == nil ? .ok : .unprocessable))
    }

    /// まとめて承認する: all that waits from one body, as the page showed it.
    func approveBody(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        guard let officer = try await officer(visitor) else {
            return try visitor.seeOther(.signIn)
        }
        guard let last = Int(try form.single("last") ?? ""),
            let count = Int(try form.single("count") ?? "")
        else { throw Refusal.notFound }
        _ = try await office.approveAll(
            of: Int(try form.single("organization") ?? ""), upTo: last, expecting: count,
            by: "account:\(officer.id)")
        return try visitor.seeOther(.queue)
    }
}

/// The office's queue.
struct QueuePage {
    let waiting: [ApplicationRecord]
    let counts: [ApplicationState: Int]
    let bodies: [WaitingBody]
    let filter: QueueFilter
    let problem: String?

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problem.map { [("waiting", $0)] } ?? []))<section class="sec flow"><h1>応募を確認する</h1>\(Part.answers(pairs))</section>
        \(when(!bodies.isEmpty, bodyList(csrf)))
        <section class="sec flow" id="waiting" tabindex="-1"><h2>待っている応募</h2>\(list(csrf))</section>
        """
    }

    private var pairs: [(String, String)] {
        [ApplicationState.submitted, .reviewing, .approved, .appointed, .merged].map {
            ($0.word, "\((counts[$0] ?? 0).grouped)件")
        }
    }

    private func bodyList(_ csrf: String) -> HTML {
        let rows = each(bodies) { body in
            let name = body.name.isEmpty ? TallyWords.individuals : body.name
            return """
                <tr><th scope="row">\(name)</th><td class="num">\(body.count.grouped)</td><td>\(Part.form(.approveBody, csrf: csrf, """
                    <input type="hidden" name="organization" value="\(body.organizationID.map(String.init) ?? "")"><input type="hidden" name="last" value="\(body.lastID)"><input type="hidden" name="count" value="\(body.count)"><button class="btn" type="submit">\(body.count.grouped)件を承認する<span class="vh">（\(name)）</span></button>
                    """))</td></tr>
                """
        }
        return """
            <section class="sec flow"><h2>団体べつに承認する</h2><div class="scroll" tabindex="0" role="region" aria-label="団体べつの待っている応募の表"><table><caption class="vh">団体べつの待っている応募</caption><thead><tr><th scope="col">団体</th><th scope="col" class="num">待っている応募</th><th scope="col">承認</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    private func list(_ csrf: String) -> HTML {
        guard !waiting.isEmpty else { return "<p>待っている応募はありません。</p>" }
        let rows = each(waiting) { record in
            """
            <tr><td><input type="checkbox" name="application" value="\(record.id)" id="a\(record.id)" aria-labelledby="n\(record.id)"></td><th scope="row" id="n\(record.id)"><a href="\(href(Route.review.path + "?receipt=" + record.receipt))">\(record.name)</a></th><td>\(record.reading)</td><td>\(record.kind.word)</td><td>\(record.organizationName)</td><td>\(record.route.word)</td><td>\(record.receivedOn.word)</td></tr>
            """
        }
        return Part.form(
            .approve, csrf: csrf,
            """
            <input type="hidden" name="after" value="\(filter.after)"><div class="scroll" tabindex="0" role="region" aria-label="待っている応募の表"><table><caption class="vh">待っている応募</caption><thead><tr><th scope="col">選ぶ</th><th scope="col">氏名</th><th scope="col">読み</th><th scope="col">応募区分</th><th scope="col">団体</th><th scope="col">経路</th><th scope="col">受付日</th></tr></thead><tbody>\(rows)</tbody></table></div>\(more)\(Part.button("選んだ応募を承認する"))
            """)
    }

    private var more: HTML {
        guard waiting.count == filter.limit, let last = waiting.last else { return .none }
        return
            "<p><a href=\"\(href(Route.queue.path + "?after=\(last.id)"))\">次の\(filter.limit)件</a></p>"
    }
}
