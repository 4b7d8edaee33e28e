internal import Enrollment
internal import HTML
internal import HTTP
internal import Store
internal import Words

/// The 決裁 as it was typed.
struct DecisionForm {
    var day: String
    var number = ""
    private(set) var dayProblem: String?
    private(set) var numberProblem: String?

    init(day: String) { self.day = day }

    init(_ decision: Decision) {
        day = decision.decidedOn.description
        number = decision.number
    }

    init(_ form: Form) throws {
        day = try form.single("decided_on") ?? ""
        number = try form.single("decision_number") ?? ""
    }

    var hasProblems: Bool { dayProblem != nil || numberProblem != nil }

    var problems: [(field: String, text: String)] {
        [("decided_on", dayProblem), ("decision_number", numberProblem)].compactMap { field, text in
            text.map { (field, $0) }
        }
    }

    /// The decision, or nil with problems that say what to put right. It falls between the two days
    /// of `span` and is not to come.
    mutating func decision(on today: Day, in span: ClosedRange<Day>) -> Decision? {
        readNumber()
        let reading = TypedDay.read(day)
        guard case .day(let day) = reading else {
            dayProblem =
                reading == .notInCalendar
                ? "決裁日が暦にない日付です。日を直してください。" : "決裁日は「2026-11-24」のように入力してください。"
            return nil
        }
        if day > today { dayProblem = "決裁日は今日（\(today.word)）までの日を入力してください。" }
        if !span.contains(day) {
            dayProblem =
                "決裁日は\(span.lowerBound.word)から\(span.upperBound.word)までの日を入力してください。"
        }
        return hasProblems ? nil : Decision(decidedOn: day, number: number)
    }

    private mutating func readNumber() {
        switch DecisionNumber.read(number) {
        case .number(let read): number = read
        case .empty: numberProblem = "決裁番号を入力してください。"
        case .tooLong: numberProblem = "決裁番号は\(DecisionNumber.limit)文字以内で入力してください。"
        case .unseen: numberProblem = "決裁番号に、見えない文字が入っています。消してから入力し直してください。"
        }
    }

    var fields: HTML {
        HTML.joined([
            Field(
                name: "decided_on", label: "決裁日", hint: "例：2026-11-24", value: day,
                problems: dayProblem.map { [$0] } ?? [], isShort: true
            ).textInput,
            Field(
                name: "decision_number", label: "決裁番号", hint: "例：デ総第123号", value: number,
                problems: numberProblem.map { [$0] } ?? []
            ).textInput,
        ])
    }
}
