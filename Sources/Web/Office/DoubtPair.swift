internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// One question: both sides beside each other, what differs marked, and the three answers.
struct DoubtPair {
    let open: OpenDoubt
    let counts: [DoubtCount]
    let today: Day

    private var doubt: DoubtRecord { open.doubt }

    func html(csrf: String) -> HTML {
        let id = "pair-\(doubt.id)"
        return """
            <article class="sec flow pair" aria-labelledby="\(id)" data-pair>
              <header>
                <h2 id="\(id)" tabindex="-1">\(heading)</h2>
                <p class="muted">\(doubt.organizationName)の名簿「\(doubt.fileName)」の\(
                    doubt.row)行目。\(waiting)\(history)</p>
              </header>
              \(sides)\(DoubtFacts(open: open, today: today).html)\(answers(csrf))
            </article>
            """
    }

    private var heading: String {
        doubt.reason.isEmpty
            ? "同じ名簿の中で、氏名が同じか、よくにています" : IdentityWords.reason(doubt.reason)
    }

    private var waiting: String {
        let days = today.days(since: doubt.askedOn)
        return days < 1 ? "きょうから待っています。" : "\(days)日待っています。"
    }

    /// How often it was the same person when the reason was the same.
    private var history: HTML {
        guard let count = counts.first(where: { $0.reason == doubt.reason }),
            count.same + count.different > 0
        else { return .none }
        let all = (count.same + count.different).grouped
        return "同じ理由のこれまでの\(all)組のうち、同じ人は\(count.same.grouped)組でした。"
    }

    private var sides: HTML {
        let filed = open.filed.map { "もう応募になっています：\($0.status(on: today).word)" }
        let other = open.other.map { "\($0.receivedOn.word)に受付（\($0.route.word)）" } ?? "ここも確認待ちです"
        return """
            <div class="sides">
              <p><b>\(doubt.row)行目</b><small>\(doubt.sentAt.day.word)に団体から\(
                  filed.map { "、\($0)" } ?? "")</small>\(link(open.filed))</p>
              <p><b>\(doubt.otherWord)</b><small>\(other)</small>\(link(open.other))</p>
            </div>
            """
    }

    private func link(_ record: ApplicationRecord?) -> HTML {
        guard let record else { return .none }
        return """
            <a href="\(href(Route.review.with("receipt", record.receipt)))">\(record.receipt)</a>\(
                " ")<span class="chip">\(record.status(on: today).word)</span>
            """
    }

    private func answers(_ csrf: String) -> HTML {
        let isFirst = open.other == nil
        return when(
            isFirst, "<p>\(doubt.otherWord)も確認待ちです。「同じ人」は、そちらを決めてから選べます。</p>")
            + Part.form(
                .decideDoubt, csrf: csrf,
                """
                <input type="hidden" name="doubt" value="\(doubt.id)">
                <input type="hidden" name="seen" value="\(open.mark)">
                <p><b>同じ人</b>なら、\(effect)<b>別人</b>なら、応募として受け付け、二度と聞きません。どれも、あとで元にもどせます。</p>
                <div class="btns">
                  \(when(!isFirst, button("same", "同じ人", "s")))\(button("different", "別人", "d"))\(
                      when(doubt.putOffAt == nil, button(DoubtsPage.later, "あとで", "l")))
                </div>
                """)
    }

    private func button(_ value: String, _ word: String, _ key: String) -> HTML {
        """
        <button class="btn" type="submit" name="answer" value="\(value)" data-key="\(key)">\(
            word)<span class="vh">（\(doubt.organizationName)、\(doubt.row)行目）</span></button>
        """
    }

    private var effect: String {
        if open.filed != nil { return "この応募は、その人の応募にまとめます。" }
        return doubt.otherRow == nil
            ? "この年度の応募があれば増やさず、なければこの行をその人の応募とします。" : "応募にしません。"
    }
}

/// What both sides say: a line for what differs, and one for all that is the same.
struct DoubtFacts {
    let open: OpenDoubt
    let today: Day

    private struct Fact {
        let label: String
        let row: String
        let other: String
    }

    var html: HTML {
        let doubt = open.doubt
        let facts = self.facts
        let differing = facts.filter { $0.row != $0.other }.map { fact -> [HTML] in
            let marked = Marked(fact.row, fact.other)
            return [
                "\(fact.label)", fact.row.isEmpty ? Self.none : marked.left,
                fact.other.isEmpty ? Self.none : marked.right,
            ]
        }
        let same = facts.filter { $0.row == $0.other && !$0.row.isEmpty }
            .map { "\($0.label) \($0.row)" }
        let table = Table(
            "\(doubt.row)行目と\(doubt.otherWord)の違い",
            ["項目", .init(name: "\(doubt.row)行目"), .init(name: doubt.otherWord)], differing)
        return """
            \(differing.isEmpty ? "<p>違うところはありません。</p>" : table.html)\(variants)
            \(when(!same.isEmpty, "<p><b>同じところ</b>　\(same.joined(separator: "、"))</p>"))
            """
    }

    private static let none: HTML = "<span class=\"muted\">なし</span>"

    /// Kanji of another form are the same to the rules.
    private var variants: HTML {
        let isSame = open.doubt.reason.hasPrefix("\(NameLikeness.same.rawValue):")
        let names = facts[0]
        return when(
            isSame && names.row != names.other,
            "<p class=\"muted\">字の形だけの違い（高と髙など）は、同じ字とみています。</p>")
    }

    private var facts: [Fact] {
        let row = open.doubt.draft.side + [open.doubt.organizationName]
        let other =
            open.other.map { $0.side + [$0.organizationName] }
            ?? (open.doubt.otherDraft.side + [open.doubt.organizationName])
        return zip(Self.labels, zip(row, other)).map {
            Fact(label: $0, row: $1.0, other: $1.1)
        }
    }

    private static let labels = ["氏名", "読み", "郵便番号", "住所", "メールアドレス", "電話番号", "社員番号", "団体"]
}

extension ApplicationDraft {
    /// What the row says, in the form in which the other side has it.
    fileprivate var side: [String] {
        [
            fullName, fullKana, PostalCodeWords.word(plainPostalCode), wholeAddress,
            self[.email], plainPhone, self[.employeeNumber],
        ]
    }
}

extension ApplicationRecord {
    fileprivate var side: [String] {
        [
            name, kana, PostalCodeWords.word(postalCode), address, email, texts[.phone],
            texts[.employeeNumber],
        ]
    }
}
