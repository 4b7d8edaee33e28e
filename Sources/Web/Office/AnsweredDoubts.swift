internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// 答えた組: what was said of whom, by whom and when.
struct AnsweredDoubtsPage {
    static let heading = "答えた組"
    static let limit = 50
    let doubts: [DoubtRecord]

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.doubts, DoubtsPage.heading)], Self.heading))
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          <p>まちがえた答えは、任命や取下げの前なら、元にもどせます。その行は、もう一度、確認待ちになります。</p>
          \(list(csrf))\(more)
        </section>
        """
    }

    private func list(_ csrf: String) -> HTML {
        guard !doubts.isEmpty else { return "<p>答えた組は、まだありません。</p>" }
        let rows = doubts.map { doubt -> [HTML] in
            [
                "\(doubt.organizationName)、\(doubt.row)行目と\(doubt.otherWord)",
                "\(doubt.answer?.word ?? "")",
                "\(doubt.reason.isEmpty ? "同じ名簿の中" : IdentityWords.reason(doubt.reason))",
                "\(doubt.decider.word)", "\(doubt.decidedAt?.word ?? "")",
                TakingBackPart(doubt: doubt).html(csrf: csrf),
            ]
        }
        return Table("答えた組", ["名簿の行", "答え", "理由", "だれが", "いつ", "取消"], rows).html
    }

    private var more: HTML {
        guard doubts.count == Self.limit, let last = doubts.last?.decidedAt else { return .none }
        let path = Route.answeredDoubts.with("before", "\(last.microseconds)")
        return "<p><a href=\"\(href(path))\">その前に答えた組</a></p>"
    }
}
