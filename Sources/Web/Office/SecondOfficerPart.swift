internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 二人目の確認, on the page of a plan: who would have it done, who else can confirm, and what changed
/// since.
struct SecondOfficerPart {
    let plan: PlanRecord
    let outlook: SecondOfficerOutlook
    /// How many it is done to, and what is done: 「任命する」.
    let count: Int
    let verb: String
    /// Why the second does not want it, as it was typed and not taken.
    var typed = CancellationForm()
    var isRefused = false

    static let confirmation = "confirmation"

    /// `press` is the form of whoever is the first; the fields of the plan stand in it.
    func html(csrf: String, first press: (HTML) -> HTML) -> HTML {
        guard let waiting = outlook.waiting else { return asking(press) }
        return outlook.isAskedByViewer
            ? ofFirst(waiting, csrf) : ofSecond(waiting, csrf)
    }

    private func asking(_ press: (HTML) -> HTML) -> HTML {
        """
        \(earlier)
        <p>この下見の実行には、もう一人の確認が必要です。ボタンを押すと、ほかの担当者の確認を待ちます。まだ何も変わりません。</p>
        \(others)
        \(press(Part.button("\(count.grouped)人を\(verb)確認を頼む")))
        """
    }

    /// What became of the last time.
    private var earlier: HTML {
        guard let last = outlook.last, last.answer == .declined,
            let at = last.answeredAt
        else { return .none }
        return Part.note(
            "warn", "実行しないという答えでした",
            """
            <p>\(last.answerer.word)（\(at.word)）</p><p>理由：\(last.reason)</p>
            """)
    }

    private var others: HTML {
        guard !outlook.others.isEmpty else {
            return "<p>確認できる人が、ほかにいません。任命の権限がある人のアカウントを、管理の担当者に頼んでください。</p>"
        }
        let names = outlook.others.prefix(20).map(\.name).joined(separator: "、")
        let more = outlook.others.count > 20 ? " ほか\(outlook.others.count - 20)人" : ""
        return "<p>確認できる人：\(names)\(more)</p>"
    }

    private func ofFirst(_ waiting: ConfirmationRecord, _ csrf: String) -> HTML {
        """
        \(Part.note(
            "info", "もう一人の確認を待っています",
            "<p>\(waiting.askedAt.word)に頼みました。この画面の番号を伝えてください。</p>\(others)"))
        \(Part.form(.withdrawPlan, csrf: csrf, hidden(waiting) + Part.plainButton("頼むのをやめる")))
        """
    }

    private func ofSecond(_ waiting: ConfirmationRecord, _ csrf: String) -> HTML {
        let reason = Field(
            name: "because", label: "実行しない理由", hint: "頼んだ人に見せます。", value: typed.because,
            problems: problem.map { [$0] } ?? [])
        return """
            \(Part.answers([
                ("確認を頼んだ人", waiting.asker.word), ("頼んだ日時", waiting.askedAt.word),
                ("決裁日", plan.decision?.decidedOn.word ?? ""),
                ("決裁番号", plan.decision?.number ?? ""),
                ("頼まれてから変わったこと", changed),
            ]))
            \(confirming(waiting, csrf))
            \(Part.form(
                .declinePlan, csrf: csrf,
                hidden(waiting) + reason.textArea(rows: 2) + Part.plainButton("実行しない")))
            """
    }

    /// What the second did not say.
    var problem: String? { isRefused ? typed.problem : nil }

    private var changed: String {
        guard let changes = outlook.changes, changes.came + changes.left + changes.changed > 0
        else {
            return "ありません"
        }
        return "いま下見をすると、新しく入る人\(changes.came.grouped)人、"
            + "外れる人\(changes.left.grouped)人、内容が変わる人\(changes.changed.grouped)人"
    }

    private func confirming(_ waiting: ConfirmationRecord, _ csrf: String) -> HTML {
        guard waiting.mayStillAsk else {
            return "<p>頼んだ人には、いまは任命の権限がありません。実行しないと答えてから、あらためて頼んでください。</p>"
        }
        return Part.form(
            .applyPlan, csrf: csrf,
            hidden(waiting) + Part.button("確かめて、\(count.grouped)人を\(verb)"))
    }

    private func hidden(_ waiting: ConfirmationRecord) -> HTML {
        """
        <input type="hidden" name="number" value="\(plan.number)">
        <input type="hidden" name="\(Self.confirmation)" value="\(waiting.id)">
        """
    }
}
