internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 応募を確認する.
struct Queue: Room {
    let site: Site

    /// Those that wait, oldest first, fifty at a time.
    func show(_ member: CaseReader, _ request: Request) async throws -> Response {
        let after = Int(try request.query.single("after") ?? "") ?? 0
        return try await queuePage(
            member, after: after, done: try await done(request.query))
    }

    /// 承認: one or many; what somebody else has decided meanwhile is left alone.
    func approve(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let ids = form.all("application").compactMap { Int($0) }
        guard !ids.isEmpty else {
            let after = Int(try form.single("after") ?? "") ?? 0
            return try await queuePage(
                member, after: after, problem: "承認する応募を選んでください。")
        }
        // One was looked at by itself; of many it is said once more who they are.
        if ids.count > 1, try form.single("sure") != "yes" {
            let waiting = try await office.reading.waiting(among: ids, limit: ids.count)
            let answers = waiting.map { ("application", String($0.id)) }
            if !waiting.isEmpty {
                return try ask(
                    member,
                    Approval(
                        whose: "選んだ応募", people: waiting, count: waiting.count,
                        route: .approve, answers: answers))
            }
        }
        let seen = Int(try form.single("corrected") ?? "")
        if ids.count == 1, let seen { return try await approve(ids[0], seen, member, request) }
        let count = try await office.approve(ids, by: member.actor)
        return try member.visitor.seeOther(.queue, "approved", String(count))
    }

    /// One that was looked at, unless it was corrected since.
    private func approve(
        _ id: Int, _ corrected: Int, _ member: some StaffMember, _ request: Request
    ) async throws -> Response {
        guard let record = try await office.reading.application(id: id) else {
            throw Refusal.notFound
        }
        do {
            let count = try await office.approve(id, corrected: corrected, by: member.actor)
            return try member.visitor.seeOther(.queue, "approved", String(count))
        } catch Refusal.conflict(.queueHasChanged) {
            let next = NextPage(Route.review.with("receipt", record.receipt), "いまの内容を見る")
            return await site.show(
                Trouble(.conflict, .correctedMeanwhile, next: next), to: request)
        }
    }

    /// Many that are about to be approved.
    private struct Approval {
        let whose: String
        /// The first of them.
        let people: [ApplicationRecord]
        let count: Int
        /// Where it is sent, and what goes along.
        let route: Route
        let answers: [(String, String)]
    }

    private func ask(_ member: some StaffMember, _ approval: Approval) throws -> Response {
        let count = approval.count.grouped
        let page = AskingPage(
            heading: "\(count)件を承認しますか",
            sentence: "\(approval.whose)を承認します。承認すると、決裁を待つ応募になります。",
            people: approval.people, count: approval.count,
            form: Part.form(
                approval.route, csrf: member.visitor.csrf,
                AskingPage.hidden(approval.answers) + Part.button("\(count)件を承認する")),
            back: AskingPage.backToQueue)
        return try respond(
            to: member, StaffPage(title: page.heading, place: .queue, main: page.html))
    }

    /// What the last act did, as far as the address says something that can be.
    private func done(_ query: Form) async throws -> QueuePage.Done? {
        if let count = Int(try query.single("approved") ?? ""), (0..<1_000_000).contains(count) {
            return .approved(count)
        }
        if let count = Int(try query.single("reopened") ?? ""), (0..<1_000_000).contains(count) {
            return .reopened(count)
        }
        guard let receipt = ReceiptNumber(try query.single("rejected") ?? ""),
            let record = try await office.reading.application(receipt: receipt.description),
            record.state == .rejected
        else { return nil }
        return .rejected(record)
    }

    private func queuePage(
        _ member: some StaffMember, after: Int, problem: String? = nil,
        done: QueuePage.Done? = nil
    ) async throws -> Response {
        var filter = QueueFilter(year: office.year)
        filter.after = after
        let waiting = try await office.reading.queue(filter)
        let page = QueuePage(
            waiting: waiting,
            counts: try await office.reading.stateCounts(in: office.year),
            organizations: try await office.reading.waitingOrganizations(in: office.year),
            doubtCount: try await office.reading.openDoubtCount(),
            amended: try await office.reading.amended(among: waiting.map(\.id)),
            sentBack: try await office.reading.waitingAmendments(limit: 50), filter: filter,
            mayReview: member.account.may(.review), problem: problem, done: done)
        try await office.witness(
            .openQueue, on: "queue", by: member.actor,
            applications: page.waiting.map(\.id) + page.sentBack.map(\.application.id))
        return try respond(
            to: member,
            StaffPage(
                title: "応募を確認する", place: .queue, main: page.html(csrf: member.visitor.csrf),
                hasProblems: problem != nil))
    }

    /// まとめて承認する: all that waits from one organization, as the page showed it.
    func approveOrganization(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let last = Int(try form.single("last") ?? ""),
            let count = Int(try form.single("count") ?? "")
        else { throw Refusal.notFound }
        let organization = Int(try form.single("organization") ?? "")
        let ids = try await office.reading.waiting(of: organization, in: office.year, upTo: last)
        if try form.single("sure") != "yes", ids.count == count, count > 0 {
            let people = try await office.reading.waiting(among: ids, limit: 50)
            let name = people.first?.organizationName ?? ""
            let answers = [
                ("organization", organization.map(String.init) ?? ""), ("last", String(last)),
                ("count", String(count)),
            ]
            return try ask(
                member,
                Approval(
                    whose: "\(name.isEmpty ? TallyWords.individuals : name)の待っている応募",
                    people: people, count: count, route: .approveOrganization, answers: answers))
        }
        var moved = 0
        let isDone = try await site.onceOnly(
            {
                moved = try await office.approveAll(
                    of: organization, upTo: last, expecting: count, by: member.actor)
            },
            isDone: {
                try await office.reading.waiting(of: organization, in: office.year, upTo: last)
                    .isEmpty
            })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.queue.path)
        }
        return try member.visitor.seeOther(.queue, "approved", String(moved))
    }
}

/// The office's queue.
struct QueuePage {
    let waiting: [ApplicationRecord]
    let counts: StateCounts
    let organizations: [WaitingOrganization]
    /// Rows of organizations' files that wait to be told apart.
    let doubtCount: Int
    /// Those that came back with an answer to what the office had asked.
    let amended: Set<Int>
    /// What waits for an answer, by the last day.
    let sentBack: [WaitingAmendment]
    let filter: QueueFilter
    /// Whether the reader decides; else they only look.
    let mayReview: Bool
    let problem: String?
    /// What the last act did.
    let done: Done?

    enum Done {
        /// How many.
        case approved(Int)
        case reopened(Int)
        case rejected(ApplicationRecord)
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problem.map { [("waiting", $0)] } ?? []))
        <section class="sec flow">
          <h1>応募を確認する</h1>
          \(told)\(states)\(when(mayReview && doubtCount > 0, doubtful))\(undoing)
        </section>
        \(when(mayReview && !organizations.isEmpty, organizationList(csrf)))
        <section class="sec flow" id="waiting" tabindex="-1"><h2>待っている応募</h2>\(list(csrf))</section>
        \(when(!sentBack.isEmpty, sentBackList))
        """
    }

    private var undoing: HTML {
        when(
            mayReview && counts[.approved] ?? 0 > 0,
            "<p><a href=\"\(href(Route.approvals.path))\">承認を取り消して、審査にもどす</a></p>")
    }

    private var doubtful: HTML {
        """
        <p>
          <a href="\(href(Route.doubts.path))">同じ人かどうかの確認を待っている行</a>が\(doubtCount.grouped)件あります。
        </p>
        """
    }

    private var told: HTML {
        switch done {
        case nil: .none
        case .approved(0): Part.done("新しく承認した応募はありません。先に決まったか、同じ人かどうかの確認を待っています。")
        case .approved(let count): Part.done("\(count.grouped)件を承認しました。")
        case .reopened(0): Part.done("審査にもどした応募はありません。先に決まっていました。")
        case .reopened(let count): Part.done("\(count.grouped)件を審査にもどしました。")
        case .rejected(let record):
            Part.done("\(record.name)さんの応募（\(record.receipt)）を承認しませんでした。")
        }
    }

    /// The states in which there are any; a row of zeroes says nothing.
    private var states: HTML {
        let inState = ApplicationState.allCases.filter { $0 != .draft }.map { state in
            (state == .appointed ? AppointmentState.active.word : state.word, counts[state] ?? 0)
        }
        let pairs = (inState + [("任命が終わったもの", counts.ended)]).filter { $0.1 > 0 }
            .map { ($0.0, "\($0.1.grouped)件") }
        return pairs.isEmpty
            ? "<p>\(filter.year.word)の応募は、まだありません。</p>" : Part.answers(pairs)
    }

    private func organizationList(_ csrf: String) -> HTML {
        let rows = organizations.map { organization -> [HTML] in
            let name = organization.name.isEmpty ? TallyWords.individuals : organization.name
            return [
                "\(name)", "\(organization.count.grouped)",
                Part.form(
                    .approveOrganization, csrf: csrf,
                    """
                    <input type="hidden" name="organization"
                        value="\(organization.organizationID.map(String.init) ?? "")">
                    <input type="hidden" name="last" value="\(organization.lastID)">
                    <input type="hidden" name="count" value="\(organization.count)">
                    <button class="btn" type="submit">
                      \(organization.count.grouped)件を承認する<span class="vh">（\(name)）</span>
                    </button>
                    """),
            ]
        }
        let table = Table("団体べつの待っている応募", ["団体", .number("待っている応募"), "承認"], rows)
        return "<section class=\"sec flow\"><h2>団体べつに承認する</h2>\(table.html)</section>"
    }

    private func list(_ csrf: String) -> HTML {
        guard !waiting.isEmpty else { return "<p>待っている応募はありません。</p>" }
        let rows = waiting.map { record -> [HTML] in
            [
                """
                \(when(mayReview, Self.pick(record)))
                <a href="\(href(Route.review.with("receipt", record.receipt)))">\(record.name)</a>
                \(when(amended.contains(record.id), "<span class=\"by\">補正あり</span>"))
                """, "\(record.kana)", "\(record.kind.word)", "\(record.organizationName)",
                "\(record.route.word)", "\(record.receivedOn.word)",
                """
                <a href="\(href(PersonPage.path(record)))">全部見る<span
                    class="vh">（\(record.name)、\(record.receipt)）</span></a>
                """,
            ]
        }
        let table = Table(
            "待っている応募", ["氏名", "読み", "応募区分", "団体", "経路", "受付日", "この人の記録"], rows)
        guard mayReview else { return table.html + more }
        return Part.form(
            .approve, csrf: csrf,
            """
            <input type="hidden" name="after" value="\(filter.after)">\(table.html)\(more)
            \(Part.button("選んだ応募を承認する"))
            """)
    }

    private static func pick(_ record: ApplicationRecord) -> HTML {
        """
        <label class="pick">
          <input type="checkbox" name="application" value="\(record.id)">
          <span class="vh">\(record.name)を選ぶ</span>
        </label>
        """
    }

    private var sentBackList: HTML {
        let rows = sentBack.filter { $0.application.state == .correcting }.map { one -> [HTML] in
            let link = href(Route.review.with("receipt", one.application.receipt))
            return [
                "<a href=\"\(link)\">\(one.application.name)</a>",
                "\(one.application.organizationName)", "\(one.amendment.note.dueOn.word)",
                "\(one.amendment.note.fields.map(\.label).joined(separator: "、"))",
            ]
        }
        let table = Table("補正を待っている応募", ["氏名", "団体", "期限", "項目"], rows)
        return "<section class=\"sec flow\"><h2>補正を待っている応募</h2>\(table.html)</section>"
    }

    private var more: HTML {
        guard waiting.count == filter.limit, let last = waiting.last else { return .none }
        return
            """
            <p><a href="\(href(Route.queue.with("after", "\(last.id)")))">次の\(filter.limit)件</a></p>
            """
    }
}
