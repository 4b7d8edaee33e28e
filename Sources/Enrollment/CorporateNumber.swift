internal import JapaneseText

/// 法人番号: thirteen digits, of which the first checks the twelve behind it (法人番号の指定等に関する
/// 省令, 平成26年財務省令第70号, 第2条).
public struct CorporateNumber: Hashable, Sendable {
    public let text: String

    /// Nil for what is none. Width does not matter, nor hyphens and spaces between.
    public init?(_ typed: String) {
        let digits = Self.digits(typed)
        guard digits.utf8.count == 13, Self.check(of: digits.dropFirst()) == digits.first else {
            return nil
        }
        text = digits
    }

    /// What was typed, as digits as far as it is some.
    static func digits(_ typed: String) -> String {
        Width.narrowed(typed).filter { $0 != "-" && $0 != " " && $0 != "‐" && $0 != "－" }
    }

    /// Nine less the remainder by nine of the digits from the right, every second one twice.
    private static func check(of twelve: Substring) -> Character? {
        var (sum, weight) = (0, 1)
        for character in twelve.reversed() {
            guard character.isASCII, let digit = character.wholeNumberValue else { return nil }
            sum += digit * weight
            weight = 3 - weight
        }
        return Character(String(9 - sum % 9))
    }
}
