internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// 名簿をたしかめる: what would become of a file, and what has become of it.
struct GroupFilePage {
    let file: GroupFileRecord
    let plan: GroupPlan
    let job: JobRecord?
    let problem: Problem?
    let messages: Messages

    static func word(_ state: String) -> String {
        switch state {
        case "planned": "まだ送っていません"
        case "applied": "登録済み"
        case "replaced": "新しい下見があります"
        default: "登録を待っています"
        }
    }

    var heading: String {
        if file.state == "applied" { return "\(file.appliedCount.grouped)人の応募を受け付けました" }
        return job == nil ? "名簿をたしかめる" : "応募を送っています"
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(.group, "団体の応募")], "名簿をたしかめる"))\(Part.errorSummary(told.map { ("agent_attestation", $0) }))<section class="sec flow"><h1>\(heading)</h1><p class="muted">\(file.fileName)（\(file.uploadedAt.word)）</p>\(state)\(counts)\(told(notices, "お知らせ"))\(names)\(errors)\(told(doubts, "確認が必要な行"))\(when(file.state == "planned" && job == nil, confirmation(csrf)))</section>
        """
    }

    private var state: HTML {
        guard let job else { return .none }
        switch job.state {
        case "done": return "<p>登録が終わりました。<a href=\"\(href(Route.members.path))\">名簿を見る</a></p>"
        case "failed" where JobWords.newPlan(job) != nil:
            return JobWords.changed(job, at: .groupFile, then: "もう一度、送ってください。")
        case "failed":
            return Part.note(
                "bad", "登録できませんでした",
                JobWords.broke(job)
                    ?? "<p>この名簿は、いまは登録できません。<a href=\"\(href(Route.group.path))\">もう一度、名簿をえらんでください</a>。</p>"
            )
        default:
            return Part.working(
                "登録しています。", Route.groupFile.path + "?number=\(file.number)",
                JobWords.bar(job, unit: "行"))
        }
    }

    private var counts: HTML {
        let pairs = GroupPlan.Outcome.allCases.map { outcome in
            (outcome.word, "\((file.counts[outcome] ?? 0).grouped)件")
        }
        return "<p>\(file.rowCount.grouped)行のうち、登録できる行は\(ready.grouped)件です。</p>"
            + Part.answers(pairs + [("名簿にない人（そのまま残ります）", "\(file.leavingCount.grouped)人")])
    }

    private var told: [String] { problem.map { [messages.sentence($0)] } ?? [] }

    private var ready: Int {
        (file.counts[.new] ?? 0) + (file.counts[.changed] ?? 0)
    }

    /// 文字が正しく読めたかを、先頭の3人で確かめる.
    private var names: HTML {
        let first = plan.lines.compactMap(\.application?.name).prefix(3)
        guard !first.isEmpty else { return .none }
        return """
            <h2>文字は正しいですか</h2><ul>\(each(first) { "<li>\($0.family) \($0.given)（\($0.familyKana) \($0.givenKana)）</li>" })</ul>
            """
    }

    private var errors: HTML {
        let wrong = plan.lines.filter { $0.outcome == .error }
        guard !wrong.isEmpty else { return .none }
        let rows = wrong.prefix(20).map { line -> [HTML] in
            let stops = line.problems.filter { $0.severity == .stop }
            let name = [line.draft[.familyName], line.draft[.givenName]].filter { !$0.isEmpty }
            return [
                "\(line.row.grouped)行目",
                "\(name.isEmpty ? line.draft[.fullName] : name.joined(separator: " "))",
                each(stops) {
                    "<span class=\"why\">\(messages.sentence($0, row: line.row))</span><span class=\"fix\">\($0.remedy)</span>"
                },
            ]
        }
        let caption =
            wrong.count > 20 ? "直してほしい\(wrong.count.grouped)行のうち、はじめの20行" : "直してほしい行"
        return """
            <h2>直してほしい行が\(wrong.count.grouped)件あります</h2>\(Table(caption, showsCaption: true, ["行", "お名前", "どこが違うか・直し方"], rows).html)<div class="btns"><a class="btn" href="\(href(Route.groupErrors.path + "?number=\(file.number)"))">直す行を保存する（CSV）</a></div><p class="muted">保存したファイルを直して、そのまま「名簿をえらぶ」から送れます。</p>
            """
    }

    /// What was noticed of the file as a whole.
    private var notices: [String] {
        (plan.fileProblems + plan.samples).filter { $0.severity != .stop }
            .map { messages.sentence($0) }
    }

    /// Rows that wait for a word that they are somebody else.
    private var doubts: [String] {
        plan.lines.filter { $0.outcome == .held }.prefix(20).flatMap { line in
            line.problems.map { messages.sentence($0, row: line.row) }
        }
    }

    private func told(_ sentences: [String], _ heading: String) -> HTML {
        guard !sentences.isEmpty else { return .none }
        return Part.note("info", heading, "<ul>\(each(sentences) { "<li>\($0)</li>" })</ul>")
    }

    private func confirmation(_ csrf: String) -> HTML {
        let held = file.counts[.held] ?? 0
        guard ready + held > 0 || (file.counts[.duplicate] ?? 0) > 0 else { return .none }
        let consent = Field(name: "agent_attestation", label: "", problems: told).checkbox(
            "名簿に記載した全員から、応募と個人情報の提供について同意を得ている")
        let others = Field(name: "held", label: "", isRequired: false).checkbox(
            "確認待ちの\(held)件は、別の方です（いっしょに登録する）")
        return Part.form(
            .applyGroup, csrf: csrf,
            """
            <input type="hidden" name="number" value="\(file.number)">\(consent)\(when(held > 0, others))\(Part.button("\(ready.grouped)人の応募を送る"))
            """)
    }
}
