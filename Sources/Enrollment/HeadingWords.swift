internal import JapaneseText

/// 見出しの言葉. Which question a heading asks, in the spellings that organizations use.
enum HeadingWords {
    /// A heading and the question that it asks.
    struct Match: Equatable {
        let field: ApplicationField
        /// Written as it stands in the list, without a remark.
        let isExact: Bool
    }

    /// The accepted headings of the questions that no text answers, the right one first; the others
    /// are `TextQuestion`s. 視聴日 is read for a file with one column for all videos.
    private static let spellings: [(ApplicationField, [String])] = [
        (.rowNumber, ["No.", "No", "番号", "項番", "連番"]),
        (.kind, ["応募区分", "区分", "種別"]),
        (.postalCode, ["郵便番号", "〒", "郵便"]),
        (.consent, ["本人同意", "同意", "本人同意の有無", "同意の有無"]),
        (
            .badgeOptIn,
            [
                "オープンバッジ希望", "バッジ", "オープンバッジ", "バッジ希望", "オープンバッジの発行",
                "オープンバッジ発行希望", "オープンバッジ希望の有無", "バッジ希望の有無",
            ]
        ),
        (.noKana, ["読みなし"]),
        (.singleName, ["氏名1語"]),
    ]

    private static let bySpelling: [String: ApplicationField] = {
        var table: [String: ApplicationField] = [:]
        let texts = TextQuestion.all.map { ($0.field, $0.spellings) }
        for (field, names) in spellings + texts {
            for name in names { table[key(name)] = field }
        }
        return table
    }()

    /// The heading as it is compared: no width, spaces, brackets, line ends, case, の, 必須, 任意.
    static func key(_ cell: String) -> String {
        var key = MatchKey.heading(TextTrim.cellCleaned(cell))
        for end in ["必須", "任意"] where key.hasSuffix(end) && key.count > end.count {
            key.removeLast(end.count)
        }
        return key.filter { $0 != "の" }
    }

    /// What the heading asks; nil for none of our questions. What stands in brackets is a remark
    /// (ハイフンなし), unless it makes the heading another's (勤務先).
    static func match(_ cell: String) -> Match? {
        if let field = question(key(cell)) { return Match(field: field, isExact: true) }
        let (bare, remarks) = withoutBrackets(cell)
        guard !remarks.isEmpty, let field = question(key(bare)),
            !remarks.contains(where: isAnothers)
        else { return nil }
        guard remarks.contains(where: isKana) else { return Match(field: field, isExact: false) }
        return kana(of: field).map { Match(field: $0, isExact: false) }
    }

    private static func question(_ key: String) -> ApplicationField? {
        bySpelling[key] ?? ViewingHeading.slot(key) ?? kana(key)
    }

    /// 姓カナ, お名前ふりがな, フリガナ（名）: the kana of a part of the name.
    private static func kana(_ key: String) -> ApplicationField? {
        for word in readings {
            guard let range = place(of: word, in: key) else { continue }
            let rest = String(key[..<range.lowerBound] + key[range.upperBound...])
            return bySpelling[rest].flatMap(kana(of:))
        }
        return nil
    }

    private static let readings = [
        "フリガナ", "ふりがな", "ヨミガナ", "よみがな", "読み仮名", "カタカナ", "ひらがな", "カナ", "かな",
    ]

    private static func isKana(_ remark: String) -> Bool {
        let key = MatchKey.heading(remark)
        return readings.contains { key.contains($0) }
    }

    private static func kana(of field: ApplicationField) -> ApplicationField? {
        switch field {
        case .familyName, .familyNameKana: .familyNameKana
        case .givenName, .givenNameKana: .givenNameKana
        case .fullName, .fullNameKana: .fullNameKana
        default: nil
        }
    }

    private static func place(of word: String, in key: String) -> Range<String.Index>? {
        if key.hasPrefix(word) {
            return key.startIndex..<key.index(key.startIndex, offsetBy: word.count)
        }
        if key.hasSuffix(word) {
            return key.index(key.endIndex, offsetBy: -word.count)..<key.endIndex
        }
        return nil
    }

    /// The heading before and behind its brackets, and what stands in them.
    private static func withoutBrackets(_ cell: String) -> (bare: String, remarks: [String]) {
        var (bare, remarks, depth) = ("", [String](), 0)
        for scalar in cell.unicodeScalars {
            if "(（[［【〔「<＜".unicodeScalars.contains(scalar) {
                depth += 1
                remarks.append("")
            } else if ")）]］】〕」>＞".unicodeScalars.contains(scalar) {
                depth -= depth > 0 ? 1 : 0
            } else if depth > 0 {
                remarks[remarks.count - 1].unicodeScalars.append(scalar)
            } else {
                bare.unicodeScalars.append(scalar)
            }
        }
        return (TextTrim.cellCleaned(bare), remarks)
    }

    /// Whether a remark says that the column holds something else: another spelling or another
    /// person's, another time's, another place's.
    private static func isAnothers(_ remark: String) -> Bool {
        let key = MatchKey.heading(remark)
        return [
            "ローマ字", "英字", "英語", "英文", "旧", "通称", "緊急", "上司", "上長", "所属長", "担当者",
            "代理", "保護者", "家族", "勤務先", "会社", "送付先", "実家", "予備", "変更前",
        ].contains { key.contains($0) }
    }

    /// Columns that nobody may send: what the programme has no use for (Act on the Protection of
    /// Personal Information, article 61).
    static func isForbidden(_ cell: String) -> Bool {
        let key = MatchKey.heading(TextTrim.cellCleaned(cell))
        return [
            "個人番号", "マイナンバー", "mynumber", "生年月日", "誕生日", "性別", "国籍", "本籍", "続柄",
            "基礎年金番号", "保険証", "被保険者番号", "免許証番号", "旅券番号", "パスポート", "在留カード",
            "口座番号", "障害者手帳", "障害等級", "障害の有無", "病歴", "既往歴",
        ].contains { key.contains($0) } || key == "年齢" || key == "職業"
    }
}
