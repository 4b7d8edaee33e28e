internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// Where the 決裁 of appointments is entered.
struct DecisionPage {
    let entered: DecisionForm
    let scope: DecisionScopeForm
    let plans: [PlanRecord]
    /// By the id of the plan.
    let takenBack: [Int: PlanTakenBack]

    private var approved: Int { scope.approved.reduce(0) { $0 + $1.count } }

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(entered.problems + scope.problems))
        <section class="sec flow">
          <h1>任命する</h1>
          <p>承認済みで決裁を待っている応募：\(approved.grouped)件</p>
          \(form(csrf))
        </section>
        \(PlanList(plans: plans, takenBack: takenBack).html)
        """
    }

    private func form(_ csrf: String) -> HTML {
        guard approved > 0 else { return "<p>任命する応募はありません。先に応募を承認してください。</p>" }
        return Part.form(.decisions, csrf: csrf, entered.fields + scope.html + Part.button("下見をする"))
            + "<p class=\"muted\">下見では、まだ何も変わりません。</p>"
    }
}

/// Earlier plans with what became of them.
struct PlanList {
    let plans: [PlanRecord]
    /// What was taken back of them since, by the id of the plan.
    var takenBack: [Int: PlanTakenBack] = [:]

    var html: HTML {
        guard !plans.isEmpty else { return .none }
        let rows = plans.map { plan -> [HTML] in
            let link = href(Route.plan.with("number", plan.number))
            return [
                "<a href=\"\(link)\">\(plan.number)</a>", "\(plan.plannedOn.word)",
                "\(plan.decision?.number ?? PlanWords.undecided)",
                takenBack[plan.id]?.state ?? "\(PlanWords.state(plan.state))",
            ]
        }
        let table = Table("これまでの下見", ["番号", "下見の日", "決裁番号", "状態"], rows)
        return "<section class=\"sec flow\"><h2>これまでの下見</h2>\(table.html)</section>"
    }
}

/// A plan: how many and who, the button that does it, and what became of it.
struct PlanPage {
    let plan: PlanRecord
    let job: JobRecord?
    let counts: [PlanOutcome: Int]
    let chosen: PlanOutcome
    let lines: [PlanLineRecord]
    let today: Day
    let entered: DecisionForm
    /// Whom the decision is about; nil of everybody.
    let scope: String?
    /// The number of the plan that took its place.
    let newer: String?
    /// What is wrong with the choice of people.
    let problem: String?
    /// What it says otherwise than the plan whose place it took.
    let change: PlanChange?
    /// Of a plan that appointed.
    var undoing: PlanRecord?
    /// What was taken back since of a plan that appointed.
    var takenBack: PlanTakenBack?
    /// Of a plan that takes one back.
    var explanation: UndoExplanation?
    /// Why, as it was typed.
    var reason = CancellationForm()
    var reasonIsRefused = false
    /// Of a plan that two look at.
    var second: SecondOfficerPart?
    /// Who asked for it and who confirmed it, of one that two have looked at.
    var confirmed: ConfirmationRecord?

    private var words: PlanWords { PlanWords(plan.act) }

    var heading: String {
        takenBack?.heading ?? (plan.state == .applied ? words.done : words.heading)
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([words.above], words.heading))\(Part.errorSummary(problems))
        <section class="sec flow">
          <h1>\(heading)</h1>
          \(progress)\(replaced)\(explanation?.about ?? .none)\(Part.answers(pairs))
          \(when(plan.state == .planned && job == nil, confirmation(csrf)))
        </section>
        \(PlanUndoPart(plan: plan, undoing: undoing, takenBack: takenBack).html(csrf: csrf))
        \(change?.html ?? .none)
        <section class="sec flow" id="people" tabindex="-1">
          <h2>対象の人</h2>
          \(tabs)\(people(csrf))
        </section>
        """
    }

    private var problems: [(field: String, text: String)] {
        entered.problems + (problem.map { [("people", $0)] } ?? [])
            + ((reasonProblem ?? second?.problem).map { [("because", $0)] } ?? [])
    }

    private var reasonProblem: String? { reasonIsRefused ? reason.problem : nil }

    private var pairs: [(String, String)] {
        [("番号", plan.number), ("年度", plan.year.word)]
            + (plan.act == .undoAppoint ? because : decision) + [("下見の日", plan.plannedOn.word)]
            + (scope.map { [("決裁の対象", $0)] } ?? []) + officers
            + words.outcomes.map { (word($0), "\((counts[$0] ?? 0).grouped)人") }
    }

    private var decision: [(String, String)] {
        [
            ("決裁日", plan.decision?.decidedOn.word ?? PlanWords.undecided),
            ("決裁番号", plan.decision?.number ?? PlanWords.undecided),
        ]
    }

    private var officers: [(String, String)] {
        guard let confirmed else { return [] }
        return [
            ("確認を頼んだ人", "\(confirmed.asker.word)（\(confirmed.askedAt.word)）"),
            (
                "確認した人",
                "\(confirmed.answerer.word)（\(confirmed.answeredAt?.word ?? "")）"
            ),
        ]
    }

    private var because: [(String, String)] {
        plan.state == .applied || job?.state == .waiting ? [("理由", plan.because ?? "")] : []
    }

    /// A plan that says no more what would be done leads to the one that does.
    private var replaced: HTML {
        guard plan.state == .replaced, job == nil else { return .none }
        let way: HTML =
            newer.map { "<a href=\"\(href(Route.plan.with("number", $0)))\">新しい下見を見る</a>" }
            ?? "<a href=\"\(href(words.above.0.path))\">\(words.above.1)</a>"
        return Part.note(
            "warn", "この下見は、もう実行できません", "<p>対象の人を選び直した、新しい下見があります。</p><p>\(way)</p>")
    }

    private var progress: HTML {
        guard let job else { return takenBack?.sentences ?? .none }
        switch job.state {
        case .done: return takenBack?.sentences ?? Part.done("終わりました。")
        case .failed where JobWords.newPlan(job) != nil:
            return JobWords.changed(job, at: .plan, then: "実行してください。")
        case .failed:
            return Part.note(
                "bad", "実行できませんでした",
                JobWords.broke(job)
                    ?? """
                    <p>
                      この下見は、いまは実行できません。<a href="\(href(words.above.0.path))">もう一度、下見をしてください</a>。
                    </p>
                    """
            )
        case .waiting:
            return Part.working("実行しています。", link, JobWords.bar(job, unit: "人"))
        }
    }

    private var link: String { Route.plan.with("number", plan.number) }

    private func confirmation(_ csrf: String) -> HTML {
        let count = words.outcomes.first.flatMap { counts[$0] } ?? 0
        guard count > 0 else {
            return counts.isEmpty
                ? "<p>対象の人はいません。</p>" : "<p>\(words.verb)人はいません。理由は、下の「対象の人」にあります。</p>"
        }
        guard plan.act != .renew || today >= plan.year.firstDay else {
            return "<p>\(plan.year.firstDay.word)から実行できます。いまは予行です。何も変わりません。</p>"
        }
        let usual = Part.button("\(count.grouped)人を\(words.verb)")
        return when(plan.plannedOn != today, old) + (explanation?.consequences ?? .none)
            + (second?.html(csrf: csrf) { press($0, csrf) } ?? press(usual, csrf))
    }

    private func press(_ button: HTML, _ csrf: String) -> HTML {
        Part.form(
            .applyPlan, csrf: csrf,
            """
            <input type="hidden" name="number" value="\(plan.number)">
            \(when(plan.act == .renew, entered.fields))
            \(explanation?.question(reason, problem: reasonProblem) ?? .none)
            \(button)
            """)
    }

    /// What happens to a plan of another day.
    private var old: HTML {
        """
        <p>この下見は\(plan.plannedOn.word)のものです。はじめに、今日の内容と同じかを確かめます。違うところがあれば、何も行わずに、違うところをお見せします。</p>
        """
    }

    private var tabs: HTML {
        guard words.outcomes.count > 1 else { return .none }
        return """
            <ul class="links">
              \(each(words.outcomes, tab))
            </ul>
            """
    }

    /// What was done is told as done, and what was taken back wholly as taken back.
    private func word(_ outcome: PlanOutcome) -> String {
        guard plan.state == .applied else { return outcome.word }
        return takenBack?.rest == 0 && outcome == .appointing(.appoint)
            ? "任命を取り消した人" : outcome.doneWord
    }

    private func tab(_ outcome: PlanOutcome) -> HTML {
        let count = (counts[outcome] ?? 0).grouped
        let isCurrent = outcome == chosen
        return """
            <li>
              <a href="\(href(link + "&outcome=" + outcome.rawValue))"
                  \(when(isCurrent, "aria-current=\"true\""))>\(word(outcome))（\(count)人）</a>
            </li>
            """
    }

    /// Nil where nobody is left out or taken in any more.
    private var choice: PlanChoice? {
        guard plan.act == .appoint, plan.state == .planned, job == nil else { return nil }
        return PlanChoice(plan: plan, chosen: chosen)
    }

    private func people(_ csrf: String) -> HTML {
        guard !lines.isEmpty else { return "<p>いません。</p>" }
        return (choice?.form(table, lines, csrf: csrf) ?? table) + more
    }

    private var table: HTML {
        let rows = lines.map { line -> [HTML] in
            let link = href(Route.review.with("receipt", line.receipt))
            return [
                "\(choice?.tick(line) ?? .none)\(line.name)",
                "<a href=\"\(link)\">\(line.receipt)</a>", "\(line.kind.word)",
                "\(line.organizationName)",
                "\(line.reason?.sentence ?? "")",
            ]
        }
        return Table("対象の人", ["氏名", "受付番号", "応募区分", "団体", "備考"], rows).html
    }

    private var more: HTML {
        guard lines.count == 50, let last = lines.last else { return .none }
        let next = link + "&outcome=" + chosen.rawValue + "&after=\(last.position)"
        return "<p><a href=\"\(href(next))\">次の50人</a></p>"
    }
}

/// What plans of an act are called on pages.
struct PlanWords {
    private let act: PlanAct

    init(_ act: PlanAct) { self.act = act }

    var heading: String {
        switch act {
        case .renew: "年度更新の予行"
        case .undoAppoint: "任命の取消しの下見"
        default: "任命の下見"
        }
    }

    var done: String {
        switch act {
        case .renew: "年度を更新しました"
        case .undoAppoint: "任命を取り消しました"
        default: "任命しました"
        }
    }

    /// The page on which plans of the act are made.
    var above: (Route, String) { act == .renew ? (.renewal, "年度更新") : (.decisions, "任命する") }

    var verb: String {
        switch act {
        case .renew: "更新する"
        case .undoAppoint: "取り消す"
        default: "任命する"
        }
    }

    var outcomes: [PlanOutcome] { PlanOutcome.all(of: act) }

    /// The outcome that is shown first: whoever it is done to, or else those it is not done to.
    func first(of counts: [PlanOutcome: Int]) -> PlanOutcome {
        outcomes.first { counts[$0] ?? 0 > 0 } ?? outcomes.first ?? .gone
    }

    /// Beside 決裁日 and 決裁番号 of a rehearsal.
    static let undecided = "まだ入力していません"

    static func state(_ state: PlanState) -> String {
        switch state {
        case .planned: "未実行"
        case .applied: "実行済み"
        case .replaced: "新しい下見があります"
        case .confirmed: "実行中"
        case .discarded: "取りやめました"
        }
    }
}

extension PlanOutcome {
    var word: String {
        switch self {
        case .appointing(let outcome): outcome.word
        case .renewing(let outcome): outcome.word
        case .undoing(let outcome): outcome.word
        case .gone: "対象外"
        }
    }

    /// Once the plan was applied.
    fileprivate var doneWord: String {
        switch self {
        case .appointing(.appoint): "任命した人"
        case .appointing(.waits): "今回は任命しなかった人"
        case .undoing(.takenBack): "取り消した人"
        case .undoing(.stays): "取り消さなかった人"
        case .renewing, .gone: word
        }
    }
}

extension PlanReason {
    var sentence: String {
        switch self {
        case .waits(let wait): wait.sentence
        case .stays(let hindrance): hindrance.sentence
        case .lacks(let slots): "足りない動画：\(slots.map(String.init).joined(separator: "、"))"
        }
    }
}

extension EarlierOutcome {
    var word: String {
        switch self {
        case .notNamed: "対象外"
        case .said(let outcome): outcome.word
        }
    }
}
