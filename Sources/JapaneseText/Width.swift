/// Full-width forms and other compatibility characters, for what is not a name: digits, Latin,
/// mail, telephone, dates, headings. Where the rules of the programme say NFKC, this table is
/// meant.
public enum Width {
    private static let table = Table.lines(compatibilityForms)

    /// １ → 1, Ａ → A, ① → 1, ㈱ → (株), № → No, U+3000 → U+0020, ｶ → カ. Idempotent.
    public static func narrowed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result: [Unicode.Scalar] = []
        for scalar in Kana.fullWidth(text).unicodeScalars {
            if let plain = table[scalar] {
                result.append(contentsOf: plain)
            } else {
                result.append(scalar)
            }
        }
        return String(scalars: result)
    }

    /// Every dash, minus and long mark becomes `-`; for numbers only.
    public static func hyphensUnified(_ text: String) -> String {
        String(
            scalars: text.unicodeScalars.map { isHyphen($0) || $0 == "ー" || $0 == "ｰ" ? "-" : $0 })
    }

    /// A dash in any of its shapes, the long mark among them, with which nothing is said.
    public static func isDash(_ scalar: Unicode.Scalar) -> Bool {
        isHyphen(scalar) || "ーｰ━〜～".unicodeScalars.contains(scalar)
    }

    static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2010...0x2015, 0x2212, 0x2500, 0xFE63, 0xFF0D: true
        default: false
        }
    }
}
