internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// Letters with what became of them, and sending one once more.
struct PersonLettersPart {
    let file: PersonFile
    let maySend: Bool

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow dense" id="mail">
          <h2>メール</h2>
          \(when(file.hasDied, "<p>死亡を登録しているため、この人あてのメールはもう送りません。</p>"))
          \(list(csrf))
        </section>
        """
    }

    private func list(_ csrf: String) -> HTML {
        guard !file.letters.isEmpty else { return "<p>この人あてのメールはありません。</p>" }
        let rows = file.letters.map { letter -> [HTML] in
            [
                "\(letter.writtenAt.word)", subject(letter), "\(letter.recipient)", outcome(letter),
                again(letter, csrf),
            ]
        }
        let limit: HTML = when(
            rows.count == Office.lettersShown, "<p>新しい\(Office.lettersShown)通です。</p>")
        return limit + Table("メール", ["書いた日時", "題", "宛先", "結果", "もう一度送る"], rows).html
    }

    private func subject(_ letter: PersonLetter) -> HTML {
        guard !letter.subject.isEmpty else {
            return "\(letter.kind.word)<br><small>保存期間を過ぎたため、内容は消しました</small>"
        }
        return "\(letter.subject)"
    }

    private func outcome(_ letter: PersonLetter) -> HTML {
        let said: HTML = when(
            !letter.failure.isEmpty, "<br><small>相手のサーバーの返事：\(letter.failure)</small>")
        return switch letter.state {
        case .delivered: "送った\(letter.deliveredAt.map { "（\($0.word)）" } ?? "")"
        case .failed: "届かなかった\(said)"
        case .waiting: "送るのを待っている\(said)"
        case .suppressed: "送らない"
        }
    }

    private func again(_ letter: PersonLetter, _ csrf: String) -> HTML {
        let count: HTML = when(letter.repetitions > 0, "<p>\(letter.repetitions)回、もう一度送りました。</p>")
        guard maySend, letter.mayBeSentAgain, !file.hasDied, !file.email.isEmpty else {
            return count
        }
        return count
            + Part.form(
                .resend, csrf: csrf,
                """
                <input type="hidden" name="number" value="\(file.newest.receipt)">
                <input type="hidden" name="letter" value="\(letter.id)">
                <button class="btn" type="submit">
                  もう一度送る<span class="vh">（\(letter.subject)）</span>
                </button>
                """)
    }
}

/// What would leave once more, before it does.
struct ResendPage {
    static let heading = "もう一度送りますか"

    let file: PersonFile
    let letter: PersonLetter

    func html(csrf: String) -> HTML {
        let person = NextPage(PersonPage.path(file.newest), "この人の記録")
        return """
            \(Part.crumbs([person], Self.heading))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              <p>次のメールを、いつお送りしたものかを書き添えて、もう一度送ります。いまも合っている内容か、確かめてください。</p>
              \(moved)\(Part.answers(pairs))
              \(Part.form(.resend, csrf: csrf, AskingPage.hidden(answers) + Part.button("もう一度送る")))
              <p><a href="\(href(person.path))">何もしないで、もどる</a></p>
            </section>
            """
    }

    private var address: String { file.address(instead: letter.recipient) }

    private var moved: HTML {
        when(
            address.lowercased() != letter.recipient.lowercased(),
            "<p><strong>前の宛先（\(letter.recipient)）ではなく、いまのアドレスに送ります。</strong></p>")
    }

    private var pairs: [(String, String)] {
        [
            ("宛先", address), ("題", letter.subject),
            ("前に送った日", (letter.deliveredAt ?? letter.writtenAt).day.word), ("本文", letter.body),
        ]
    }

    private var answers: [(String, String)] {
        [
            ("number", file.newest.receipt), ("letter", String(letter.id)),
            ("seen", String(letter.repetitions)),
        ]
    }
}
