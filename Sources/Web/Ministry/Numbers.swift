internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 集計: the same counts as in the workbook, of any day as known on any day.
struct Numbers: Room {
    let site: Site

    func show(_ reader: FiguresReader, _ request: Request) async throws -> Response {
        var entered = BasisForm(
            asOf: try request.query.single("as_of") ?? "",
            knownOn: try request.query.single("known_on") ?? "")
        let asked = entered.values(
            from: try await office.reading.firstRecordedOn(), upTo: office.now)
        let numbers = try await office.numbers(asOf: asked.asOf, known: asked.known)
        let page = NumbersPage(numbers: numbers, entered: entered)
        return try respond(
            to: reader,
            StaffPage(
                title: "集計", place: .numbers, main: page.html, hasProblems: entered.hasProblems))
    }
}

/// Days of a basis as they were typed; empty means today and now.
struct BasisForm {
    let asOf: String
    let knownOn: String
    private(set) var asOfProblem: String?
    private(set) var knownOnProblem: String?

    init(asOf: String, knownOn: String) {
        self.asOf = asOf
        self.knownOn = knownOn
    }

    var hasProblems: Bool { asOfProblem != nil || knownOnProblem != nil }

    var problems: [(field: String, text: String)] {
        [("as_of", asOfProblem), ("known_on", knownOnProblem)].compactMap { field, text in
            text.map { (field, $0) }
        }
    }

    /// What is asked for; today and now in place of what cannot be read, or lies before the first
    /// record, with a problem that says so.
    mutating func values(from first: Day?, upTo now: Instant) -> (asOf: Day, known: KnownMoment) {
        let read = Self.day(asOf, now.day)
        asOfProblem = read.problem
        let known = known(upTo: now)
        guard let first else { return (read.day ?? now.day, known) }
        let isKnown = !known.isBefore(first)
        if !isKnown { knownOnProblem = TallyWords.recordsBegin(first) }
        guard let day = read.day, day < first else {
            return (read.day ?? now.day, isKnown ? known : .now)
        }
        asOfProblem = TallyWords.recordsBegin(first)
        return (now.day, isKnown ? known : .now)
    }

    private mutating func known(upTo now: Instant) -> KnownMoment {
        let text = knownOn.trimmingPrefix(while: \.isWhitespace)
        if case .at(let instant) = KnownMoment(code: String(text)) {
            if instant <= now { return .at(instant) }
            knownOnProblem = "いままでの時点を入力してください。"
            return .now
        }
        let second = Self.day(
            knownOn, now.day, unreadable: "「2026-11-24」のような日か、画面やファイルにある記録の時点をそのまま入力してください。")
        knownOnProblem = second.problem
        return second.day.map { .endOf($0) } ?? .now
    }

    var fields: HTML {
        HTML.joined([
            Field(
                name: "as_of", label: "集計基準日", isRequired: false,
                hint: "この日の終わりの人数を数えます。空欄は今日です。例：2026-11-24", value: asOf,
                problems: asOfProblem.map { [$0] } ?? [], isShort: true
            ).textInput,
            Field(
                name: "known_on", label: "記録の時点（いつまでに記録されたことで数えるか）", isRequired: false,
                hint: "前に報告した数字をもう一度出すときは、その画面やファイルにある「記録の時点」を入れます。日だけ入れると、その日の終わりまでです。空欄は今です。",
                value: knownOn, problems: knownOnProblem.map { [$0] } ?? []
            ).textInput,
        ])
    }

    private static func day(
        _ text: String, _ today: Day, unreadable: String = "日付は「2026-11-24」のように入力してください。"
    ) -> (day: Day?, problem: String?) {
        if text.allSatisfy(\.isWhitespace) { return (nil, nil) }
        switch TypedDay.read(text) {
        case .day(let day):
            if day > today { return (nil, "今日（\(today.word)）までの日を入力してください。") }
            return (day, nil)
        case .notInCalendar: return (nil, "暦にない日付です。日を直してください。")
        case .unreadable: return (nil, unreadable)
        }
    }
}
