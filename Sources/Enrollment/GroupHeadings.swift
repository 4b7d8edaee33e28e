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
    /// 視聴日 without a number stands for every video.
    var isOneViewingForAll: Bool {
        zip(fields, cells).contains { field, cell in
            field == .viewedOn(slot: 1) && ViewingHeading.isForAll(HeadingWords.key(cell))
        }
    }

    struct Twin: Equatable {
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
    static func find(_ records: [GroupRecord], under rules: FiscalYearRules) -> Finding {
        let slots = Set((rules.videos + rules.early).map(\.slot))
        let candidates = records.prefix(10).filter { $0.row <= 10 }.map { GroupHeadings($0, slots) }
        guard let best = candidates.max(by: { $0.questionCount < $1.questionCount }),
            best.questionCount >= 3
        else { return .fault(nothingFound(candidates)) }
        let first = candidates.first { $0.questionCount == best.questionCount } ?? best
        return first.judged(beside: records, rules.requiredVideos)
    }

    /// A column of a video that there is not is not used.
    private init(_ record: GroupRecord, _ slots: Set<Int>) {
        row = record.row
        cells = record.cells
        let matches = record.cells.map { cell -> HeadingWords.Match? in
            guard let match = HeadingWords.match(cell) else { return nil }
            guard case .viewedOn(let slot) = match.field else { return match }
            return slots.contains(slot) ? match : nil
        }
        fields = matches.map { $0?.field }
        readInContext()
        keepOneOfEach(matches)
    }

    private var questionCount: Int { Set(fields.compactMap { $0 }).count }

    /// 名前 beside 姓 is the given name; 住所1 without 都道府県 and 市区町村 is the whole address, and
    /// 住所 behind them is what is left of it.
    private mutating func readInContext() {
        let all = Set(fields.compactMap { $0 })
        for (index, cell) in cells.enumerated() {
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

    /// Of two columns that ask the same the exact heading is used, else the first. The same heading
    /// twice is left to be told (E409): nobody can say which is meant.
    private mutating func keepOneOfEach(_ matches: [HeadingWords.Match?]) {
        for field in Set(fields.compactMap { $0 }) {
            let places = fields.indices.filter { fields[$0] == field }
            guard places.count > 1 else { continue }
            let used = places.first { matches[$0]?.isExact == true } ?? places[0]
            for place in places where !isSameHeading(place, used) {
                fields[place] = nil
                twins.append(
                    Twin(heading: Self.shown(cells[place]), used: Self.shown(cells[used])))
            }
        }
        twins.sort { $0.heading < $1.heading }
    }

    private func isSameHeading(_ one: Int, _ other: Int) -> Bool {
        MatchKey.heading(cells[one]) == MatchKey.heading(cells[other])
    }

    /// A column is not used after all.
    mutating func pass(over column: Int) { fields[column] = nil }

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
