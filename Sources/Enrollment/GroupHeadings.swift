internal import JapaneseText

/// 見出し. Which column of a group's file answers which question.
public struct GroupHeadings: Equatable, Sendable {
    /// The record that holds the headings, as a spreadsheet numbers rows.
    public let row: Int
    /// The question of each column; nil for a column that is not used.
    public let fields: [ApplicationField?]
    /// 視聴日 without a number stands for every video.
    let isOneViewingForAll: Bool

    enum Finding {
        case found(GroupHeadings, notices: [Problem])
        case fault([Problem])
    }

    /// The accepted spellings of each question, the right one first. 視聴日 is read for a file with
    /// one column for all videos.
    static let spellings: [(ApplicationField, [String])] = [
        (.rowNumber, ["No.", "No", "番号", "項番", "連番"]),
        (.kind, ["応募区分", "区分", "種別"]),
        (.familyName, ["氏", "姓", "名字", "苗字"]),
        (.givenName, ["名"]),
        (.familyNameKana, ["氏（カナ）", "姓カナ", "氏カナ", "セイ", "フリガナ（氏）"]),
        (.givenNameKana, ["名（カナ）", "名カナ", "メイ", "フリガナ（名）"]),
        (.fullName, ["氏名", "お名前", "職員名"]),
        (.fullNameKana, ["フリガナ", "ふりがな", "カナ", "カナ氏名", "ヨミガナ", "氏名カナ"]),
        (.postalCode, ["郵便番号", "〒", "郵便"]),
        (.prefecture, ["都道府県", "県"]),
        (.city, ["市区町村", "市町村", "市区郡"]),
        (.street, ["町字以下", "番地", "町名番地", "住所1"]),
        (.fullAddress, ["住所", "現住所", "所在地"]),
        (.building, ["建物名等", "方書", "ビル名", "住所2"]),
        (.email, ["メールアドレス", "メール", "E-mail", "email", "eメール", "MAIL", "アドレス"]),
        (.phone, ["電話番号", "TEL", "電話", "連絡先"]),
        (.unit, ["部署・店舗名", "所属", "部署", "店舗", "勤務先"]),
        (.consent, ["本人同意", "同意"]),
        (.badgeOptIn, ["オープンバッジ希望", "バッジ"]),
        (.memberNumber, ["委員番号", "会員番号"]),
        (.noReading, ["読みなし"]),
        (.singleName, ["氏名1語"]),
        (.employeeNumber, ["社員番号", "職員番号", "従業員番号"]),
        (.note, ["備考", "メモ"]),
    ]

    /// The columns that an error file adds; they are passed over when it comes back.
    public static let added = ["行番号", "理由", "直し方"]

    private static let bySpelling: [String: ApplicationField] = {
        var table: [String: ApplicationField] = [:]
        for (field, names) in spellings {
            for name in names { table[MatchKey.heading(name)] = field }
        }
        return table
    }()

    private static let addedKeys = Set(added.map(MatchKey.heading))

    /// Finds the headings within the first ten records of a file.
    static func find(_ records: [GroupRecord], under rules: FiscalYearRules) -> Finding {
        let candidates = records.prefix(10).filter { $0.row <= 10 }
        for record in candidates {
            let fields = fields(of: record.cells, rules)
            if Set(fields.compactMap { $0 }).count >= 3 {
                let headings = GroupHeadings(
                    row: record.row, fields: fields,
                    isOneViewingForAll: record.cells.contains { key($0) == "視聴日" })
                return judge(headings, record.cells, rules)
            }
        }
        let broken = candidates.contains { $0.cells.contains(where: looksBroken) }
        return .fault([Problem(broken ? .e405 : .e406)])
    }

    private static func key(_ cell: String) -> String {
        MatchKey.heading(TextTrim.cellCleaned(cell))
    }

    private static func looksBroken(_ cell: String) -> Bool {
        cell.unicodeScalars.contains("\u{FFFD}")
            || (cell.unicodeScalars.count > 1 && !cell.contains("?") && Mojibake.looksBroken(cell))
    }

    private static func fields(
        of cells: [String], _ rules: FiscalYearRules
    ) -> [ApplicationField?] {
        let slots = Set((rules.videos + rules.early).map(\.slot))
        let keys = cells.map(key)
        let hasFamilyName = keys.contains { bySpelling[$0] == .familyName }
        return keys.map { key in
            if key == "名前" { return hasFamilyName ? .givenName : .fullName }
            return bySpelling[key] ?? viewing(key, slots)
        }
    }

    /// 視聴日（動画1）, 動画①視聴日, 視聴日1; 視聴日 alone is the first slot and stands for all. A column of
    /// a video that there is not is not used.
    private static func viewing(_ key: String, _ slots: Set<Int>) -> ApplicationField? {
        guard key.contains("視聴日") else { return nil }
        let digits = key.filter(\.isNumber)
        if digits.isEmpty { return key == "視聴日" ? .viewedOn(slot: 1) : nil }
        return Int(digits).flatMap { slots.contains($0) ? .viewedOn(slot: $0) : nil }
    }

    private static func judge(
        _ headings: GroupHeadings, _ cells: [String], _ rules: FiscalYearRules
    ) -> Finding {
        let faults = headings.twice(cells) + headings.missing(rules.requiredVideos)
        if !faults.isEmpty { return .fault(faults) }
        var notices: [Problem] = []
        if headings.row > 1 {
            notices.append(Problem(.n407, nil, [.number: String(headings.row)]))
        }
        let unknown = headings.unknown(cells)
        if !unknown.isEmpty {
            notices.append(Problem(.w410, nil, [.headings: unknown.joined(separator: "、")]))
        }
        return .found(headings, notices: notices + headings.absent)
    }

    private func twice(_ cells: [String]) -> [Problem] {
        var counts: [ApplicationField: Int] = [:]
        for field in fields.compactMap({ $0 }) { counts[field, default: 0] += 1 }
        return fields.enumerated().compactMap { index, field in
            guard let field, let count = counts[field], count > 1,
                fields.firstIndex(of: field) == index
            else { return nil }
            return Problem(.e409, field, [.heading: cells[index], .count: String(count)])
        }
    }

    /// One problem that names every heading that is missing, by its right spelling.
    private func missing(_ videos: [Video]) -> [Problem] {
        let present = Set(fields.compactMap { $0 })
        let oneOf: [[[ApplicationField]]] = [
            [[.familyName, .givenName], [.fullName]],
            [[.familyNameKana, .givenNameKana], [.fullNameKana], [.noReading]],
            [[.postalCode]],
            [[.prefecture, .city, .street], [.fullAddress]],
            [[.email], [.employeeNumber]],
            [[.consent]],
        ]
        var missing = oneOf.flatMap { choices -> [ApplicationField] in
            if choices.contains(where: { $0.allSatisfy(present.contains) }) { return [] }
            return choices[0].filter { !present.contains($0) }
        }
        if !isOneViewingForAll {
            missing += videos.map { .viewedOn(slot: $0.slot) }.filter { !present.contains($0) }
        }
        guard !missing.isEmpty else { return [] }
        let names = missing.map { $0.key }.joined(separator: " ")
        return [Problem(.e408, nil, [.headings: names])]
    }

    /// N417: a column that may be left out, but not without people noticing. A badge goes to a mail
    /// address, so that the address alone is told when both are missing.
    private var absent: [Problem] {
        let missed = [ApplicationField.email, .badgeOptIn].first { !fields.contains($0) }
        return missed.map { [Problem(.n417, $0)] } ?? []
    }

    private func unknown(_ cells: [String]) -> [String] {
        zip(cells, fields).compactMap { cell, field in
            let key = Self.key(cell)
            return field == nil && !key.isEmpty && !Self.addedKeys.contains(key) ? cell : nil
        }
    }
}

/// A record of a file: its row as a spreadsheet shows it, and its cells.
public struct GroupRecord: Equatable, Sendable {
    public let row: Int
    public let cells: [String]

    public init(row: Int, cells: [String]) {
        self.row = row
        self.cells = cells
    }
}
