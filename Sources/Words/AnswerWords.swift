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
