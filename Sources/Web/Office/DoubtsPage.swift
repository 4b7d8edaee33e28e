internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// The questions that wait for the office.
struct DoubtsPage {
    static let heading = "重複の確認"
    /// The answer that decides nothing.
    static let later = "later"
    /// What the address calls questions about two rows of a file.
    static let ofFile = "file"

    /// What the last act did.
    enum Told {
        case nothing
        case decided(DoubtRecord)
        case putOff, takenBack
        /// Nothing was written, and why; the question as it is now.
        case refused(Conflict, DoubtRecord)

        var status: Status? {
            if case .refused = self { .conflict } else { nil }
        }
    }

    let doubts: [OpenDoubt]
    let counts: [DoubtCount]
    let filter: DoubtFilter
    let today: Day
    let told: Told

    func html(csrf: String) -> HTML {
        """
        \(DoubtsTold(told: told).html(csrf: csrf))
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          <p>団体の名簿の行で、同じ名簿の前の行か、その団体が前に送った人と同じ人かもしれないものです。
            どちらかを選ぶまで、その行は応募にならず、任命もされません。</p>
          <p>待っている組：\(open.grouped)組、あとでにした組：\(putOff.grouped)組</p>
          \(filters)
          <p><a href="\(href(Route.answeredDoubts.path))">答えた組を見る、元にもどす</a></p>
        </section>
        \(each(doubts) { DoubtPair(open: $0, counts: counts, today: today).html(csrf: csrf) })
        \(when(doubts.isEmpty, "<p class=\"sec\">ここには、待っている組はありません。</p>"))\(more)
        """
    }

    private var open: Int { counts.reduce(0) { $0 + $1.open } }
    private var putOff: Int { counts.reduce(0) { $0 + $1.putOff } }

    /// Only those behind which there is something.
    private var filters: HTML {
        let names = Dictionary(grouping: counts, by: \.likeness).mapValues {
            $0.reduce(0) { $0 + $1.open }
        }
        let kinds = [("", Self.ofFile)] + NameLikeness.allCases.map { ($0.rawValue, $0.rawValue) }
        let links = kinds.compactMap { likeness, value -> HTML? in
            guard let count = names[likeness], count > 0 else { return nil }
            return link(
                IdentityWords.kind(likeness), count, Route.doubts.with("names", value),
                isHere: filter.likeness == likeness && !filter.isPutOff)
        }
        let all = link(
            "すべて", open, Route.doubts.path, isHere: filter.likeness == nil && !filter.isPutOff)
        let later = link(
            "あとでにした組", putOff, Route.doubts.with("put_off", "yes"), isHere: filter.isPutOff)
        return """
            <nav class="sift" aria-label="理由でしぼる">
              <ul>\(all)\(each(links) { $0 })\(when(putOff > 0, later))</ul>
            </nav>
            """
    }

    private func link(_ word: String, _ count: Int, _ path: String, isHere: Bool) -> HTML {
        """
        <li>
          <a href="\(href(path))"\(when(isHere, " aria-current=\"true\""))>\(word)
            <b>\(count.grouped)<span class="vh">組</span></b></a>
        </li>
        """
    }

    private var more: HTML {
        guard doubts.count == filter.limit, let last = doubts.last?.doubt.id else { return .none }
        var path = Route.doubts.with("after", "\(last)")
        if let likeness = filter.likeness {
            path += "&names=\(likeness.isEmpty ? Self.ofFile : likeness)"
        }
        if filter.isPutOff { path += "&put_off=yes" }
        return "<p class=\"sec\"><a class=\"btn\" href=\"\(href(path))\">次の組を見る</a></p>"
    }
}

/// What is said above the questions of what was done last.
struct DoubtsTold {
    let told: DoubtsPage.Told

    func html(csrf: String) -> HTML {
        switch told {
        case .nothing: .none
        case .putOff: Part.done("あとでにしました。")
        case .takenBack: Part.done("答えを取り消しました。もう一度、確認待ちです。")
        case .decided(let doubt): decided(doubt, csrf)
        case .refused(let conflict, let doubt):
            """
            <div class="note warn" role="alert">
              <p class="told">
                \(Icon.of("warn"))<strong>\(Self.sentence(conflict, doubt))</strong>
              </p>
            </div>
            """
        }
    }

    private func decided(_ doubt: DoubtRecord, _ csrf: String) -> HTML {
        let isSame = doubt.answer == .same
        let text = isSame ? "同じ人としました。" : "別人としました。応募として受け付けました。"
        return """
            \(Part.done(text))
            \(TakingBackPart(doubt: doubt).html(csrf: csrf))
            """
    }

    private static func sentence(_ conflict: Conflict, _ doubt: DoubtRecord) -> String {
        let row = "\(doubt.organizationName)の名簿の\(doubt.row)行目"
        let nothing = "いまの操作では、何も記録していません。"
        if let answer = doubt.answer, conflict == .decidedAlready {
            let when = doubt.decidedAt.map { "\($0.word)に" } ?? ""
            return "\(row)は、\(when)\(doubt.decider.word)が「\(answer.word)」としていました。\(nothing)"
        }
        return switch conflict {
        case .doubtHasChanged: "\(row)は、画面を開いたあとに内容が変わりました。\(nothing)いまの内容で選んでください。"
        case .otherRowComesFirst: "\(row)は、\(doubt.otherWord)を先に決めてください。\(nothing)"
        case .fileYearIsOver: "\(row)は、名簿の年度が終わったため、決められません。\(nothing)"
        case .answerCannotBeTakenBack:
            "\(row)の答えは、もう元にもどせません。任命や取下げ、新しい名簿が、あとに続いています。\(nothing)"
        case .rowCannotBeSubmitted:
            "\(row)は、応募として受け付けられません。同じ氏名、カナ、メールアドレスの応募が、もうあります。\(nothing)"
        default: "\(row)は、ほかの操作で状態が変わっていました。\(nothing)いまの状態を確かめてください。"
        }
    }
}

/// 元にもどす.
struct TakingBackPart {
    let doubt: DoubtRecord

    func html(csrf: String) -> HTML {
        guard let decidedAt = doubt.decidedAt else { return .none }
        return Part.form(
            .takeBackDoubt, csrf: csrf,
            """
            <input type="hidden" name="doubt" value="\(doubt.id)">
            <input type="hidden" name="seen" value="\(Int(decidedAt.microseconds))">
            <button class="btn" type="submit">元にもどす<span class="vh">（\(doubt.organizationName)、\(
                doubt.row)行目）</span></button>
            """)
    }
}
