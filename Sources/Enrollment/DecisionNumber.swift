/// 決裁番号. What the ministry calls a decision: a line of at most 50 scalars, all of which can be
/// seen.
public enum DecisionNumber: Equatable, Sendable {
    case number(String)
    case empty, tooLong
    /// A control or format character, such as one that turns the direction of what follows.
    case unseen

    public static let limit = 50

    /// Reads what was typed; blanks between words become one.
    public static func read(_ typed: String) -> DecisionNumber {
        let number = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if number.isEmpty { return .empty }
        if number.unicodeScalars.contains(where: isUnseen) { return .unseen }
        return number.unicodeScalars.count > limit ? .tooLong : .number(number)
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format].contains(scalar.properties.generalCategory)
    }
}
