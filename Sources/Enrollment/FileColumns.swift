internal import JapaneseText

/// 列を選ぶ. The columns of a file as whoever sends it sees them, to say of each what it is for:
/// what we take it for is offered, what we do not know is left open. One function of the file, the
/// rules and what was said; it finds every problem at once.
public struct FileColumns: Sendable {
    /// The row that is taken for the headings, as a spreadsheet numbers rows.
    public let headerRow: Int
    /// Those that have a heading, and hold something or are used.
    public let columns: [FileColumn]
    /// Questions that must have a column and have none.
    public let missing: [ApplicationField]

    /// Whether the file can be read.
    public var isSettled: Bool {
        missing.isEmpty && columns.allSatisfy { $0.problem == nil }
    }

    /// Whether anything can be said that the headings do not say.
    public var isOpen: Bool {
        columns.contains { $0.problem != nil || $0.use == .unused }
    }

    /// More columns than anybody would go through.
    private static let most = 200

    /// Nil where no row of the file looks like headings, or has too many of them.
    public static func read(
        _ records: [GroupRecord], under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) -> FileColumns? {
        let found = GroupHeadings.nearest(in: records, under: rules, choosing: choices)
        guard let found, found.cells.count <= most else { return nil }
        let rows = records.drop { $0.row <= found.row }
        return FileColumns(found.beside(rows), rows, rules.requiredVideos)
    }

    private init(
        _ headings: GroupHeadings, _ rows: ArraySlice<GroupRecord>, _ videos: [Video]
    ) {
        let plain = headings.byWords.beside(rows)
        let names = ColumnName.all(in: headings.cells)
        headerRow = headings.row
        missing = headings.missingQuestions(videos)
        columns = headings.cells.indices.compactMap { column in
            guard let name = names[column], headings.isHeading(headings.cells[column]) else {
                return nil
            }
            let samples = headings.samples(of: column, in: rows)
            let meaning = headings.meaning(of: column)
            guard !samples.isEmpty || meaning.use != nil else { return nil }
            return FileColumn(
                name: name, letters: GroupHeadings.letters(column), samples: samples,
                use: meaning.use, problem: meaning.problem,
                byWords: plain.meaning(of: column).use,
                isRemembered: headings.chosen[column]?.isRemembered ?? false)
        }
    }
}

/// A column of a file, and what it is taken for.
public struct FileColumn: Sendable {
    public let name: ColumnName
    /// As a spreadsheet names it: A, Z, AA.
    public let letters: String
    /// Up to three different values of it, from the top, cut where they are long.
    public let samples: [String]
    /// Nil while nobody knows it.
    public let use: ColumnUse?
    public let problem: ColumnProblem?
    /// What its heading says without anybody's word.
    public let byWords: ColumnUse?
    /// Said of an earlier file.
    public let isRemembered: Bool
}

public enum ColumnProblem: Sendable {
    /// Neither its heading nor anybody says what it is for.
    case notChosen
    /// The same was said of another column.
    case chosenTwice
}

extension GroupHeadings {
    /// What a column is taken for, and what is wrong with that.
    fileprivate func meaning(of column: Int) -> (use: ColumnUse?, problem: ColumnProblem?) {
        guard let field = fields[column] else {
            let use = use(of: column)
            return (use, use == nil ? .notChosen : nil)
        }
        let alike = fields.indices.filter { fields[$0] == field }
        if alike.count == 1 { return (use(of: column), nil) }
        guard chosen[column] != nil else { return (nil, .notChosen) }
        let isTwice = alike.count { chosen[$0] != nil } > 1
        return (use(of: column), isTwice ? .chosenTwice : nil)
    }

    /// Of what was said that which the headings do not say by themselves.
    func saidOtherwise(beside rows: ArraySlice<GroupRecord>) -> [ColumnChoice] {
        guard chosen.contains(where: { $0 != nil }) else { return [] }
        let plain = byWords.beside(rows)
        return chosen.indices.compactMap { column in
            chosen[column].flatMap { $0.use == plain.meaning(of: column).use ? nil : $0 }
        }
    }

    fileprivate func samples(of column: Int, in rows: ArraySlice<GroupRecord>) -> [String] {
        var found: [String] = []
        for record in rows where record.cells.count > column {
            let text = Self.shown(record.cells[column])
            if text.isEmpty { continue }
            let sample = text.count > 40 ? "\(text.prefix(40))…" : text
            if !found.contains(sample) { found.append(sample) }
            if found.count == 3 { break }
        }
        return found
    }
}
