/// The check character of ISO 7064 MOD 37,36: finds every single wrong character and nearly every
/// swap of two neighbours.
public enum CheckCharacter {
    static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    /// The check character for the letters and digits in `text`; others (hyphens) do not count.
    public static func of(_ text: String) -> Character {
        var product = 36
        for value in values(text) {
            var sum = (product + value) % 36
            if sum == 0 { sum = 36 }
            product = sum * 2 % 37
        }
        return Character(Unicode.Scalar(alphabet[(37 - product) % 36]))
    }

    /// Whether the last letter or digit is the check character of those before it, and nothing but
    /// letters, digits and hyphens is there.
    public static func holds(_ text: String) -> Bool {
        let plain = text.filter { $0 != "-" }
        guard let last = plain.last, plain.utf8.allSatisfy(alphabet.contains) else { return false }
        return of(String(plain.dropLast())) == last
    }

    private static func values(_ text: String) -> [Int] {
        text.utf8.compactMap { byte in alphabet.firstIndex(of: byte) }
    }
}

/// 受付番号: `26-XXXX-XXXX-C`, two digits of the fiscal year, eight random characters, a check
/// character.
public struct ReceiptNumber: Hashable, Sendable, CustomStringConvertible {
    /// Without what is mistaken for something else (0 O 1 I L).
    static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    public static let randomByteCount = 8

    public let description: String

    /// Made of eight bytes of chance. Each byte is taken modulo 30: the small unevenness does not
    /// matter, because a number that is taken already is refused by the table and drawn again.
    public init(_ year: FiscalYear, random: [UInt8]) {
        let letters = random.prefix(8).map { Self.alphabet[Int($0) % Self.alphabet.count] }
        let text = String(decoding: letters, as: UTF8.self)
        let head = "\(Digits.padded(year.startYear % 100, 2))-\(text.prefix(4))-\(text.suffix(4))"
        description = "\(head)-\(CheckCharacter.of(head))"
    }

    /// Reads what a person types: any case, full width, with or without hyphens.
    public init?(_ typed: String) {
        let plain = NumberText.plain(typed)
        guard plain.count == 11, CheckCharacter.holds(plain),
            Digits.areAll(String(plain.prefix(2))),
            plain.utf8.dropFirst(2).dropLast().allSatisfy(Self.alphabet.contains)
        else { return nil }
        let letters = Array(plain)
        description = [letters[..<2], letters[2..<6], letters[6..<10], letters[10...]]
            .map { String($0) }.joined(separator: "-")
    }
}

/// 任命番号: `R08-P-0000123-C`, era year, kind, a gapless number of that year and kind, check
/// character.
public struct AppointmentNumber: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ year: FiscalYear, _ kind: Kind, sequence: Int) {
        let head =
            "R\(Digits.padded(year.reiwa, 2))-\(kind.letter)-\(Digits.padded(sequence, 7))"
        description = "\(head)-\(CheckCharacter.of(head))"
    }

    public init?(_ typed: String) {
        let plain = NumberText.plain(typed)
        guard plain.count == 12, plain.hasPrefix("R"), CheckCharacter.holds(plain) else {
            return nil
        }
        let letters = Array(plain)
        let isWellFormed =
            Digits.areAll(String(letters[1..<3])) && (letters[3] == "P" || letters[3] == "C")
            && Digits.areAll(String(letters[4..<11]))
        guard isWellFormed else { return nil }
        description = [letters[..<3], letters[3..<4], letters[4..<11], letters[11...]]
            .map { String($0) }.joined(separator: "-")
    }
}

/// 委員番号: `M-00000123-C`, one counter for ever, check character; it never changes.
public struct MemberNumber: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(sequence: Int) {
        let head = "M-\(Digits.padded(sequence, 8))"
        description = "\(head)-\(CheckCharacter.of(head))"
    }

    public init?(_ typed: String) {
        let plain = NumberText.plain(typed)
        guard plain.count == 10, plain.hasPrefix("M"), CheckCharacter.holds(plain),
            Digits.areAll(String(plain.dropFirst().dropLast()))
        else { return nil }
        let letters = Array(plain)
        description = [letters[..<1], letters[1..<9], letters[9...]]
            .map { String($0) }.joined(separator: "-")
    }
}
