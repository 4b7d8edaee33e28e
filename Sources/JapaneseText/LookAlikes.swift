/// Kanji that are taken for one another in names when a list is typed: 郎 and 朗, 斉 and 斎. They are
/// different names, so this is no folding: it says only that one may have been meant by the other.
public enum LookAlikes {
    /// Whether two kanji are of one group. What is one kanji in two shapes is folded before.
    public static func areAlike(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
        guard let group = groups[one] else { return false }
        return group == groups[other]
    }

    /// Each kanji with the place of its group.
    private static let groups: [Unicode.Scalar: Int] = {
        var groups: [Unicode.Scalar: Int] = [:]
        for (place, group) in list.split(separator: " ").enumerated() {
            for scalar in group.unicodeScalars { groups[Variants.folded(scalar)] = place }
        }
        return groups
    }()

    /// Of what clerks' lists mix up: shapes that differ by a stroke, or sound and mean the same.
    private static let list = """
        郎朗 斉斎 裕祐佑 太大 巳己 土士 末未 綱網 萩荻 柿杮 晴睛 紀記 亨享 冶治 千干 淑叔 悟梧 智知 輝暉 \
        彰章 幸辛 宏広 洸晃 侑有 崇祟 玲怜 壮荘 孝考 徹撤
        """
}
