/// Months as people say them, from `2026-04`.
public enum MonthWords {
    /// 2026年4月.
    public static func full(_ month: String) -> String {
        let parts = parts(month)
        return "\(parts.year)年\(parts.month)月"
    }

    /// 26年4月, for an axis.
    public static func short(_ month: String) -> String {
        let parts = parts(month)
        return "\(parts.year.suffix(2))年\(parts.month)月"
    }

    private static func parts(_ month: String) -> (year: Substring, month: Int) {
        (month.prefix(4), Int(month.suffix(2)) ?? 0)
    }
}
