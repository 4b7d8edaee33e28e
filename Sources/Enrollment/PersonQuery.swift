internal import JapaneseText

/// 人を探す. What the office types to find somebody, read as what it can be: a receipt number, 任命番号 or
/// 委員番号, a mail address, or the beginning of a name or kana, folded as names are compared.
public enum PersonQuery: Equatable, Sendable {
    case receipt(ReceiptNumber)
    case appointment(AppointmentNumber)
    case member(MemberNumber)
    /// The whole address, in lower case.
    case mail(String)
    /// The beginning of 氏 and 名, variants as one (渡辺, 渡邉, 渡邊).
    case name(String)
    /// Kana only, so that it may be a kana or a name that is written so.
    case kana(kana: String, name: String)

    /// Nil for nothing but spaces.
    public init?(_ typed: String) {
        let name = MatchKey.name(typed)
        guard !name.isEmpty else { return nil }
        if let number = Self.number(typed) {
            self = number
            return
        }
        if case .address(let address) = EmailAddress.read(typed) {
            self = .mail(MatchKey.mail(address.text))
            return
        }
        let kana = MatchKey.kana(typed)
        self = Kana.isKana(kana) ? .kana(kana: kana, name: name) : .name(name)
    }

    /// The check characters tell the numbers from each other and from names.
    private static func number(_ typed: String) -> PersonQuery? {
        ReceiptNumber(typed).map { .receipt($0) }
            ?? AppointmentNumber(typed).map { .appointment($0) }
            ?? MemberNumber(typed).map { .member($0) }
    }
}
