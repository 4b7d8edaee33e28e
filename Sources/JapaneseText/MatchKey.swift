/// Folded forms for finding the same person or place; never shown, never printed.
public enum MatchKey {
    /// Variants as one, width as one, no case, no spaces, no ・.
    public static func name(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in Width.narrowed(text).unicodeScalars {
            if TextTrim.isSpace(scalar) || scalar == "・" || Variants.isVariationSelector(scalar) {
                continue
            }
            folded.append(Width.isHyphen(scalar) ? "-" : lowered(Variants.folded(scalar)))
        }
        return String(folded)
    }

    /// A reading with small kana as large ones (キヨウコ = キョウコ) and sound marks kept.
    public static func reading(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in Kana.reading(text).unicodeScalars where scalar != " " && scalar != "・" {
            folded.append(large(scalar))
        }
        return String(folded)
    }

    public static func mail(_ text: String) -> String {
        String(scalars: Width.narrowed(text).unicodeScalars.map(lowered))
    }

    /// ケ and ヶ, 龍 and 竜 and the like are one; spaces do not count.
    public static func placeName(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in Width.narrowed(text).unicodeScalars where !TextTrim.isSpace(scalar) {
            folded.append(scalar == "ヶ" || scalar == "が" ? "ケ" : Variants.folded(scalar))
        }
        return String(folded)
    }

    /// A heading without width, spaces, brackets, line breaks and case.
    public static func heading(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in Width.narrowed(text).unicodeScalars {
            if TextTrim.isSpace(scalar) || TextTrim.isLineEnd(scalar) { continue }
            if "()[]{}「」【】〔〕<>*※".unicodeScalars.contains(scalar) { continue }
            folded.append(lowered(scalar))
        }
        return String(folded)
    }

    private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
    }

    private static func large(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "ァ", "ィ", "ゥ", "ェ", "ォ", "ッ", "ャ", "ュ", "ョ", "ヮ":
            Unicode.Scalar(scalar.value + 1) ?? scalar
        case "ヵ": "カ"
        case "ヶ": "ケ"
        default: scalar
        }
    }
}
