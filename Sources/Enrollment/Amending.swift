/// 補正の求め. What the office sends an application back for: its words by the questions that are to
/// be answered anew, and the last day.
public struct AmendmentNote: Equatable, Sendable {
    /// The texts are the office's words, not answers.
    public let questions: ApplicationDraft
    public let dueOn: Day

    public init(_ questions: ApplicationDraft, dueOn: Day) {
        self.questions = questions.only(
            questions.answers.filter { !$0.text.isEmpty }.map(\.field))
        self.dueOn = dueOn
    }

    /// In the order of the form.
    public var fields: [ApplicationField] {
        questions.answers.map(\.field).sorted { $0.position < $1.position }
    }

    /// How long the words beside a question may be, in scalars.
    public static let limit = 200

    /// The days that may be the last one: there is a day left to answer, and the year is not over.
    public static func days(from today: Day, in year: FiscalYear) -> ClosedRange<Day>? {
        let first = today.adding(days: 1)
        return first <= year.lastDay ? first...year.lastDay : nil
    }
}

/// How much time an amendment has: dated data of a year.
public struct AmendmentRules: Equatable, Sendable {
    public let days: Int
    /// So many days before the last one it is said again.
    public let reminderDays: Int

    public init(days: Int, reminderDays: Int) {
        self.days = days
        self.reminderDays = reminderDays
    }

    /// The last day where the office says no other.
    public func dueDay(from today: Day, in year: FiscalYear) -> Day {
        min(today.adding(days: days), year.lastDay)
    }
}

extension ApplicationField {
    /// Whether the office may have it answered anew: what is asked on the form, and what its owner
    /// may correct. In the order of the form.
    public static func amendable(
        _ scope: CorrectionScope, _ rules: FiscalYearRules
    ) -> [ApplicationField] {
        (plain + rules.videos.map { .viewedOn(slot: $0.slot) })
            .filter { scope.includes($0) && !isNoQuestion($0) }
            .sorted { $0.position < $1.position }
    }

    private static func isNoQuestion(_ field: ApplicationField) -> Bool {
        switch field {
        case .consentShare, .consentPublic, .newsOptIn, .singleName, .noKana: true
        default: false
        }
    }
}
