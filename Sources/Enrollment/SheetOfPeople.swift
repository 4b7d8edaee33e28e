/// シート. What a sheet of a book holds, seen by whoever looks for the one with the people.
public enum SheetOfPeople {
    /// Whether one of its first rows asks at least three of our questions.
    public static func hasHeadings(
        _ records: [GroupRecord], under rules: FiscalYearRules,
        choosing choices: ColumnChoices = .none
    ) -> Bool { GroupHeadings.best(in: records, under: rules, choosing: choices) != nil }

    /// Whether one of its first rows asks any of our questions, so that people may say what the
    /// other columns are for.
    public static func hasHeading(
        _ records: [GroupRecord], under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) -> Bool { GroupHeadings.nearest(in: records, under: rules, choosing: choices) != nil }

    /// Whether a row under the headings is somebody's, and no example of how to fill in others.
    public static func hasPeople(
        _ records: [GroupRecord], under rules: FiscalYearRules,
        choosing choices: ColumnChoices = .none
    ) -> Bool {
        guard let headings = GroupHeadings.best(in: records, under: rules, choosing: choices)
        else { return false }
        return records.contains { record in
            guard record.row > headings.row, !record.isBlank else { return false }
            if case .person = RowShape.of(record, under: headings) { return true }
            return false
        }
    }
}

/// ふりがな that a spreadsheet keeps of how a name was typed. A file without a column for kana gets
/// one of it: the people who send it see it before they send it, and it is told (W431).
public struct OfferedKana {
    /// The records with the columns; as they came where nothing is offered.
    public let records: [GroupRecord]
    public let isOffered: Bool

    /// `readings` gives the kana of a cell by its row, and its column from 0.
    public init(
        _ records: [GroupRecord], under rules: FiscalYearRules,
        choosing choices: ColumnChoices = .none,
        readings: (_ row: Int, _ column: Int) -> String?
    ) {
        let headings = GroupHeadings.best(in: records, under: rules, choosing: choices)
        let columns = headings?.columnsWithoutKana ?? []
        guard let headings, !columns.isEmpty,
            records.contains(where: { record in
                record.row > headings.row
                    && columns.contains { readings(record.row, $0.column) != nil }
            })
        else {
            (self.records, isOffered) = (records, false)
            return
        }
        self.records = records.map { record in
            let kana = columns.map { column in
                record.row == headings.row
                    ? TextQuestion.of(column.kana)?.spellings.first ?? ""
                    : readings(record.row, column.column) ?? ""
            }
            return record.inserting(
                record.row < headings.row ? [] : kana, at: headings.fields.count)
        }
        isOffered = true
    }
}

extension GroupHeadings {
    /// The columns of the name, each with the question of its kana, where no column asks for kana.
    fileprivate var columnsWithoutKana: [(column: Int, kana: ApplicationField)] {
        let asked = Set(fields.compactMap { $0 })
        guard asked.isDisjoint(with: [.fullNameKana, .familyNameKana, .givenNameKana]) else {
            return []
        }
        let pairs: [(ApplicationField, ApplicationField)] =
            asked.contains(.fullName)
            ? [(.fullName, .fullNameKana)]
            : [(.familyName, .familyNameKana), (.givenName, .givenNameKana)]
        return pairs.compactMap { name, kana in fields.firstIndex(of: name).map { ($0, kana) } }
    }

    /// The column that a file calls so, where `names` is what `GroupFileFindings` keeps.
    public static func column(called name: String, in headings: [String]) -> Int? {
        headings.firstIndex { shown($0) == name }
    }
}

extension GroupRecord {
    /// With cells more behind the last column that has a heading; what stands beyond it, too much
    /// as it is, stays behind them.
    fileprivate func inserting(_ more: [String], at column: Int) -> GroupRecord {
        guard !more.isEmpty else { return self }
        let short = max(0, column - cells.count)
        let padded = cells + [String](repeating: "", count: short)
        return GroupRecord(row: row, cells: padded[..<column] + more + padded[column...])
    }
}
