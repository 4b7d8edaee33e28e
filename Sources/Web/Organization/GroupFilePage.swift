internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 名簿をたしかめる: what would become of a file, and what has become of it.
struct GroupFilePage {
    let outlook: GroupFileSummary
    let job: JobRecord?
    let problem: Problem?
    private let messages: Messages

    init(outlook: GroupFileSummary, job: JobRecord?, problem: Problem?, messages: Messages) {
        self.outlook = outlook
        self.job = job
        self.problem = problem
        self.messages = messages.naming(outlook.findings.headings)
    }

    private var file: GroupFileRecord { outlook.file }
    private var findings: GroupFileFindings { outlook.findings }

    static func word(_ file: GroupFileRecord) -> String {
        if file.isUndone { return "取り消し済み" }
        return switch file.state {
        case .planned: "まだ送っていません"
        case .applied: "登録済み"
        case .replaced: "新しい下見があります"
        case .confirmed: "登録を待っています"
        case .discarded: "取りやめました"
        }
    }

    var heading: String {
        if file.isUndone { return "この名簿の送信は取り消しました" }
        if file.state == .applied {
            return file.appliedCount == 0
                ? "変わったところはありませんでした" : "\(file.appliedCount.grouped)人の応募を受け付けました"
        }
        if file.state == .discarded { return "この名簿は、送らずに取りやめました" }
        if outlook.isPast { return "この名簿は、もう送れません" }
        guard let job else { return "名簿をたしかめる" }
        if JobWords.newPlan(job) != nil { return "もう一度、名簿をたしかめてください" }
        return "応募を送れませんでした"
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(.group, "団体の応募")], "名簿をたしかめる"))
        \(Part.errorSummary(told.map { ("agent_attestation", $0) }))
        <section class="sec flow">
          <h1>\(heading)</h1>
          <p class="muted">\(file.fileName)（\(file.uploadedAt.word)）</p>
          \(state)\(when(isOpen, sheets(csrf)))
          \(when(hasRows, outlook.isForgotten ? whatIsLeft : rows))
          \(when(isOpen, sending.html(csrf)))
          \(when(canBeDiscarded, GroupDiscarding(number: file.number).html(csrf)))
        </section>
        \(UndoPart(file: file, outlook: outlook.undo, pages: .organization).html(csrf: csrf))
        """
    }

    private var rows: HTML {
        when(file.state != .applied, columns) + said + counts + told(notices, "お知らせ")
            + when(file.state != .applied, names) + errors
            + when(file.state != .applied, asked) + repeated + noticed
            + when(file.state != .applied, told(doubts, "事務局が確かめる行"))
            + when(file.state == .applied, waiting)
    }

    /// Of a file whose contents are forgotten: how many rows came to what, and what was noticed.
    private var whatIsLeft: HTML {
        guard !outlook.causes.isEmpty else { return counts }
        return counts + "<h2>行について分かったこと</h2>" + list(outlook.causes)
    }

    /// Of a plan that came to nothing only the reason is told.
    private var hasRows: Bool {
        file.state == .applied || file.state == .planned && !outlook.isPast
    }

    /// Whether nobody has sent it, nor asked to.
    private var canBeDiscarded: Bool { file.state == .planned && job?.state != .waiting }

    /// Whether it can still be sent from here.
    private var isOpen: Bool {
        file.state == .planned && job == nil && !outlook.isPast && !outlook.isForgotten
    }

    private var sending: GroupSending { GroupSending(outlook: outlook, problems: told) }

    private var state: HTML {
        if file.state == .discarded { return GroupDiscarding.done }
        return outcome + when(outlook.isForgotten, Self.forgotten)
    }

    private static let forgotten = Part.note(
        "warn", "ファイルの中身は残っていません",
        """
        <p>
          保存期間を過ぎたので、送られたファイルと、そこに書かれていた氏名などを消しました。
          残っているのは、件数と行の番号だけです。同じ名簿を使うときは、
          <a href="\(href(Route.group.path))">もう一度、名簿をえらんでください</a>。
        </p>
        """
    )

    private var outcome: HTML {
        if file.isUndone {
            return """
                <p>
                  次の件数は、登録したときのものです。取り消した人と残した人は、下の「取消しの結果」で確かめられます。
                  同じ名簿は、<a href="\(href(Route.group.path))">もう一度えらんで</a>送れます。
                </p>
                """
        }
        if file.state == .applied {
            let materials = Route.materials.with(Materials.fileField, file.number)
            return """
                <p>
                  登録が終わりました。<a href="\(href(Route.members.path))">名簿を見る</a>　
                  <a href="\(href(materials))">資材を頼む</a>
                </p>
                """
        }
        if outlook.isPast { return past }
        guard let job else { return when(file.state == .replaced, Self.replaced) }
        if JobWords.newPlan(job) != nil {
            return JobWords.changed(job, at: .groupFile, then: "もう一度、送ってください。")
        }
        return Part.note(
            "bad", "登録できませんでした",
            JobWords.broke(job)
                ?? """
                <p>
                  この名簿は、いまは登録できません。<a href="\(href(Route.group.path))">もう一度、名簿をえらんでください</a>。
                </p>
                """
        )
    }

    /// Planned again by somebody else, as by the office for the organization.
    private static let replaced = Part.note(
        "warn", "新しい下見があります",
        "<p><a href=\"\(href(Route.group.path))\">これまでにえらんだ名簿</a>から、新しい下見を見てください。</p>")

    private var past: HTML {
        Part.note(
            "warn", "年度が変わりました",
            """
            <p>
              \(file.year.word)の応募として下見した名簿です。だれの応募も送っていません。新しい年度の応募として送るには、
              <a href="\(href(Route.group.path))">もう一度、名簿をえらんでください</a>。
            </p>
            """
        )
    }

    private var counts: HTML {
        if file.state == .applied { return Part.answers(doneCounts) }
        let pairs = [
            ("新規", outlook.newcomers), ("変更", outlook[.changed]),
            ("変更なし", outlook[.unchanged]),
            ("ファイルの中の重複", outlook.repeatedCount), ("エラー", outlook[.error]),
            ("確認待ち", outlook.held),
        ].map { ($0.0, "\($0.1.grouped)件") }
        return "<p>\(file.rowCount.grouped)行のうち、登録できる行は\(outlook.ready.grouped)件です。</p>"
            + Part.answers(
                pairs + [
                    ("名簿にない人（そのまま残ります）", "\(file.leavingCount.grouped)人"),
                    // So that a column of answers that were all left empty is seen in time.
                    ("登録できる行のうち、オープンバッジを希望する人", "\(outlook.wishes.grouped)人"),
                ])
    }

    /// What was really done, which a plan can only foresee.
    private var doneCounts: [(String, String)] {
        let newcomers = [LineResult.submitted, .affiliated, .merged].reduce(0) {
            $0 + outlook.done($1)
        }
        let pairs = [
            ("新しく名簿に加わった人", newcomers), ("内容の変更", outlook.done(.changed)),
            ("本人が確かめる変更（まだ変わっていません）", outlook.done(.proposed)),
            ("変更なし", outlook.done(.unchanged)),
        ]
        let waiting = outlook.waitingRows
        let left = file.rowCount - pairs.reduce(0) { $0 + $1.1 } - waiting
        return (pairs + [("確認待ち", waiting), ("送らなかった行（エラー、重複など）", left)])
            .map { ($0.0, "\($0.1.grouped)件") }
    }

    private var told: [String] { problem.map { [messages.sentence($0)] } ?? [] }

    private static let ofColumns: [ProblemCode] = [
        .columnsUnused, .columnMissing, .columnRivalled, .columnsWithoutHeading,
    ]

    /// Columns that are passed over, or missed: without this a misspelt heading loses its cells.
    private var columns: HTML {
        let ofColumns = findings.problems.filter {
            Self.ofColumns.contains($0.code) && !isSaid($0)
        }
        guard !ofColumns.isEmpty else { return .none }
        return Part.note(
            "warn", "列を確かめてください",
            """
            <ul>\(each(ofColumns) { "<li>\(messages.sentence($0))</li>" })</ul>
            <p>
              必要な列のときは、列の読み方を見直すか、見出しを<a
              href="\(href(Route.ownTemplateBook.path))">名簿のひな形</a>と同じにして、もう一度えらんでください。
            </p>
            """
        )
    }

    /// Whether all columns that are not used are so because somebody said so, which is told apart.
    private func isSaid(_ problem: Problem) -> Bool {
        let unused = findings.columns.filter { $0.use == .unused }.map(\.name.heading)
        return problem.code == .columnsUnused
            && problem.arguments[.headings] == unused.joined(separator: "、")
    }

    /// By what the columns were read otherwise than their headings say, and the way to change it.
    private var said: HTML {
        let list = each(findings.columns) { column in
            """
            <li>
              \(column.name.word)：\(column.use.word)\(when(
                  column.isRemembered, "（前に選んだ読み方）"))
            </li>
            """
        }
        let link = href(Route.groupColumns.with("number", file.number))
        return when(
            !findings.columns.isEmpty,
            "<h2>列の読み方</h2><p>次の列は、選ばれたとおりに読みました。</p><ul>\(list)</ul>")
            + when(isOpen, "<p><a href=\"\(link)\">列の読み方を見直す</a></p>")
    }

    private func sheets(_ csrf: String) -> HTML {
        guard let sheets = findings.sheets else { return .none }
        return SheetPart(number: file.number, sheets: sheets).html(csrf: csrf)
    }

    /// 文字が正しく読めたかを、先頭の3人で確かめる.
    private var names: HTML {
        guard !findings.people.isEmpty else { return .none }
        return """
            <h2>文字は正しいですか</h2>
            <ul>
              \(each(findings.people) { person in
                  "<li>\(person.name)\(person.kana.isEmpty ? "" : "（\(person.kana)）")</li>"
              })
            </ul>
            """
    }

    private var errors: HTML {
        let count = outlook[.error]
        guard count > 0 else { return .none }
        let causes = outlook.causes.filter {
            $0.code.severity == .stop && $0.code != .rowRepeated
        }
        return """
            <h2>直してほしい行が\(count.grouped)件あります</h2>
            \(list(causes))
            <div class="btns">
              <a class="btn" href="\(href(Route.groupErrors.with("number", file.number)))">
                直す行を保存する（\(file.isBook ? "Excel" : "CSV")）
              </a>
            </div>
            <p class="muted">
              \(when(file.isBook, "直すところには色がついています。"))保存したファイルを直して、そのまま「名簿をえらぶ」から送れます。
            </p>
            """
    }

    /// What is told of rows about people whom the organization has sent before.
    private static let ofKnownPeople: [ProblemCode] = [
        .differencesBecomeAProposal, .appointmentEnded, .applicationWithdrawn,
    ]

    /// What a person would be asked on the form of their own, and what was put right for them.
    private var asked: HTML {
        let ownLists = ProblemCode.ofDoubt + Self.ofKnownPeople
        let causes = outlook.causes.filter {
            $0.code.severity != .stop && !ownLists.contains($0.code)
        }
        guard !causes.isEmpty else { return .none }
        return """
            <h2>確かめてほしいことが\(causes.count)つあります</h2>
            <p>このまま送ることもできます。違うときは、名簿を直して、もう一度えらんでください。</p>
            \(list(causes))
            """
    }

    private func list(_ causes: [PlanCause]) -> HTML {
        GroupCauses(causes: causes, messages: messages, names: findings.headings).html
    }

    /// Rows that name somebody a second time, and where the first stands.
    private var repeated: HTML {
        list(
            "ファイルの中で重複している行", outlook.repeated,
            "同じ人が前の行にもあるため、次の行は送りません。"
        ) { line in
            let earlier = line.problems.first { $0.code == .rowRepeated }?.arguments[.row] ?? ""
            return "（\(earlier)行目と同じ方）"
        }
    }

    private var noticed: HTML {
        told(
            outlook.causes.filter { Self.ofKnownPeople.contains($0.code) }.sorted {
                $0.code.rawValue < $1.code.rawValue
            }.map { cause in
                "\(RowRanges.word(cause.rows))：\(messages.sentence(Problem(cause.code)))"
            }, "前に送った人の行")
    }

    private func list(
        _ heading: String, _ lines: GroupFileSummary.Lines, _ text: String,
        _ more: (NoticedLine) -> String
    ) -> HTML {
        guard lines.count > 0 else { return .none }
        let rest = lines.rest
        return """
            <details>
              <summary>\(heading)（\(lines.count.grouped)件）</summary>
              <p>\(text)</p>
              <ul>
                \(each(lines.shown) { "<li>\($0.row)行目　\($0.nameAsTyped)\(more($0))</li>" })
              </ul>
              \(when(!rest.isEmpty, "<p>ほかに\(rest.count.grouped)件あります：\(RowRanges.word(rest))</p>"))
            </details>
            """
    }

    /// What was noticed of the file as a whole.
    private var notices: [String] {
        (findings.problems + outlook.sentBefore)
            .filter { $0.severity != .stop && !Self.ofColumns.contains($0.code) }
            .map { messages.sentence($0) }
    }

    /// What has become of the rows that were to be made sure of.
    private var waiting: HTML {
        let rest = outlook.doubtCount - outlook.doubts.count
        return told(
            outlook.doubts.map { "\($0.row)行目：\(DoubtWords.outcome(of: $0))" }
                + (rest > 0 ? ["ほかに\(rest.grouped)件あります。"] : []), "事務局が確かめる行")
    }

    /// Rows that wait until the office says whether they are somebody else.
    private var doubts: [String] {
        let rest = outlook.doubted.rest
        return outlook.doubted.shown.flatMap { line in
            line.problems.filter { ProblemCode.ofDoubt.contains($0.code) }.map {
                messages.sentence($0, row: line.row)
            }
        } + (rest.isEmpty ? [] : ["ほかの\(rest.count.grouped)行：\(RowRanges.word(rest))"])
    }

    private func told(_ sentences: [String], _ heading: String) -> HTML {
        guard !sentences.isEmpty else { return .none }
        return Part.note("info", heading, "<ul>\(each(sentences) { "<li>\($0)</li>" })</ul>")
    }
}

/// While a file is being applied: how far it is.
struct GroupWorkingPage {
    let file: GroupFileRecord
    let job: JobRecord

    let heading = "応募を送っています"

    var html: HTML {
        let here = Route.groupFile.with("number", file.number)
        return """
            \(Part.crumbs([(.group, "団体の応募")], "名簿をたしかめる"))
            <section class="sec flow">
              <h1>\(heading)</h1>
              <p class="muted">\(file.fileName)（\(file.uploadedAt.word)）</p>
              \(Part.working("登録しています。", here, JobWords.bar(job, unit: "行")))
            </section>
            """
    }
}
