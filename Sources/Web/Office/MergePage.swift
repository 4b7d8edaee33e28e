internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 人をまとめる: two numbers, then what would become of both, then it is done.
struct MergePage {
    static let heading = "人をまとめる"
    let form: MergeForm
    let plan: PersonMergePlan?
    /// The last ones.
    let merges: [PersonMergeRecord]
    let today: Day

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.people, "人を探す")], Self.heading))
        \(Part.errorSummary(form.problems.map { (field: $0.0, text: $0.1) }))\(changed)
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          <p>別の人として記録されている2人が同じ人だったときに、1人にまとめます。どちらの番号も、残る人につながります。</p>
          \(when(plan == nil, numbers(csrf)))
        </section>
        \(plan.map { MergePlanPart(plan: $0, form: form, today: today).html(csrf: csrf) })
        \(when(!merges.isEmpty, last))
        """
    }

    private var changed: HTML {
        when(
            form.conflict == .peopleHaveChanged,
            """
            <div class="note warn" role="alert">
              <p class="told">\(Icon.of("warn"))<strong>画面を開いたあとに、内容が変わりました。まだ何も記録していません。
                いまの内容を確かめてください。</strong></p>
            </div>
            """)
    }

    private func numbers(_ csrf: String) -> HTML {
        let hint = "受付番号か委員番号"
        let first = Field(
            name: "number", label: "残る人の番号", hint: hint, value: form.survivor,
            problems: form.problems(of: "number"))
        let second = Field(
            name: "other", label: "まとめられる人の番号", hint: hint, value: form.absorbed,
            problems: form.problems(of: "other"))
        return Part.form(
            .mergePeople, csrf: csrf,
            first.input("text") + second.input("text") + Part.button("どうなるかを確かめる"))
    }

    private var last: HTML {
        let rows = merges.map { merge -> [HTML] in
            let link = href(Route.separatePeople.with("merge", "\(merge.id)"))
            return [
                "<a href=\"\(link)\">\(merge.mergedAt.word)</a>", "\(merge.survivorNumber)",
                "\(merge.absorbedNumber)", "\(merge.merger.word)",
                "\(merge.undoneAt.map { "\($0.word)に解きました" } ?? "")",
            ]
        }
        let table = Table(
            "まとめた記録", ["いつ", "残った人の委員番号", "まとめられた人の委員番号", "だれが", "解いたとき"], rows)
        return "<section class=\"sec flow\"><h2>まとめた記録</h2>\(table.html)</section>"
    }
}

/// 下見: what would be done.
struct MergePlanPart {
    let plan: PersonMergePlan
    let form: MergeForm
    let today: Day

    func html(csrf: String) -> HTML {
        let because = Field(
            name: "because", label: "理由", hint: "記録に残ります。本人には知らせません。", value: form.because,
            problems: form.problems(of: "because"))
        let numbers = hidden(form.survivor, form.absorbed)
        let swapped = hidden(form.absorbed, form.survivor)
        let seen: HTML = "<input type=\"hidden\" name=\"seen\" value=\"\(plan.mark)\">"
        return """
            <section class="sec flow"><h2>まとめると、どうなるか</h2>\(effects)</section>
            <section class="sec flow"><h2>残る人</h2>\(person(plan.survivor, "残る人の応募"))</section>
            <section class="sec flow"><h2>まとめられる人</h2>\(person(plan.absorbed, "もう1人の応募"))</section>
            <section class="sec flow">
              \(Part.form(
                  .mergePeople, csrf: csrf,
                  numbers + seen + because.textArea(rows: 2) + Part.button("1人にまとめる")))
              \(Part.form(
                  .mergePeople, csrf: csrf,
                  swapped + AskingPage.hidden([], "change") + Part.plainButton("残る人を入れ替える")))
              <p><a href="\(href(Route.mergePeople.path))">何もしないで、もどる</a></p>
            </section>
            """
    }

    private func hidden(_ survivor: String, _ absorbed: String) -> HTML {
        """
        <input type="hidden" name="number" value="\(survivor)">
        <input type="hidden" name="other" value="\(absorbed)">
        """
    }

    private var effects: HTML {
        let merging = plan.merging
        let theirs = merging.parts.count { !$0.isSurvivors }
        let folds = merging.folds.map { "応募 \($0.from.receipt) は、\($0.into.receipt) につながります。" }
        let endings = merging.endings.map { ending in
            let number = ending.part.appointment ?? ""
            let beside = ending.beside.appointment ?? ""
            return ending.reason == .merged
                ? "任命 \(number) は \(beside) と重なるため、統合で終わります。オープンバッジは使えなくなります。これまでの集計は変わりません。"
                : "任命 \(number) は、\(beside) が始まる\(ending.day.word)に、区分変更で終わります。"
        }
        let letters =
            plan.letterCount == 0
            ? "メールアドレスがないか、亡くなった人のため、本人には知らせません。"
            : "本人に、\(plan.letterCount)つのメールアドレスあてに知らせます。"
        let lines =
            ["応募\(theirs)件が、残る人のものになります。"] + folds + endings
            + [
                "どちらの委員番号と受付番号も使えます。番号をほかの人に付けることはありません。", letters,
                "あとで、まとめを解いて元にもどせます。",
            ]
        return "<ul class=\"ticks\">\(each(lines) { "<li>\($0)</li>" })</ul>"
    }

    private func person(_ person: MergingPerson, _ caption: String) -> HTML {
        let rows = person.applications.map { MergeRow(record: $0, today: today).cells }
        return """
            <p>委員番号：\(person.memberNumber ?? "まだありません")</p>
            \(Table(caption, MergeRow.columns, rows).html)
            """
    }
}

/// One application of a person who is merged or restored.
struct MergeRow {
    static let columns: [Table.Column] = [
        "受付番号", "氏名", "読み", "メールアドレス", "応募区分", "団体", "年度", "状態",
    ]
    let record: ApplicationRecord
    let today: Day

    var cells: [HTML] {
        let link = href(Route.review.with("receipt", record.receipt))
        return [
            "<a href=\"\(link)\">\(record.receipt)</a>", "\(record.name)", "\(record.kana)",
            "\(record.email)", "\(record.kind.word)", "\(record.organizationName)",
            "\(record.year.word)", "\(record.status(on: today).word)",
        ]
    }
}
