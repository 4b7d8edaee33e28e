internal import Enrollment
internal import HTML
internal import Store

/// 応募を取り下げるとき: on the own page, as long as nobody is appointed.
struct WithdrawPart {
    let record: ApplicationRecord
    let problem: String?

    static let unmarked = "取り下げるときは、「応募を取り下げる」に印をつけてください。"

    func html(csrf: String) -> HTML {
        guard ApplicationState.waiting.contains(record.state) else { return .none }
        let sure = Field(name: "sure", label: "", problems: problem.map { [$0] } ?? []).checkbox(
            "応募を取り下げる")
        return """
            <section class="sec flow screen">
              <h2>応募を取り下げるとき</h2>
              <p>
                審査と任命の手続をやめます。取り下げたあとでも、受付の期間のうちは、同じ内容からもう一度応募できます。
              </p>
              \(Part.form(.withdraw, csrf: csrf, sure + Part.plainButton("取り下げる")))
            </section>
            """
    }
}
