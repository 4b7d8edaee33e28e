/// 町字以下 as it is looked for: one way of writing digits and hyphens, ケ for ヶ and が, no spaces.
/// The tables fold what is kept in the same way (`street_key`); a test compares the two.
public enum StreetKey {
    private static let from = Array("０１２３４５６７８９〇一二三四五六七八九－−‐‑–—―ーヶが".unicodeScalars)
    private static let to = Array("01234567890123456789--------ケケ".unicodeScalars)
    private static let table = Dictionary(uniqueKeysWithValues: zip(from, to))

    public static func folded(_ street: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in street.unicodeScalars where scalar != " " && scalar != "　" {
            folded.append(table[scalar] ?? scalar)
        }
        return String(folded)
    }
}
