/// White space and invisible characters of a typed or exported cell. Idempotent.
public enum TextTrim {
    /// What each cell of a file and each answer of a form goes through first: trim, drop what
    /// cannot be seen, compose kana with their sound marks. Kanji are never normalised.
    public static func cellCleaned(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
        return composingKana(trimmed(withoutInvisible(text)))
    }

    /// Without U+0020, U+3000, U+00A0 and TAB at both ends.
    public static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        if first == scalars.startIndex, scalars.index(after: last) == scalars.endIndex {
            return text
        }
        return String(scalars[first...last])
    }

    /// Without U+200B to U+200D, U+2060 and U+FEFF.
    public static func withoutInvisible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isInvisible) else { return text }
        return String(scalars: text.unicodeScalars.filter { !isInvisible($0) })
    }

    /// Kana followed by U+3099 or U+309A become one character; nothing else is composed.
    public static func composingKana(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "\u{3099}" || $0 == "\u{309A}" }) else {
            return text
        }
        var result = ScalarText(like: text)
        for scalar in text.unicodeScalars {
            if let last = result.last, let whole = SoundMark.compose(last, scalar) {
                result.replaceLast(with: whole)
            } else {
                result.append(scalar)
            }
        }
        return result.string
    }

    /// Each run of white space (line ends too) becomes one U+0020; ends are trimmed.
    public static func singleSpaced(_ text: String) -> String {
        if isSingleSpaced(text) { return text }
        var (result, isApart) = (ScalarText(like: text), false)
        for scalar in text.unicodeScalars {
            if isSpace(scalar) || isLineEnd(scalar) {
                isApart = result.last != nil
            } else {
                if isApart { result.append(" ") }
                isApart = false
                result.append(scalar)
            }
        }
        return result.string
    }

    private static func isSingleSpaced(_ text: String) -> Bool {
        var isAfterSpace = true
        for scalar in text.unicodeScalars {
            let isSpace = isSpace(scalar) || isLineEnd(scalar)
            if isSpace, isAfterSpace || scalar != " " { return false }
            isAfterSpace = isSpace
        }
        return text.isEmpty || !isAfterSpace
    }

    /// Whether nothing can be seen in the cell; most cells show it by their first character.
    public static func isBlank(_ text: String) -> Bool {
        !text.unicodeScalars.contains { !isSpace($0) && !isInvisible($0) }
    }

    public static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\u{3000}" || scalar == "\u{A0}" || scalar == "\t"
    }

    static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        (0x200B...0x200D).contains(scalar.value) || scalar.value == 0x2060 || scalar.value == 0xFEFF
    }
}

/// 濁点 and 半濁点.
enum SoundMark {
    /// The composed kana, or nil when there is none.
    static func compose(_ kana: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
        switch mark.value {
        case 0x3099, 0xFF9E: voiced(kana)
        case 0x309A, 0xFF9F: half(kana)
        default: nil
        }
    }

    private static func voiced(_ kana: Unicode.Scalar) -> Unicode.Scalar? {
        switch kana {
        case "う": return "ゔ"
        case "ウ": return "ヴ"
        case "ワ": return "ヷ"
        case "ヲ": return "ヺ"
        default: break
        }
        let plain = hiragana(kana)
        let takesMark: Bool
        switch plain {
        case 0x304B...0x3062: takesMark = plain % 2 == 1  // か to ぢ, each before its voiced one
        case 0x3064...0x3069: takesMark = plain % 2 == 0  // つ to ど
        case 0x306F...0x307D: takesMark = plain % 3 == 0  // は ひ ふ へ ほ
        default: takesMark = false
        }
        return takesMark ? Unicode.Scalar(kana.value + 1) : nil
    }

    private static func half(_ kana: Unicode.Scalar) -> Unicode.Scalar? {
        let plain = hiragana(kana)
        guard (0x306F...0x307D).contains(plain), plain % 3 == 0 else { return nil }
        return Unicode.Scalar(kana.value + 2)
    }

    /// The code of the same kana in hiragana.
    private static func hiragana(_ kana: Unicode.Scalar) -> UInt32 {
        (0x30A1...0x30FA).contains(kana.value) ? kana.value - 0x60 : kana.value
    }
}
