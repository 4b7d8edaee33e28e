internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 送信の取消し, for the organization and for the office: the same pages at their own addresses.
struct UndoRoutes {
    /// Where a file stands, and where its plan is made, looked at and done.
    let file: Route
    let plan: Route
    let undo: Route
    let above: (Route, String)
    /// Whether whoever looks may open every application.
    let opensApplications: Bool

    static let organization = UndoRoutes(
        file: .groupFile, plan: .planUndo, undo: .undo, above: (.group, "団体の応募"),
        opensApplications: false)
    static let office = UndoRoutes(
        file: .officeFile, plan: .officePlanUndo, undo: .officeUndo, above: (.files, "団体の名簿"),
        opensApplications: true)
}

/// On the page of a file: until when it can be taken back, and what of it was.
struct UndoPart {
    let file: GroupFileRecord
    let outlook: UndoOutlook
    let pages: UndoRoutes

    func html(csrf: String) -> HTML {
        guard outlook.until != nil || !outlook.plans.isEmpty else { return .none }
        return """
            <section class="sec flow" id="undo">
              <h2>送信の取消し</h2>
              \(each(outlook.done, done))\(outlook.until.map { asking($0, csrf) })
            </section>
            """
    }

    private func done(_ plan: PlanRecord) -> HTML {
        let link = href(pages.undo.with("number", plan.number))
        return """
            <p>
              \((plan.appliedAt ?? plan.plannedAt).word)に、送信を取り消しました。
              <a href="\(link)">取消しの結果（\(plan.number)）</a>
            </p>
            """
    }

    private func asking(_ last: Day, _ csrf: String) -> HTML {
        let rest = outlook.done.isEmpty ? "この名簿で登録したこと" : "まだ取り消していない行"
        return """
            <p>\(rest)は、\(last.word)まで取り消せます。はじめに、だれがどうなるかをお見せします。まだ何も変わりません。</p>
            \(Part.form(
                pages.plan, csrf: csrf,
                "<input type=\"hidden\" name=\"number\" value=\"\(file.number)\">"
                    + Part.plainButton("取消しの下見をする")))
            """
    }
}

/// 取消しの下見: how many and who, the button that does it, and what became of it.
struct UndoPage {
    let undo: UndoPlan
    let chosen: UndoOutcome.Group
    let lines: [UndoLineRecord]
    let pages: UndoRoutes

    private var plan: PlanRecord { undo.plan }
    private var isDone: Bool { plan.state == .applied }
    private var isWaiting: Bool { undo.job?.state == .waiting }
    private var link: String { pages.undo.with("number", plan.number) }

    var heading: String {
        isDone ? "名簿の送信を取り消しました" : isWaiting ? "送信を取り消しています" : "取消しの下見"
    }

    static func first(of undo: UndoPlan) -> UndoOutcome.Group {
        UndoOutcome.Group.allCases.first { undo.count($0) > 0 } ?? .reversed
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs(above, "送信の取消し"))
        <section class="sec flow">
          <h1>\(heading)</h1>
          <p class="muted">\(undo.file.fileName)（\(undo.file.uploadedAt.word)）</p>
          \(progress)\(Part.answers(pairs))
          \(when(plan.state == .planned && undo.job == nil, confirmation(csrf)))
        </section>
        <section class="sec flow"><h2>対象の人</h2>\(tabs)\(table)</section>
        """
    }

    private var above: [NextPage] {
        [
            NextPage(pages.above.0.path, pages.above.1),
            NextPage(pages.file.with("number", undo.file.number), "名簿をたしかめる"),
        ]
    }

    private var pairs: [(String, String)] {
        [("番号", plan.number), ("下見の日時", plan.plannedAt.word)]
            + (plan.appliedAt.map { [("取り消した日時", $0.word)] } ?? [])
            + UndoOutcome.Group.allCases.map { (word($0), "\(undo.count($0).grouped)人") }
    }

    private func word(_ group: UndoOutcome.Group) -> String { isDone ? group.done : group.word }

    private var progress: HTML {
        if plan.state == .replaced, undo.job == nil {
            return "<p>新しい下見があります。<a href=\"\(fileLink)\">名簿のページ</a>から開いてください。</p>"
        }
        guard let job = undo.job else { return .none }
        switch job.state {
        case .done: return Part.done("終わりました。")
        case .waiting: return Part.working("取り消しています。", link, JobWords.bar(job, unit: "人"))
        case .failed where JobWords.newPlan(job) != nil:
            return JobWords.changed(job, at: pages.undo, then: "もう一度、取り消してください。")
        case .failed:
            return Part.note("bad", "取り消せませんでした", JobWords.broke(job) ?? Self.refused)
        }
    }

    private var fileLink: HTML { href(pages.file.with("number", undo.file.number)) }

    private static let refused: HTML = "<p>取り消せる日を過ぎたか、取り消すものがもうありません。何も変わっていません。</p>"

    private func confirmation(_ csrf: String) -> HTML {
        guard undo.reversedCount > 0 else { return "<p>取り消す人はいません。理由は、下の「対象の人」にあります。</p>" }
        return """
            <p>もう知らせが届いた人には、取り消したことをメールで知らせます。取り消したあとに、同じ名簿をもう一度送ることもできます。</p>
            \(Part.form(
                pages.undo, csrf: csrf,
                "<input type=\"hidden\" name=\"number\" value=\"\(plan.number)\">"
                    + Part.button("\(undo.reversedCount.grouped)人を取り消す")))
            """
    }

    private var tabs: HTML {
        """
        <ul class="links">
          \(each(UndoOutcome.Group.allCases.filter { undo.count($0) > 0 }, tab))
        </ul>
        """
    }

    private func tab(_ group: UndoOutcome.Group) -> HTML {
        """
        <li>
          <a href="\(href(link + "&outcome=" + group.rawValue))"
              \(when(group == chosen, "aria-current=\"true\""))>
            \(word(group))（\(undo.count(group).grouped)人）</a>
        </li>
        """
    }

    private var table: HTML {
        guard !lines.isEmpty else { return "<p>いません。</p>" }
        let rows = lines.map { line -> [HTML] in
            ["\(line.name)", "\(line.row)行目", receipt(line), "\(line.outcome.sentence)"]
        }
        return Table(word(chosen), ["氏名", "名簿の行", "受付番号", "どうなるか・理由"], rows).html + more
    }

    private func receipt(_ line: UndoLineRecord) -> HTML {
        guard let receipt = line.receipt else { return .none }
        guard pages.opensApplications else { return "\(receipt)" }
        return "<a href=\"\(href(Route.review.with("receipt", receipt)))\">\(receipt)</a>"
    }

    private var more: HTML {
        guard lines.count == 50, let last = lines.last else { return .none }
        let next = link + "&outcome=\(chosen.rawValue)&after=\(last.row)"
        return "<p><a href=\"\(href(next))\">次の50人</a></p>"
    }
}
