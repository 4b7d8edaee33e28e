internal import Enrollment
internal import Spreadsheet
internal import Words

/// A group's file that is a spreadsheet's book: the sheet with the people is found in it.
enum GroupBook {
    enum Fault: Error {
        case book(BookFault)
        /// The sheet that is meant is none of these, which people see.
        case noSuchSheet([String])
    }

    /// Reads the sheet that is meant. Where nobody has said which: the first whose headings are
    /// understood and that has people; with none, the first whose headings are, else the first with
    /// any heading that is, else the first that holds anything. Sheets that are not shown are not
    /// looked at.
    static func read(
        _ source: SheetToRead, under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) throws(Fault) -> GroupTable {
        do {
            let book = try Book(source.bytes, limits: Office.bookLimits)
            let shown = book.sheets.filter { !$0.isHidden }
            let meant = source.sheet.sheet(of: shown)
            guard source.sheet == .likeliest || meant != nil else {
                throw Fault.noSuchSheet(shown.map(\.name))
            }
            return try read(meant, of: book, under: rules, choosing: choices)
        } catch let fault as BookFault { throw .book(fault) } catch let fault as Fault {
            throw fault
        } catch { throw .book(.damaged) }
    }

    private static func read(
        _ meant: Book.Sheet?, of book: Book, under rules: FiscalYearRules,
        choosing choices: ColumnChoices
    ) throws(BookFault) -> GroupTable {
        var (known, near) = ([Book.Sheet](), [Book.Sheet]())
        for sheet in book.sheets where !sheet.isHidden {
            let head = records(try book.table(of: sheet, upTo: 10))
            if SheetOfPeople.hasHeadings(head, under: rules, choosing: choices) {
                known.append(sheet)
            } else if SheetOfPeople.hasHeading(head, under: rules, choosing: choices) {
                near.append(sheet)
            }
        }
        let likely = meant.map { [$0] } ?? (known.isEmpty ? Array(near.prefix(1)) : known)
        guard let (sheet, table) = try choice(of: likely, in: book, under: rules, choices) else {
            throw .damaged
        }
        let about = book.sheets.first { $0.name == GroupTemplate.sheetAbout }
        let offered = OfferedKana(records(table), under: rules, choosing: choices) { row, column in
            table.readings[CellPlace(column: column, row: row)]
        }
        let shown = book.sheets.filter { !$0.isHidden && $0 != sheet && $0 != about }
        let alike =
            meant == nil
            ? Array(known.drop { $0 != sheet }.dropFirst()) : known.filter { $0 != sheet }
        return GroupTable(
            format: .book, records: offered.records,
            notices: SheetNotices(
                sheet: sheet.name, alike: alike.map(\.name),
                others: shown.filter { !alike.contains($0) }.map(\.name), table: table,
                offersKana: offered.isOffered, mark: try mark(about, of: book)),
            sheets: FileSheets(
                read: sheet.name, all: book.sheets.filter { !$0.isHidden }.map(\.name)))
    }

    /// What our template says of itself.
    private static func mark(
        _ about: Book.Sheet?, of book: Book
    ) throws(BookFault) -> TemplateMark? {
        guard let about else { return nil }
        return TemplateMark(try book.table(of: about, upTo: 20).records.map(\.cells))
    }

    /// Nil for a book of charts.
    private static func choice(
        of known: [Book.Sheet], in book: Book, under rules: FiscalYearRules,
        _ choices: ColumnChoices
    ) throws(BookFault) -> (Book.Sheet, SheetTable)? {
        var first: (Book.Sheet, SheetTable)?
        let shown = book.sheets.filter { !$0.isHidden }
        for sheet in known.isEmpty ? shown : known {
            let table = try book.table(of: sheet)
            let isRight =
                known.isEmpty
                ? !table.records.isEmpty
                : SheetOfPeople.hasPeople(records(table), under: rules, choosing: choices)
            if isRight { return (sheet, table) }
            first = first ?? (sheet, table)
        }
        return first
    }

    private static func records(_ table: SheetTable) -> [GroupRecord] {
        table.records.map(GroupRecord.init)
    }
}

/// What people may not see in the sheet that was read, and which others were not.
struct SheetNotices: Sendable {
    let sheet: String
    /// Others with headings that are understood.
    let alike: [String]
    let others: [String]
    let table: SheetTable
    let offersKana: Bool
    /// Nil of a book that is not made from our template for one organization.
    let mark: TemplateMark?

    /// As problems of the file that an organization sends; of rows only those under the headings.
    func problems(
        under headerRow: Int, from organization: OpenOrganization, in year: FiscalYear
    ) -> [Problem] {
        (mark?.problems(from: organization, in: year) ?? [])
            + ofSheets + ofShape(headerRow) + ofFormulas
            + (offersKana ? [Problem(.kanaOfSpreadsheet)] : [])
    }

    private var ofSheets: [Problem] {
        let all = [(ProblemCode.sheetsPassedOver, others), (.sheetsLookAlike, alike)]
        return all.filter { !$0.1.isEmpty }.map { code, names in
            let listed = names.prefix(20).map { "「\($0)」" }.joined(separator: "、")
            return Problem(code, nil, [.heading: sheet, .headings: listed])
        }
    }

    private func ofShape(_ headerRow: Int) -> [Problem] {
        var found: [Problem] = []
        let rows = table.hiddenRows.filter { $0 > headerRow }
        if !rows.isEmpty {
            let listed = rows.map(String.init).joined(separator: " ")
            found.append(Problem(.hiddenRowsRead, nil, [.rows: listed]))
        }
        if !table.hiddenColumns.isEmpty {
            let names = table.hiddenColumns.sorted().map(CellPlace.columnName)
            found.append(
                Problem(.hiddenColumnsRead, nil, [.columns: names.joined(separator: "、")]))
        }
        let merged = table.merged.filter { $0.last.row > headerRow }
        if !merged.isEmpty {
            found.append(
                Self.listed(.mergedCellsRead, merged.prefix(10).map(\.description), merged.count))
        }
        return found
    }

    private var ofFormulas: [Problem] {
        let all = [
            (ProblemCode.formulasRead, table.formulas),
            (.formulasWithoutValue, table.formulasWithoutValue),
        ]
        return all.filter { $0.1.count > 0 }.map { code, places in
            Self.listed(code, places.first.map(\.description), places.count)
        }
    }

    /// The first places by name, and how many there are besides.
    private static func listed(_ code: ProblemCode, _ places: [String], _ count: Int) -> Problem {
        var needed: [Problem.Argument: String] = [.cells: places.joined(separator: "、")]
        if count > places.count { needed[.extra] = String(count - places.count) }
        return Problem(code, nil, needed)
    }
}
