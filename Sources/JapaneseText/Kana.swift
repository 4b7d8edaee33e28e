/// Readings: full-width katakana, typed by the person and never guessed.
public enum Kana {
    /// Half-width katakana to full-width, joined with their sound marks.
    public static func fullWidth(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHalfWidth) else { return text }
        var result: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if let last = result.last, let whole = SoundMark.compose(last, scalar) {
                result[result.count - 1] = whole
            } else {
                result.append(widened(scalar))
            }
        }
        return String(scalars: result)
    }

    /// Hiragana to katakana.
    public static func katakana(_ text: String) -> String {
        String(
            scalars: text.unicodeScalars.map { scalar in
                guard (0x3041...0x3096).contains(scalar.value) else { return scalar }
                return Unicode.Scalar(scalar.value + 0x60) ?? scalar
            })
    }

    /// Whatever way a kana was typed, in full-width katakana; a hyphen after a kana is ー.
    public static func asKept(_ text: String) -> String {
        var result: [Unicode.Scalar] = []
        for scalar in katakana(fullWidth(TextTrim.singleSpaced(text))).unicodeScalars {
            let followsKana = result.last.map(isKatakana) ?? false
            result.append(followsKana && Width.isHyphen(scalar) ? "ー" : scalar)
        }
        return String(scalars: result)
    }

    /// Whether a text is a kana as it is kept: ァ to ヺ, ー, ・ and single inner spaces.
    public static func isKana(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, first != " " else { return false }
        return scalars.allSatisfy { isKatakana($0) || $0 == "・" || $0 == " " }
    }

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
