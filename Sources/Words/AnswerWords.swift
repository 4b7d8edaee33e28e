public import Enrollment

extension ApplicationDraft.Answer {
    /// The answer as a page shows it: an answer that is kept as a code by its word.
    public var word: String {
        switch field {
        case .badgeOptIn where text == "yes": "希望する"
        case .postalCode: PostalCodeWords.word(text)
        case .viewedOn: Day(text)?.word ?? text
        default: text
        }
    }
}

extension ApplicationDraft.Answer {
    /// The same of any answer of the form, also of one that is empty; `rules` name what the lists
    /// of the year offer.
    public func word(under rules: FiscalYearRules) -> String {
        switch field {
        case .kind: Kind(rawValue: text)?.word ?? text
        case .category: EligibilityCategory(rawValue: text)?.word ?? text
        case .programme: rules.programmes.first { $0.id == text }?.name ?? ""
        case .organization: rules.organization(code: text)?.name ?? ""
        case .badgeOptIn, .consentShare, .consentPublic, .newsOptIn, .singleName, .noKana:
            field.word(isYes: text == "yes")
        default: word
        }
    }
}

extension ApplicationField {
    /// A yes or a no to the question, as a page shows it.
    public func word(isYes: Bool) -> String {
        switch self {
        case .badgeOptIn: isYes ? "希望する" : "希望しない"
        case .consentShare: isYes ? "知らせてよい" : "知らせない"
        case .consentPublic: isYes ? "表示してよい" : "表示しない"
        case .newsOptIn: isYes ? "受け取る" : "受け取らない"
        default: isYes ? "はい" : "いいえ"
        }
    }
}

/// 郵便番号 as it is written: 060-0001.
public enum PostalCodeWords {
    /// Seven digits with their hyphen; anything else as it is.
    public static func word(_ code: String) -> String {
        guard code.utf8.count == 7, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return code
        }
        return "\(code.prefix(3))-\(code.suffix(4))"
    }
}
