/// Full-width forms and other compatibility characters, for what is not a name: digits, Latin,
/// mail, telephone, dates, headings. Where the rules of the programme say NFKC, this table is
/// meant.
public enum Width {
    private static let table = Table.lines(compatibilityForms)

    /// １ → 1, Ａ → A, ① → 1, ㈱ → (株), № → No, U+3000 → U+0020, ｶ → カ. Idempotent.
    public static func narrowed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        let text = Kana.fullWidth(text)
        guard text.unicodeScalars.contains(where: table.contains) else { return text }
        var result = ScalarText(like: text)
        for scalar in text.unicodeScalars {
            guard let plain = table[scalar] else {
                result.append(scalar)
                continue
            }
            for each in plain { result.append(each) }
        }
        return result.string
    }

    /// Every dash, minus and long mark becomes `-`; for numbers only.
    public static func hyphensUnified(_ text: String) -> String {
        text.mapped(where: { isHyphen($0) || $0 == "ー" || $0 == "ｰ" }) { _ in "-" }
    }

    /// A dash in any of its shapes, the long mark among them, with which nothing is said.
    public static func isDash(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "ー", "ｰ", "━", "〜", "～": true
        default: isHyphen(scalar)
        }
    }

    static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2010...0x2015, 0x2212, 0x2500, 0xFE63, 0xFF0D: true
        default: false
        }
    }
}
