internal import JapaneseText

/// Yes and no, as forms and spreadsheets say it.
enum Ticks {
    enum Answer { case yes, no, none, unclear }

    /// What a cell answers to a question. Some words are an answer to one question only: 要 asks for
    /// a badge, but a consent that is 要 is still to be got; なし under 読みなし may mean either.
    static func read(_ text: String, of field: ApplicationField) -> Answer {
        if text.isEmpty { return .none }
        let word = key(text)
        switch field {
        case .badgeOptIn: return badge.answer(word)
        case .noKana, .singleName: return marks.answer(word)
        default: return consent.answer(word)
        }
    }

    private static func key(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { !Variants.isVariationSelector($0) }
        let word = MatchKey.heading(String(String.UnicodeScalarView(plain)))
        return word.hasSuffix("。") || word.hasSuffix(".") ? String(word.dropLast()) : word
    }

    private struct Words {
        let yes, no: Set<String>

        func or(_ other: Words) -> Words {
            Words(yes: yes.union(other.yes), no: no.union(other.no))
        }

        func answer(_ word: String) -> Answer {
            if yes.contains(word) { return .yes }
            return no.contains(word) ? .no : .unclear
        }
    }

    private static let badge = marks.or(presence).or(wish)
    private static let consent = marks.or(presence).or(agreement)

    /// レ and ✓ are how a form is ticked by hand.
    private static let marks = Words(
        yes: [
            "○", "〇", "◯", "⭕", "●", "◎", "◉", "✓", "✔", "☑", "✅", "レ", "はい", "ok", "yes", "y",
            "true", "on", "1", "する", "該当", "該当する",
        ],
        no: [
            "×", "✕", "✖", "✗", "✘", "☓", "❌", "いいえ", "ng", "no", "n", "false", "off", "0",
            "しない", "否", "非該当", "該当しない",
        ])

    private static let presence = Words(
        yes: ["有", "有り", "あり"], no: ["無", "無し", "なし"])

    private static let wish = Words(
        yes: [
            "希望", "希望する", "希望します", "希望あり", "希望有", "希望有り", "希望者", "要", "必要",
            "要する", "ほしい", "欲しい", "申込", "申込む", "申し込む", "申請する", "発行希望", "発行する",
            "発行を希望", "発行を希望する", "発行を希望します",
        ],
        no: [
            "希望しない", "希望しません", "希望せず", "希望なし", "希望無", "希望無し", "非希望", "不要",
            "必要なし", "必要ない", "いらない", "要らない", "辞退", "辞退する", "申し込まない", "申込まない",
            "発行しない", "発行を希望しない",
        ])

    private static let agreement = Words(
        yes: [
            "同意", "同意する", "同意します", "同意した", "同意しました", "同意あり", "同意有", "同意有り",
            "同意済", "同意済み", "済", "済み", "取得済", "取得済み", "確認済", "確認済み", "承諾", "承諾する",
            "承諾します", "承諾済", "承諾済み", "了承", "了承する", "了承済", "了承済み",
        ],
        no: [
            "同意しない", "同意しません", "同意なし", "同意無", "同意無し", "不同意", "未同意", "未",
            "未取得",
        ])
}
