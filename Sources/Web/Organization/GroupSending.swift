internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// The end of a plan's page: sends what can be sent and says how many that are, or where to go on.
struct GroupSending {
    let outlook: GroupFileSummary
    /// What was wrong with the last press.
    let problems: [String]

    func html(_ csrf: String) -> HTML {
        guard outlook.ready + outlook.held > 0 else { return nothing }
        return Part.form(
            .applyGroup, csrf: csrf,
            """
            <input type="hidden" name="number" value="\(outlook.file.number)">\(consent)
            \(Part.button(button))
            """)
    }

    private var nothing: HTML {
        let next: HTML =
            outlook[.error] > 0
            ? "直してほしい行を直してから、<a href=\"\(href(Route.group.path))\">もう一度、名簿をえらんでください</a>。"
            : "<a href=\"\(href(Route.members.path))\">いまの名簿を見る</a>"
        return Part.note("info", "送る応募はありません", "<p>\(why)\(next)</p>")
    }

    private var why: String {
        if outlook[.unchanged] == 0 { return "登録できる行がありません。" }
        return outlook[.error] > 0 ? "ほかの行は、登録されている内容と同じです。" : "登録されている内容と同じです。"
    }

    private var consent: HTML {
        Field(name: "agent_attestation", label: "", problems: problems).checkbox(
            "名簿に記載した全員から、応募と個人情報の提供について同意を得ている")
    }

    private var button: String {
        outlook.ready > 0
            ? "\(outlook.ready.grouped)人の応募を送る"
            : "確認待ちの\(outlook.held.grouped)件を事務局に送る"
    }
}

/// 取りやめる: what can be done with a file that is not to be sent.
struct GroupDiscarding {
    let number: String

    func html(_ csrf: String) -> HTML {
        """
        <details>
          <summary>この名簿を送らない</summary>
          <p>ファイルと、読み取った中身を、いますぐ消します。だれの応募も送らず、いまの名簿も変わりません。</p>
          \(Part.form(
            .discardGroup, csrf: csrf,
            """
            <input type="hidden" name="number" value="\(number)">
            \(Part.plainButton("送らずに取りやめる"))
            """))
        </details>
        """
    }

    static let tooLate = Part.note(
        "warn", "取りやめていません", "<p>その前に、この名簿は送られたか、新しい下見ができていました。</p>")

    static let note = Part.note(
        "good", "名簿を送らずに取りやめました", "<p>ファイルの中身は消しました。だれの応募も送っていません。</p>")

    static let done = Part.note(
        "info", "だれの応募も送っていません",
        """
        <p>
          ファイルの中身は消しました。同じ名簿を使うときは、
          <a href="\(href(Route.group.path))">もう一度、名簿をえらんでください</a>。
        </p>
        """)
}
