internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// Both sides of a question beside each other, and the file in which they stand.
struct DoubtSides {
    let open: OpenDoubt
    let today: Day

    var html: HTML {
        let doubt = open.doubt
        let columns = ["項目", "\(doubt.row)行目", doubt.otherWord].map {
            Table.Column(name: $0, isNumber: false)
        }
        let table = Table("\(doubt.row)行目と\(doubt.otherWord)", columns, rows)
        let reason = IdentityWords.reason(doubt.reason)
        return """
            <p>\(doubt.fileName)（\(doubt.sentAt.day.word)に送られた名簿）</p>\(
                when(!reason.isEmpty, "<p>\(reason)。</p>"))\(table.html)
            """
    }

    /// One fact a line.
    private var rows: [[HTML]] {
        let row = open.doubt.draft.side
        let other = open.other?.side(on: today) ?? open.doubt.otherDraft.side
        return zip(Self.labels, zip(row, other)).map { ["\($0)", "\($1.0)", "\($1.1)"] }
    }

    private static let labels = ["氏名", "読み", "郵便番号", "住所", "メールアドレス", "電話番号", "応募"]
}

extension ApplicationDraft {
    /// What the row says, in the form in which the other side has it.
    fileprivate var side: [String] {
        [
            fullName, fullKana, PostalCodeWords.word(plainPostalCode), wholeAddress,
            self[.email], plainPhone, "確認待ち",
        ]
    }
}

extension ApplicationRecord {
    fileprivate func side(on today: Day) -> [String] {
        [
            name, kana, PostalCodeWords.word(postalCode), address, email, texts[.phone],
            "\(receipt)（\(status(on: today).word)）",
        ]
    }
}

/// 確かめの画面 of one answer: both sides once more, and what the answer does.
struct DoubtAskingPage {
    let open: OpenDoubt
    let answer: DoubtAnswer
    let today: Day

    var heading: String { "\(answer.word)としますか" }

    func html(csrf: String) -> HTML {
        let answers = [("doubt", String(open.doubt.id)), ("answer", answer.rawValue)]
        let form = Part.form(
            .decideDoubt, csrf: csrf,
            AskingPage.hidden(answers) + Part.button("\(answer.word)とする"))
        return """
            \(Part.crumbs([(Route.doubts, "重複の確認")], heading))
            <section class="sec flow">
              <h1>\(heading)</h1>
              <p>\(effect)あとから取り消すことはできません。</p>
              \(form)
              <p><a href="\(href(Route.doubts.path))">何もしないで、もどる</a></p>
            </section>
            <section class="sec flow">
              <h2>\(open.doubt.organizationName)の名簿　\(open.doubt.row)行目</h2>
              \(DoubtSides(open: open, today: today).html)
            </section>
            """
    }

    private var effect: String {
        let (row, other) = (open.doubt.row, open.doubt.otherWord)
        return switch answer {
        case .same where open.doubt.otherRow == nil:
            "\(row)行目は\(other)と同じ人とします。この年度の応募があれば増やさず、なければこの行をその人の応募とします。"
        case .same: "\(row)行目は\(other)と同じ人とし、応募にしません。"
        case .different: "\(row)行目は\(other)とは別の人とし、応募として受け付けます。"
        }
    }
}
