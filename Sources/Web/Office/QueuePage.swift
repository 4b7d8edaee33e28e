internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// The office's queue.
struct QueuePage {
    let waiting: [ApplicationRecord]
    /// Those of them about whom it is asked whether they are somebody else.
    let doubted: Set<Int>
    /// Those of them of whom an organization says that they left or died.
    let left: [Int: Leaving.Reason]
    let counts: StateCounts
    let queueCounts: QueueCounts
    let organizations: [WaitingOrganization]
    /// Rows of organizations' files that wait to be told apart.
    let doubtCount: Int
    /// Those that came back with an answer to what the office had asked.
    let amended: Set<Int>
    /// What waits for an answer, by the last day.
    let sentBack: [WaitingAmendment]
    let place: QueuePlace
    let today: Day
    let limit: Int
    /// Whether the reader decides; else they only look.
    let mayReview: Bool
    let problem: String?
    /// What the last act did.
    let done: Done?

    enum Done {
        /// How many.
        case approved(Int)
        case reopened(Int)
        case decided(ApplicationRecord)
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problem.map { [("waiting", $0)] } ?? []))
        <section class="sec flow">
          <h1>応募を確認する</h1>
          \(told)\(states)\(when(mayReview && doubtCount > 0, doubtful))\(undoing)
        </section>
        \(when(mayReview && !organizations.isEmpty, organizationList(csrf)))
        <section class="sec flow" id="waiting" tabindex="-1">
          <h2>待っている応募</h2>
          \(when(queueCounts.all > 0, choice.html))\(list(csrf))
        </section>
        \(when(!sentBack.isEmpty, sentBackList))
        """
    }

    private var choice: QueueChoice {
        QueueChoice(
            selection: place.selection, counts: queueCounts, organizations: organizations)
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
        case .decided(let record): Reviewed.told(of: record)
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
            ? "<p>\(FiscalYear(containing: today).word)の応募は、まだありません。</p>" : Part.answers(pairs)
    }

    private func organizationList(_ csrf: String) -> HTML {
        let rows = organizations.map { organization -> [HTML] in
            let name = organization.word
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
        guard !waiting.isEmpty else { return none }
        let rows = waiting.map { record -> [HTML] in
            [
                """
                \(when(mayReview, Self.pick(record)))
                <a href="\(href(place.selection.review(record.receipt)))">\(record.name)</a>
                \(when(doubted.contains(record.id), " <span class=\"chip amber\">似た人</span>"))
                \(left[record.id].map(Part.left) ?? .none)
                \(when(amended.contains(record.id), "<span class=\"by\">補正あり</span>"))
                """, "\(record.kana)", "\(record.kind.word)", "\(record.organizationName)",
                "\(record.route.word)", "\(record.receivedOn.word)",
                "\((today.number - record.receivedOn.number).grouped)日",
                """
                <a href="\(href(PersonPage.path(record)))">全部見る<span
                    class="vh">（\(record.name)、\(record.receipt)）</span></a>
                """,
            ]
        }
        let table = Table(
            "待っている応募",
            ["氏名", "読み", "応募区分", "団体", "経路", "受付日", .number("待った日数"), "この人の記録"], rows)
        guard mayReview else { return table.html + more }
        let shown = waiting.map { ("shown", String($0.id)) }
        return Part.form(
            .approve, csrf: csrf,
            """
            \(AskingPage.unseen(place.answers + shown))\(table.html)\(more)
            <div class="btns">
              <button class="btn main" type="submit">選んだ応募を承認する</button>
              <button class="btn" type="submit" name="all" value="yes">
                画面の\(waiting.count)件を承認する
              </button>
            </div>
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

    private var none: HTML {
        if place.after > 0 { return "<p>これで全部です。</p>" }
        return place.selection.isNarrow
            ? "<p>この条件に当てはまる、待っている応募はありません。</p>" : "<p>待っている応募はありません。</p>"
    }

    private var more: HTML {
        guard waiting.count == limit, let last = waiting.last else { return .none }
        let path = place.selection.queue(("after", String(last.id)))
        return "<p><a href=\"\(href(path))\">次の\(limit)件</a></p>"
    }
}
