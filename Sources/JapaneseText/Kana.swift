/// Readings: full-width katakana, typed by the person and never guessed.
public enum Kana {
    /// Half-width katakana to full-width, joined with their sound marks.
    public static func fullWidth(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHalfWidth) else { return text }
        var result = ScalarText(like: text)
        for scalar in text.unicodeScalars {
            if let last = result.last, let whole = SoundMark.compose(last, scalar) {
                result.replaceLast(with: whole)
            } else {
                result.append(widened(scalar))
            }
        }
        return result.string
    }

    /// Hiragana to katakana.
    public static func katakana(_ text: String) -> String {
        text.mapped(where: isHiragana) { Unicode.Scalar($0.value + 0x60) ?? $0 }
    }

    /// Whatever way a kana was typed, in full-width katakana; a hyphen after a kana is ー.
    public static func asKept(_ text: String) -> String {
        let text = katakana(fullWidth(TextTrim.singleSpaced(text)))
        guard text.unicodeScalars.contains(where: Width.isHyphen) else { return text }
        var result = ScalarText(like: text)
        for scalar in text.unicodeScalars {
            let followsKana = result.last.map(isKatakana) ?? false
            result.append(followsKana && Width.isHyphen(scalar) ? "ー" : scalar)
        }
        return result.string
    }

    /// Whether a text is a kana as it is kept: ァ to ヺ, ー, ・ and single inner spaces.
    public static func isKana(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, first != " " else { return false }
        return scalars.allSatisfy { isKatakana($0) || $0 == "・" || $0 == " " }
    }

    /// Without sound marks and long marks, which are the first to be mistyped: ヤマザキ as ヤマサキ.
    public static func withoutMarks(_ kana: String) -> String {
        var result = ScalarText(like: kana)
        for scalar in kana.unicodeScalars where scalar != "ー" {
            result.append(unmarked[scalar] ?? scalar)
        }
        return result.string
    }

    /// Every katakana that bears a mark, with the one that does not.
    private static let unmarked: ScalarTable<Unicode.Scalar> = {
        var unmarked = ScalarTable<Unicode.Scalar>()
        for plain in (UInt32(0x30A1)...0x30FA).compactMap(Unicode.Scalar.init) {
            for mark in ["\u{3099}", "\u{309A}"] as [Unicode.Scalar] {
                if let whole = SoundMark.compose(plain, mark) { unmarked[whole] = plain }
            }
        }
        return unmarked
    }()

    static func isKatakana(_ scalar: Unicode.Scalar) -> Bool {
        (0x30A1...0x30FA).contains(scalar.value) || scalar == "ー"
    }

    static func isHiragana(_ scalar: Unicode.Scalar) -> Bool {
        (0x3041...0x3096).contains(scalar.value)
    }

    public static func isHalfWidth(_ scalar: Unicode.Scalar) -> Bool {
        (0xFF61...0xFF9F).contains(scalar.value)
    }

    private static let wide: [Unicode.Scalar] = Array(
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
            .unicodeScalars)

    private static func widened(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        isHalfWidth(scalar) ? wide[Int(scalar.value - 0xFF61)] : scalar
    }
}
