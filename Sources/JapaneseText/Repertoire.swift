/// Which set a character belongs to.
public enum Repertoire {
    private static let cp932: ScalarTable<UInt16> = {
        var table = ScalarTable<UInt16>()
        let leads = Array(0x81...0x9F) + Array(0xE0...0xFC)
        let trails = Array(0x40...0x7E) + Array(0x80...0xFC)
        for (index, scalar) in Table.scalars(cp932Cells).enumerated() where scalar != " " {
            let lead = leads[index / trails.count]
            // Rows ED and EE repeat FA to FC; Windows writes the latter.
            if lead == 0xED || lead == 0xEE || table.contains(scalar) { continue }
            table[scalar] = UInt16(lead << 8 | trails[index % trails.count])
        }
        return table
    }()

    private static let jisx0213: ScalarTable<Bool> = {
        var table = ScalarTable<Bool>()
        for scalar in Table.scalars(jisx0213Characters) { table[scalar] = true }
        return table
    }()

    /// The bytes that Japanese Windows writes for a character; nil when it has none.
    public static func cp932(_ scalar: Unicode.Scalar) -> [UInt8]? {
        if scalar.value < 0x80 { return [UInt8(scalar.value)] }
        if Kana.isHalfWidth(scalar) { return [UInt8(scalar.value - 0xFF61 + 0xA1)] }
        return cp932[scalar].map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    /// A whole text in CP932, nil when a character has no place there.
    public static func cp932(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let code = cp932(scalar) else { return nil }
            bytes.append(contentsOf: code)
        }
        return bytes
    }

    public static func isJISX0213(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7E).contains(scalar.value) || jisx0213.contains(scalar)
    }

    /// 外字.
    public static func isPrivateUse(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .privateUse
    }

    /// C0, DEL, C1, the controls of text direction, and line separators.
    public static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    public static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x203B && scalar.properties.isEmoji
    }

    /// An emoji that is a picture wherever it stands; ☎ and ※ are signs of a text unless they are
    /// asked to be pictures (U+FE0F).
    public static func isPictorial(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x231A { return false }
        return scalar.value == 0xFE0F || scalar.properties.isEmojiPresentation
    }

    /// Kanji, with the iteration marks and variation selectors that names use.
    public static func isKanji(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3005...0x3007, 0x303B, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// A letter of any script, with what is written over it; no digit, no mark.
    public static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if isKanjiOrKana(scalar) { return true }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .letterNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }

    /// A digit or number of any script (1, １, ①).
    public static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .otherNumber, .letterNumber: true
        default: false
        }
    }

    static func isKanjiOrKana(_ scalar: Unicode.Scalar) -> Bool {
        isKanji(scalar) || Kana.isKatakana(scalar) || Kana.isHiragana(scalar)
    }
}

/// Text that went through the wrong encoding.
public enum Mojibake {
    /// Whether a name holds a replacement mark, or is what UTF-8 looks like when read as CP932
    /// (螻ｱ逕ｰ for 山田).
    public static func looksBroken(_ text: String) -> Bool {
        if text.unicodeScalars.contains(where: isReplacement) { return true }
        guard let bytes = Repertoire.cp932(text), bytes.contains(where: { $0 >= 0x80 }),
            let original = String(validating: bytes, as: UTF8.self)
        else { return false }
        return original.unicodeScalars.allSatisfy(Repertoire.isKanjiOrKana)
    }

    private static func isReplacement(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "?" || scalar == "？" || scalar == "〓" || scalar == "\u{FFFD}"
    }
}
