/// Kanji that are written in more than one way.
public enum Variants {
    private static let table = Table.pairs(kanjiVariants)
    private static let radicals = Table.pairs(radicalKanji)

    /// The kanji that a variant is matched as: 髙 → 高, 𠮷 → 吉, 邉 → 辺. Never for showing.
    public static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let kanji = kanji(ofRadical: scalar) ?? scalar
        return table[kanji] ?? kanji
    }

    /// The kanji that a radical (⻄, ⼭: what a PDF gives when it is copied) was meant to be; nil for
    /// what is no radical.
    public static func kanji(ofRadical scalar: Unicode.Scalar) -> Unicode.Scalar? {
        (0x2E80...0x2FDF).contains(scalar.value) ? radicals[scalar] : nil
    }

    /// 代替文字: what stands for a character in systems that only know JIS X 0213; nil when the
    /// character is in it, or when no substitute is known (see `needsSubstitute`).
    public static func substitute0213(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard needsSubstitute(scalar), let plain = kanji(ofRadical: scalar) ?? table[scalar],
            Repertoire.isJISX0213(plain)
        else { return nil }
        return plain
    }

    public static func needsSubstitute(_ scalar: Unicode.Scalar) -> Bool {
        !Repertoire.isJISX0213(scalar) && !isVariationSelector(scalar)
    }

    public static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }
}
