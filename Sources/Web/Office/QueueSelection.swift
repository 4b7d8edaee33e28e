internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// What the office has narrowed its queue to: as the address and the forms of the queue and of the
/// applications in it carry it along. What is no choice of ours is none.
struct QueueSelection: Equatable {
    /// Days that somebody may have waited at least.
    static let waits = [3, 7, 14, 30]

    var applicants: Applicants?
    var kind: Kind?
    var route: ApplicationRoute?
    var isDoubted: Bool?
    var isAmended: Bool?
    var days: Int?
    var order = QueueOrder.oldest

    init() {}

    init(_ form: Form) throws {
        applicants = try form.single("of").flatMap { Applicants(value: $0) }
        kind = try form.single("kind").flatMap { Kind(rawValue: $0) }
        route = try form.single("route").flatMap { ApplicationRoute(rawValue: $0) }
        isDoubted = try form.single("doubt").flatMap { ["yes": true, "no": false][$0] }
        isAmended = try form.single("amended") == "yes" ? true : nil
        days = try form.single("days").flatMap { Int($0) }.flatMap {
            Self.waits.contains($0) ? $0 : nil
        }
        order = try form.single("order").flatMap { QueueOrder(rawValue: $0) } ?? .oldest
    }

    /// The selection of a page that was reached from the queue; nil of any other.
    static func along(_ form: Form) throws -> QueueSelection? {
        try form.single("line") == "yes" ? try QueueSelection(form) : nil
    }

    func filter(in year: FiscalYear, on today: Day) -> QueueFilter {
        var filter = QueueFilter(year: year)
        filter.applicants = applicants
        filter.kind = kind
        filter.route = route
        filter.isDoubted = isDoubted
        filter.isAmended = isAmended
        filter.receivedUpTo = days.map { today.adding(days: -$0) }
        filter.order = order
        return filter
    }

    var doubtValue: String { isDoubted.map { $0 ? "yes" : "no" } ?? "" }

    /// Only what was chosen.
    var answers: [(String, String)] {
        [
            ("of", applicants?.value ?? ""), ("kind", kind?.rawValue ?? ""),
            ("route", route?.rawValue ?? ""), ("doubt", doubtValue),
            ("amended", isAmended == true ? "yes" : ""),
            ("days", days.map(String.init) ?? ""),
            ("order", order == .oldest ? "" : order.rawValue),
        ].filter { !$0.1.isEmpty }
    }

    /// As the pages of single applications carry it.
    var carried: [(String, String)] { [("line", "yes")] + answers }

    var isNarrow: Bool { answers.contains { $0.0 != "order" } }

    /// The queue as it is narrowed; `more` is said besides.
    func queue(_ more: (String, String)...) -> String { Self.path(.queue, answers + more) }

    /// The page of one application, from which one goes on to the next of the same queue.
    func review(_ receipt: String, _ more: (String, String)...) -> String {
        Self.path(.review, [("receipt", receipt)] + carried + more)
    }

    private static func path(_ route: Route, _ answers: [(String, String)]) -> String {
        guard !answers.isEmpty else { return route.path }
        return route.path + "?" + answers.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }
}

extension Optional where Wrapped == QueueSelection {
    /// The page of one application, with the queue where one came from it.
    func review(_ receipt: String) -> String {
        self?.review(receipt) ?? Route.review.with("receipt", receipt)
    }

    var answers: [(String, String)] { self?.carried ?? [] }
}

/// しぼりこみ: the form above the queue.
struct QueueChoice {
    let selection: QueueSelection
    let counts: QueueCounts
    let organizations: [WaitingOrganization]

    var html: HTML {
        """
        <form class="form narrow" action="\(href(Route.queue.path))" method="get">
          <h2>しぼりこむ</h2>
          \(each(fields) { $0 })
          <div class="btns"><button class="btn" type="submit">しぼりこむ</button>\(all)</div>
        </form>
        """
    }

    private var all: HTML {
        guard !selection.answers.isEmpty else { return .none }
        return "<a href=\"\(href(Route.queue.path))\">すべての条件を消す</a>"
    }

    private var fields: [HTML] {
        [
            field("of", "団体", selection.applicants?.value ?? "", applicants),
            field(
                "kind", "応募区分", selection.kind?.rawValue ?? "",
                Kind.allCases.map { ($0.rawValue, counted($0.word, counts.kinds[$0])) }),
            field(
                "route", "経路", selection.route?.rawValue ?? "",
                ApplicationRoute.allCases.filter { counts.routes[$0] ?? 0 > 0 }
                    .map { ($0.rawValue, counted($0.word, counts.routes[$0])) }),
            field(
                "doubt", "似た人", selection.doubtValue,
                [
                    ("yes", counted("いる", counts.doubted)),
                    ("no", counted("いない", counts.all - counts.doubted)),
                ]),
            field(
                "amended", "補正", selection.isAmended == true ? "yes" : "",
                [("yes", "補正が返ってきた")]),
            field(
                "days", "待った日数", selection.days.map(String.init) ?? "",
                QueueSelection.waits.map { (String($0), "\($0)日以上") }),
            field(
                "order", "ならべ方", selection.order == .oldest ? "" : selection.order.rawValue,
                [("organization", "団体ごと"), ("doubted", "似た人がいる順")], empty: "受け付けた順"),
        ]
    }

    private var applicants: [(String, String)] {
        organizations.map { ($0.applicants.value, counted($0.word, $0.count)) }
    }

    private func counted(_ word: String, _ count: Int?) -> String {
        "\(word)（\((count ?? 0).grouped)件）"
    }

    private func field(
        _ name: String, _ label: String, _ value: String, _ choices: [(String, String)],
        empty: String = "すべて"
    ) -> HTML {
        Field(name: name, label: label, isMarked: false, value: value)
            .select(choices, empty: empty)
    }
}

extension Applicants {
    private static let alone = "alone"

    /// As addresses and forms say it.
    var value: String {
        switch self {
        case .alone: Self.alone
        case .organization(let id): String(id)
        }
    }

    init?(value: String) {
        guard
            let found: Applicants = value == Self.alone
                ? .alone : Int(value).map({ .organization($0) })
        else { return nil }
        self = found
    }
}

extension WaitingOrganization {
    var word: String { name.isEmpty ? TallyWords.individuals : name }
}
