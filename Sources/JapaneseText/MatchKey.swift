/// Folded forms for finding the same person or place; never shown, never printed.
public enum MatchKey {
    /// Variants as one, width as one, no case, no spaces, no ・.
    public static func name(_ text: String) -> String {
        var folded = ScalarText(like: text)
        for scalar in Width.narrowed(text).unicodeScalars {
            if TextTrim.isSpace(scalar) || scalar == "・" || Variants.isVariationSelector(scalar) {
                continue
            }
            folded.append(Width.isHyphen(scalar) ? "-" : lowered(Variants.folded(scalar)))
        }
        return folded.string
    }

    /// A kana with small kana as large ones (キヨウコ = キョウコ) and sound marks kept.
    public static func kana(_ text: String) -> String {
        var folded = ScalarText(like: text)
        for scalar in Kana.asKept(text).unicodeScalars where scalar != " " && scalar != "・" {
            folded.append(large(scalar))
        }
        return folded.string
    }

    public static func mail(_ text: String) -> String {
        Width.narrowed(text).mapped(where: { (0x41...0x5A).contains($0.value) }, lowered)
    }

    /// 社員番号: no width, hyphens and spaces, and no zeros at the start, which a spreadsheet eats.
    public static func employeeNumber(_ text: String) -> String {
        let plain = Width.hyphensUnified(Width.narrowed(text)).unicodeScalars
            .filter { $0 != "-" && !TextTrim.isSpace($0) }
        let digits = plain.drop { $0 == "0" }
        return digits.isEmpty ? String(scalars: plain.prefix(1)) : String(scalars: digits)
    }

    /// ケ and ヶ, 龍 and 竜 and the like are one, however the font writes them (葛 with a selector);
    /// spaces do not count.
    public static func placeName(_ text: String) -> String {
        var folded = ScalarText(like: text)
        for scalar in Width.narrowed(text).unicodeScalars {
            if TextTrim.isSpace(scalar) || Variants.isVariationSelector(scalar) { continue }
            folded.append(scalar == "ヶ" || scalar == "が" ? "ケ" : Variants.folded(scalar))
        }
        return folded.string
    }

    /// A heading without width, spaces, brackets, line breaks and case.
    public static func heading(_ text: String) -> String {
        var folded = ScalarText(like: text)
        for scalar in Width.narrowed(text).unicodeScalars {
            if TextTrim.isSpace(scalar) || TextTrim.isLineEnd(scalar) { continue }
            if !isAround(scalar) { folded.append(lowered(scalar)) }
        }
        return folded.string
    }

    /// Brackets, and marks of what must be filled in.
    private static func isAround(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "(", ")", "[", "]", "{", "}", "「", "」", "【", "】", "〔", "〕", "<", ">", "*", "※": true
        default: false
        }
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
