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

/// What is read for something else: 0 and O, 1 and I. A place that holds digits says which of the
/// two was meant; a check character says it by holding.
enum LookAlike {
    /// The text with the digits that O and I stand for at the given places.
    static func digits(_ plain: String, at places: Range<Int>) -> String {
        String(plain.enumerated().map { places.contains($0) ? digit($1) : $1 })
    }

    /// The text with the check character that holds, be it the one typed or the one that looks like
    /// it; nil when neither does.
    static func checked(_ plain: String) -> String? {
        guard let last = plain.last else { return nil }
        return [last, digit(last), letter(last)].lazy
            .map { String(plain.dropLast()) + String($0) }.first(where: CheckCharacter.holds)
    }

    private static func digit(_ typed: Character) -> Character {
        switch typed {
        case "O": "0"
        case "I": "1"
        default: typed
        }
    }

    private static func letter(_ typed: Character) -> Character {
        switch typed {
        case "0": "O"
        case "1": "I"
        default: typed
        }
    }
}

/// 受付番号: `26-XXXX-XXXX-C`, two digits of the fiscal year, eight random characters, a check
/// character.
public struct ReceiptNumber: Hashable, Sendable, CustomStringConvertible {
    /// Without what is mistaken for something else (0 O 1 I L).
    static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    public static let randomByteCount = 8

    public let description: String

    /// Draws eight bytes of chance until the check character, too, is one of the alphabet (five
    /// draws of six): nobody has to tell a 0 from an O. Numbers given before that rule stay valid.
    public init(_ year: FiscalYear, drawing bytes: () -> [UInt8]) {
        var number = ReceiptNumber(year, random: bytes())
        while !number.isPlain { number = ReceiptNumber(year, random: bytes()) }
        self = number
    }

    /// Each byte is taken modulo 30: the small unevenness does not matter, because a number that is
    /// taken already is refused by the table and drawn again.
    init(_ year: FiscalYear, random: [UInt8]) {
        let letters = random.prefix(8).map { Self.alphabet[Int($0) % Self.alphabet.count] }
        let text = String(decoding: letters, as: UTF8.self)
        let head = "\(Digits.padded(year.startYear % 100, 2))-\(text.prefix(4))-\(text.suffix(4))"
        description = "\(head)-\(CheckCharacter.of(head))"
    }

    private var isPlain: Bool { description.utf8.last.map(Self.alphabet.contains) ?? false }

    /// Reads what a person types: any case, full width, with or without hyphens, 0 for O.
    public init?(_ typed: String) {
        let read = LookAlike.digits(NumberText.plain(typed), at: 0..<2)
        guard let plain = LookAlike.checked(read), plain.count == 11,
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
        let typed = NumberText.plain(typed)
        let read = LookAlike.digits(LookAlike.digits(typed, at: 1..<3), at: 4..<11)
        guard let plain = LookAlike.checked(read), plain.count == 12, plain.hasPrefix("R") else {
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
        let read = LookAlike.digits(NumberText.plain(typed), at: 1..<9)
        guard let plain = LookAlike.checked(read), plain.count == 10, plain.hasPrefix("M"),
            Digits.areAll(String(plain.dropFirst().dropLast()))
        else { return nil }
        let letters = Array(plain)
        description = [letters[..<1], letters[1..<9], letters[9...]]
            .map { String($0) }.joined(separator: "-")
    }
}
