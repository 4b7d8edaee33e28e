/// 取消しの決まり. For how long something is taken back: dated data of the programme
/// (`Migrations/reference/YEAR/undo.csv`), with its source there.
public struct UndoRules: Sendable, Equatable {
    /// What is set. The raw value is `undo_rules.name`.
    public enum Name: String, CaseIterable, Sendable {
        case fileDays = "file_days"
        case fileLetterMinutes = "file_letter_minutes"
    }

    /// So many days after it was applied an organization's file is taken back.
    public let fileDays: Int
    /// So many minutes the letters of a file wait.
    public let fileLetterMinutes: Int

    /// Nil when a value is missing.
    public init?(_ values: [Name: Int]) {
        guard let days = values[.fileDays], let minutes = values[.fileLetterMinutes] else {
            return nil
        }
        fileDays = days
        fileLetterMinutes = minutes
    }

    /// The last day on which a file that was applied at a moment is taken back.
    public func lastDay(ofFileAppliedAt moment: Instant) -> Day {
        moment.day.adding(days: fileDays)
    }
}
