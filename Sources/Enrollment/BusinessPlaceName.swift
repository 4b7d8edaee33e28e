internal import JapaneseText

/// What a 事業所 is called: only what a row of a file can say, so that whoever is offered the name
/// can use it.
public struct BusinessPlaceName: Equatable, Sendable {
    public let text: String

    /// In characters.
    public static let limit = 100

    /// Without blanks around it. Nil for nothing, for more than the limit, for lines, pictures and
    /// other characters that no answer may hold, and for what a spreadsheet takes for a formula.
    public init?(_ typed: String) {
        let text = TextTrim.trimmed(typed)
        guard (1...Self.limit).contains(text.unicodeScalars.count),
            !text.unicodeScalars.contains(where: {
                Forbidden.includes($0) || Repertoire.isPictorial($0)
            })
        else { return nil }
        if let start = FormulaStart.of(text), !FormulaStart.isName(start, of: .businessPlace) {
            return nil
        }
        self.text = text
    }
}
