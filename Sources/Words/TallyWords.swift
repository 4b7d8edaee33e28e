public import Enrollment

/// Words of counts.
public enum TallyWords {
    /// Of a day or moment before anything was recorded: nobody knows how many people there were.
    public static func recordsBegin(_ first: Day) -> String { "記録は\(first.word)からです。" }

    /// Those who belong to no body.
    public static let individuals = "個人（団体に所属しない）"
}
