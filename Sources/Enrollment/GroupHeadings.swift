internal import JapaneseText

/// 見出し. Which column of a group's file answers which question.
public struct GroupHeadings: Equatable, Sendable {
    /// The record that holds the headings, as a spreadsheet numbers rows.
    public let row: Int
    /// The headings as the file has them.
    let cells: [String]
    /// The question of each column; nil for a column that is not used.
    public private(set) var fields: [ApplicationField?]
    /// Columns that ask again what another one asks, and that one.
    private(set) var twins: [Twin] = []
    /// Columns that hold nothing, of a question that is asked in another one.
    private(set) var emptyTwins: Set<Int> = []
    /// What somebody has said of each column; nil where nobody has.
    let chosen: [ColumnChoice?]
    /// The videos that there are.
    let slots: Set<Int>
    /// 視聴日 without a number stands for every video.
    var isOneViewingForAll: Bool { fields.indices.contains { use(of: $0) == .everyViewing } }

    struct Twin: Equatable {
        let column: Int
        let heading, used: String
    }

    enum Finding {
        case found(GroupHeadings, notices: [Problem])
        case fault([Problem])
    }

    /// The columns that an error file adds; they are passed over when it comes back.
    public static let added = ["行番号", "理由", "直し方"]

    static let addedKeys = Set(added.map(MatchKey.heading))

    /// How the file calls each question; a part of 氏名 is called as the whole.
    func names(_ videos: [Video]) -> [ApplicationField: String] {
        var names: [ApplicationField: String] = [:]
        func call(_ field: ApplicationField, _ name: String) {
            if names[field] == nil { names[field] = name }
        }
        let used = zip(fields, cells).compactMap { field, cell in
            field.map { ($0, Self.shown(cell)) }
        }
        for (field, name) in used { call(field, name) }
        for (field, name) in used { field.parts.forEach { call($0, name) } }
        if isOneViewingForAll, let name = names[.viewedOn(slot: 1)] {
            videos.forEach { call(.viewedOn(slot: $0.slot), name) }
        }
        return names
    }

    /// Finds the headings within the first ten records of a file: the record in which most
    /// questions are asked. A block with the coordinator's own name and telephone may stand above
    /// it.
    static func find(
        _ records: [GroupRecord], under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) -> Finding {
        let candidates = candidates(records, rules, choices)
        guard let best = best(of: candidates) else {
            return .fault(nothingFound(candidates, in: records))
        }
        let notThere = choices.notThere(in: best.cells)
        if !notThere.isEmpty { return .fault(notThere) }
        return best.judged(beside: records, rules.requiredVideos)
    }

    /// The same before anybody judges them; nil where no record asks three questions.
    static func best(
        in records: [GroupRecord], under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) -> GroupHeadings? {
        best(of: candidates(records, rules, choices))
    }

    /// The same, or where no record asks three questions the one that asks most; nil where none
    /// asks any.
    static func nearest(
        in records: [GroupRecord], under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) -> GroupHeadings? {
        let all = candidates(records, rules, choices)
        return best(of: all) ?? nearest(of: all)
    }

    static func nearest(of candidates: [GroupHeadings]) -> GroupHeadings? {
        let most = candidates.map(\.questionCount).max() ?? 0
        return most == 0 ? nil : candidates.first { $0.questionCount == most }
    }

    private static func candidates(
        _ records: [GroupRecord], _ rules: FiscalYearRules, _ choices: ColumnChoices
    ) -> [GroupHeadings] {
        let slots = Set((rules.videos + rules.early).map(\.slot))
        return records.prefix(10).filter { $0.row <= 10 }.map {
            GroupHeadings($0, slots, choices)
        }
    }

    private static func best(of candidates: [GroupHeadings]) -> GroupHeadings? {
        let most = candidates.map(\.questionCount).max() ?? 0
        return most < 3 ? nil : candidates.first { $0.questionCount == most }
    }

    /// A column of a video that there is not is not used, whoever says so.
    private init(_ record: GroupRecord, _ slots: Set<Int>, _ choices: ColumnChoices) {
        (row, cells, self.slots) = (record.row, record.cells, slots)
        func isThere(_ field: ApplicationField?) -> Bool {
            guard case .viewedOn(let slot) = field else { return true }
            return slots.contains(slot)
        }
        let matches = record.cells.map { HeadingWords.match($0) }
            .map { isThere($0?.field) ? $0 : nil }
        chosen = ColumnName.all(in: record.cells)
            .map { name in name.flatMap { choices[$0] } }
            .map { isThere($0?.use.field) ? $0 : nil }
        fields = zip(matches, chosen).map { match, choice in
            choice.map(\.use.field) ?? match?.field
        }
        readInContext()
        keepOneOfEach(matches)
    }

    /// The same row, read by its words only.
    var byWords: GroupHeadings {
        GroupHeadings(GroupRecord(row: row, cells: cells), slots, .none)
    }

    /// What a column is taken for; nil where nobody knows it.
    func use(of column: Int) -> ColumnUse? {
        guard let field = fields[column] else {
            return chosen[column]?.use == .unused ? .unused : nil
        }
        let isForAll =
            chosen[column].map { $0.use == .everyViewing }
            ?? (field == .viewedOn(slot: 1)
                && ViewingHeading.isForAll(HeadingWords.key(cells[column])))
        return isForAll ? .everyViewing : .question(field)
    }

    private var questionCount: Int { Set(fields.compactMap { $0 }).count }

    /// 名前 beside 姓 is the given name; 住所1 without 都道府県 and 市区町村 is the whole address, and
    /// 住所 behind them is what is left of it.
    private mutating func readInContext() {
        let all = Set(fields.compactMap { $0 })
        for (index, cell) in cells.enumerated() where chosen[index] == nil {
            let key = HeadingWords.key(cell)
            if key == "名前", all.contains(.familyName) { fields[index] = .givenName }
            if key == "名前カナ", all.contains(.familyNameKana) { fields[index] = .givenNameKana }
            if fields[index] == .street, key == "住所1",
                all.isDisjoint(with: [.prefecture, .city, .fullAddress])
            {
                fields[index] = .fullAddress
            }
            if fields[index] == .fullAddress, all.isSuperset(of: [.prefecture, .city]),
                !all.contains(.street)
            {
                fields[index] = .street
            }
        }
    }

    /// Of two columns that ask the same the one is used of which somebody has said so, else the
    /// exact heading, else the first. The same heading twice is left to be told (E409): nobody can
    /// say which is meant; so are two of which the same was said.
    private mutating func keepOneOfEach(_ matches: [HeadingWords.Match?]) {
        for field in Set(fields.compactMap { $0 }) {
            let places = fields.indices.filter { fields[$0] == field }
            guard places.count > 1 else { continue }
            let used =
                places.first { chosen[$0] != nil }
                ?? places.first { matches[$0]?.isExact == true } ?? places[0]
            for place in places where chosen[place] == nil && !isSameHeading(place, used) {
                fields[place] = nil
                twins.append(
                    Twin(
                        column: place, heading: Self.shown(cells[place]),
                        used: Self.shown(cells[used])))
            }
        }
        twins.sort { $0.column < $1.column }
    }

    func isSameHeading(_ one: Int, _ other: Int) -> Bool {
        MatchKey.heading(cells[one]) == MatchKey.heading(cells[other])
    }

    /// A column is not used after all.
    mutating func pass(over column: Int) { fields[column] = nil }

    /// The same of one of which nothing need be told.
    mutating func passInSilence(over column: Int) {
        fields[column] = nil
        emptyTwins.insert(column)
    }

    static func shown(_ cell: String) -> String {
        TextTrim.singleSpaced(TextTrim.cellCleaned(cell))
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
