internal import HTML

/// A six-digit code as people type it.
enum CodeEntry {
    /// The six digits, or nil for what can be no code.
    static func code(_ typed: String) -> String? {
        let digits = digits(typed)
        return digits.count == 6 ? digits : nil
    }

    private static func digits(_ typed: String) -> String {
        String(
            typed.unicodeScalars.compactMap { scalar -> Character? in
                switch scalar.value {
                case 0x30...0x39: Character(scalar)
                case 0xFF10...0xFF19: Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
                default: nil
                }
            })
    }

    static let notSixDigits = "メールに書いてある6けたの数字を入力してください。"

    static func tooMany(_ minutes: Int) -> String {
        "番号の入力まちがいが続いたため、いまは確かめられません。\(minutes)分ほど待ってから、新しい番号を受け取って入力してください。"
    }

    /// `anew` says how a new code is asked for; `older` is said where the code may be an older one.
    static func problem(_ left: Int?, anew: String, older: String = "") -> String {
        guard let left, left > 0 else {
            return "この番号は、もう使えません（入力できる回数を使い切ったか、10分がたちました）。\(anew)"
        }
        return "番号が違います。\(older)あと\(left)回入力できます。"
    }
}

/// A page that asks for the code that was mailed.
struct CodePage {
    let lead: String
    let action: Route
    /// What stands above the heading: the way back, and how far one is.
    var above: HTML = .none
    /// What has been done just now.
    var told: HTML = .none
    let problem: String?
    /// Goes along with the code.
    var mark: DraftMark?
    /// What was typed before the session was over.
    var kept = ResumeAfterSignIn.none
    /// What to do when no code comes.
    let below: HTML

    static let heading = "届いた番号を入力する"

    func html(csrf: String) -> HTML {
        let field = Field(
            name: "code", label: "6けたの番号", hint: "全角でも半角でもかまいません。番号は10分間使えます。",
            problems: problem.map { [$0] } ?? [], autocomplete: "one-time-code",
            inputMode: "numeric", isShort: true)
        let hidden = (mark?.hidden ?? .none) + kept.hidden
        return """
            \(above)\(Part.errorSummary(problem.map { [("code", $0)] } ?? []))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              \(told)
              <p>\(lead)</p>
              \(Part.form(action, csrf: csrf, hidden + field.textInput + Part.button("進む")))
            </section>
            <section class="sec flow">
              <h2>番号が届かないとき、使えないとき</h2>
              <p>届かないときは、迷惑メールの入れ物と、アドレスの打ちまちがいを確かめてください。</p>
              \(below)
            </section>
            """
    }
}
