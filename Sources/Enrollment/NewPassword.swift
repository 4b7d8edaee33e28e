/// What is wrong with a new password.
public enum PasswordProblem: Sendable, Equatable, CaseIterable {
    case missing, tooShort, tooLong
    /// What is left without words that everybody tries, and without its owner's name, is too
    /// little.
    case tooSimple
    /// It is the one that there was.
    case unchanged
    /// It was typed in two ways.
    case typedDifferently
}

/// パスワードの決まり: long enough to be all that is asked for (NIST SP 800-63B-4: 15 characters; ASVS
/// 6.2.1, 6.2.4, 6.2.9), not easily guessed, and otherwise whatever somebody likes.
public enum NewPassword {
    /// In characters, as people count them.
    public static let shortest = 15
    /// In octets of UTF-8; longer ones cost time and make nothing safer.
    public static let octetLimit = 1024
    /// So many different characters are left beside what everybody tries.
    static let ownCharacters = 6

    /// Nil for a password that is good. `owner` is what is known of the account: its address, its
    /// name.
    public static func problem(_ typed: String, of owner: [String]) -> PasswordProblem? {
        if typed.isEmpty { return .missing }
        if typed.count < shortest { return .tooShort }
        if typed.utf8.count > octetLimit { return .tooLong }
        return own(typed, owner).count < ownCharacters ? .tooSimple : nil
    }

    /// The different characters that stand outside of what is tried first.
    private static func own(_ typed: String, _ owner: [String]) -> Set<Character> {
        let known = (owner.flatMap(words) + commonPieces).sorted { $0.count > $1.count }
        var left = typed.lowercased()
        for word in known { left = without(word, left) }
        return Set(left.filter { $0 != mark })
    }

    /// An address or name, and its parts, which a stranger would try.
    private static func words(_ text: String) -> [String] {
        let whole = text.lowercased()
        return ([whole] + whole.split { !$0.isLetter && !$0.isNumber }.map(String.init)).filter {
            $0.count >= 2
        }
    }

    private static let mark: Character = " "

    /// A mark stands where a word was, so that no new one comes together.
    private static func without(_ word: String, _ text: String) -> String {
        let (word, text) = (Array(word), Array(text))
        var (left, index) = ([Character](), 0)
        while index < text.count {
            let end = index + word.count
            if end <= text.count, Array(text[index..<end]) == word {
                left.append(mark)
                index = end
            } else {
                left.append(text[index])
                index += 1
            }
        }
        return String(left)
    }

    /// What the published lists of leaked passwords are made of, and what people here would take.
    static let commonPieces = [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "passwort", "qwerty", "qwertyuiop",
        "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "1q2w3e", "1q2w3e4r", "1qaz2wsx", "qazwsx",
        "012345", "123456", "1234567890", "234567", "345678", "456789", "987654", "654321",
        "111111", "000000", "121212", "123123", "abcabc", "abc123", "abcdef", "iloveyou",
        "letmein", "welcome", "dragon", "monkey", "sunshine", "princess", "football", "baseball",
        "master", "shadow", "superman", "admin", "administrator", "root", "login", "user", "test",
        "guest", "secret", "changeme", "default", "hospital", "clinic", "byouin", "jimukyoku",
        "digital", "dejitaru", "suishin", "suisin", "promoter", "nippon", "japan", "tokyo",
        "sakura", "パスワード", "デジタル", "推進委員", "事務局", "2024", "2025", "2026", "2027", "reiwa",
        "heisei",
    ]
}
