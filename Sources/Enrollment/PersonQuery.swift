internal import JapaneseText

/// 人を探す. What the office types to find somebody, read as what it can be: a receipt number, a mail
/// address, or the beginning of a name or reading, folded as names are compared.
public enum PersonQuery: Equatable, Sendable {
    case receipt(ReceiptNumber)
    /// The whole address, in lower case.
    case mail(String)
    /// The beginning of 氏 and 名, variants as one (渡辺, 渡邉, 渡邊).
    case name(String)
    /// Kana only, so that it may be a reading or a name that is written so.
    case kana(reading: String, name: String)

    /// Nil for nothing but spaces.
    public init?(_ typed: String) {
        let name = MatchKey.name(typed)
        guard !name.isEmpty else { return nil }
        if let receipt = ReceiptNumber(typed) {
            self = .receipt(receipt)
            return
        }
        if case .address(let address) = EmailAddress.read(typed) {
            self = .mail(MatchKey.mail(address.text))
            return
        }
        let reading = MatchKey.reading(typed)
        self = Kana.isReading(reading) ? .kana(reading: reading, name: name) : .name(name)
    }
}
