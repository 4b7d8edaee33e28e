internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// まとめた記録 of one merge, and まとめを解く.
struct SeparationPage {
    static let heading = "まとめた記録"
    let merge: PersonMergeRecord
    /// Nil when it is taken back.
    let plan: SeparationPlan?
    let form: SeparationForm
    let today: Day

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs(
            [(Route.people, "人を探す"), (Route.mergePeople, MergePage.heading)], Self.heading))
        \(Part.errorSummary(form.problem.map { [("because", $0)] } ?? []))\(refused)
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          \(Part.answers([
              ("残った人の委員番号", merge.survivorNumber), ("まとめられた人の委員番号", merge.absorbedNumber),
              ("まとめた日時", merge.mergedAt.word), ("だれが", merge.merger.word),
              ("いま", merge.undoneAt.map { "\($0.word)に、まとめを解きました" } ?? "1人です"),
          ]))
        </section>
        \(plan.map { undoing($0, csrf) })
        """
    }

    private var refused: HTML {
        guard let conflict = form.conflict else { return .none }
        let sentence =
            switch conflict {
            case .survivorWasMerged: "残った人が、そのあと別の人にまとめられています。先にそのまとめを解いてください。"
            case .appliedMeanwhile: "同じ氏名、カナ、メールアドレスの応募が、そのあとにあります。先にその応募を確かめてください。"
            case .decidedAlready: "もう、まとめを解いてあります。"
            default: "画面を開いたあとに、内容が変わりました。いまの内容を確かめてください。"
            }
        return """
            <div class="note warn" role="alert">
              <p class="told">\(Icon.of("warn"))<strong>\(sentence)いまの操作では、何も記録していません。</strong></p>
            </div>
            """
    }

    private func undoing(_ plan: SeparationPlan, _ csrf: String) -> HTML {
        let because = Field(
            name: "because", label: "理由", hint: "記録に残ります。本人には知らせません。", value: form.because,
            problems: form.problem.map { [$0] } ?? [])
        let hidden: HTML = """
            <input type="hidden" name="merge" value="\(merge.id)">
            <input type="hidden" name="seen" value="\(plan.mark)">
            """
        return """
            <section class="sec flow">
              <h2>まとめを解く</h2>
              <p>次の応募は、まとめる前の人のものにもどります。統合で終わった任命とオープンバッジは、また使えます。</p>
              \(Table("もどる応募", MergeRow.columns, plan.returning.map {
                  MergeRow(record: $0, today: today).cells
              }).html)
              \(Part.form(
                  .separatePeople, csrf: csrf,
                  hidden + since(plan) + because.textArea(rows: 2) + Part.button("まとめを解く")))
            </section>
            """
    }

    /// Somebody has to say whose it is.
    private func since(_ plan: SeparationPlan) -> HTML {
        when(
            !plan.since.isEmpty,
            """
            <fieldset class="field">
              <legend>まとめたあとの応募</legend>
              <p class="hint">まとめられた人のものを選んでください。選ばない応募は、残った人のものです。</p>
              <div class="rows">\(each(plan.since) { choice($0) })</div>
            </fieldset>
            """)
    }

    private func choice(_ record: ApplicationRecord) -> HTML {
        let isGiven = form.given.contains(record.id)
        let facts = [
            record.year.word, record.kind.word, record.email, record.status(on: today).word,
        ].joined(separator: "、")
        return """
            <label>
              <input type="checkbox" name="given" value="\(record.id)"\(when(isGiven, " checked"))>
              <span>\(record.receipt)　\(record.name)<small>\(facts)</small></span>
            </label>
            """
    }
}
