internal import JapaneseText

/// 人を探す. What the office types to find somebody, read as what it can be: a receipt number, 任命番号 or
/// 委員番号, a mail address, a telephone number, a postal code, or the beginning of a name or kana,
/// folded as names are compared. What else a text may be is in `PersonHints`.
public enum PersonQuery: Equatable, Sendable {
    case receipt(ReceiptNumber)
    case appointment(AppointmentNumber)
    case member(MemberNumber)
    /// The whole address, in lower case.
    case mail(String)
    /// Digits: the whole number, or six of them at least from its beginning.
    case phone(String)
    /// Seven digits, or the three at its beginning with the hyphen behind them.
    case postalCode(String)
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
        if let digits = Self.postalCode(typed) {
            self = .postalCode(digits)
            return
        }
        if let digits = Self.phone(typed) {
            self = .phone(digits)
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

    private static func postalCode(_ typed: String) -> String? {
        let text = Width.hyphensUnified(Width.narrowed(TextTrim.cellCleaned(typed)))
            .filter { $0 != "〒" }
        let digits = text.filter { $0 != "-" }
        guard isDigits(digits) else { return nil }
        let isWhole =
            digits.count == 7 && (text == digits || text.hasPrefix(digits.prefix(3) + "-"))
        return isWhole || (digits.count == 3 && text == digits + "-") ? digits : nil
    }

    private static func phone(_ typed: String) -> String? {
        let digits = Telephone.digits(TextTrim.cellCleaned(typed))
        guard isDigits(digits), digits.hasPrefix("0"), (6...11).contains(digits.count) else {
            return nil
        }
        return digits
    }

    private static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
