internal import Enrollment
internal import Spreadsheet
internal import Store
internal import Words

extension Office {
    /// Largest file: a setting, kept in `ops/limits.md`.
    static let groupLimits = CSVLimits(rows: 30_010, bytes: 20 << 20)
    static let bookLimits = BookLimits(
        rows: 30_010, cells: 4_000_000, text: 64 << 20, inflated: 256 << 20)
}

/// 団体の名簿 as it was sent, whatever kind of file: the one door through which its rows come, when it
/// is planned, planned again, and given back to be corrected.
struct GroupTable: Sendable {
    /// What it was written as; what is given back is written the same way.
    enum Format: Sendable {
        case csv(CSVFormat)
        case book

        /// For a column of the database.
        var description: String {
            switch self {
            case .csv(let format): format.description
            case .book: GroupFileRecord.bookFormat
            }
        }
    }

    let format: Format
    let records: [GroupRecord]
    let notices: SheetNotices?
    /// Nil of a CSV file.
    let sheets: FileSheets?

    /// Why there are no rows: something for people to correct.
    struct Fault: Error {
        let problem: Problem
    }

    /// Reads all rows; takes a while: away from the loop.
    static func read(
        _ source: SheetToRead, under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) throws(Fault) -> GroupTable {
        let bytes = source.bytes
        if bytes.count <= Office.groupLimits.bytes, ForeignFile.of(bytes) == .workbook {
            return try book(source, under: rules, choosing: choices)
        }
        let csv: CSVFile
        do { csv = try CSVFile.read(bytes, limits: Office.groupLimits) } catch {
            throw Fault(problem: error.problem)
        }
        guard source.sheet == .likeliest else { throw Fault(problem: Problem(.sheetNotThere)) }
        return GroupTable(
            format: .csv(csv.format), records: csv.records.map(GroupRecord.init), notices: nil,
            sheets: nil)
    }

    private static func book(
        _ source: SheetToRead, under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) throws(Fault) -> GroupTable {
        let table: GroupTable
        do { table = try GroupBook.read(source, under: rules, choosing: choices) } catch {
            switch error {
            case .book(let fault): throw Fault(problem: fault.problem)
            case .noSuchSheet(let names):
                let listed = names.prefix(20).map { "「\($0)」" }.joined(separator: "、")
                throw Fault(problem: Problem(.sheetNotThere, nil, [.headings: listed]))
            }
        }
        guard !table.records.isEmpty else { throw Fault(problem: Problem(.fileWithoutRows)) }
        return table
    }

    /// The record of a row as a spreadsheet numbers it; a book need not hold every row.
    func record(ofRow row: Int) -> GroupRecord? {
        var (low, high) = (0, records.count)
        while low < high {
            let middle = (low + high) / 2
            if records[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return low < records.count && records[low].row == row ? records[low] : nil
    }
}

extension GroupRecord {
    init(_ record: TableRecord) { self.init(row: record.row, cells: record.cells) }
}

extension CSVFault {
    fileprivate static func size(_ rows: Int, _ bytes: Int) -> String {
        (rows == 0 ? "" : "\(rows.grouped)行、") + "\(bytes >> 20)MB"
    }

    var problem: Problem {
        switch self {
        case .empty: Problem(.fileWithoutRows)
        case .tooLarge(let rows, let bytes):
            Problem(.fileTooLarge, nil, [.count: Self.size(rows, bytes)])
        case .notCSV(let kind): Problem(.fileOfAnotherKind, nil, [.kind: kind.rawValue])
        case .undecodable(let row): Problem(.encodingUnknown, nil, [.number: String(row)])
        case .brokenCharacter(let row): Problem(.rowOctetsBroken, nil, [.number: String(row)])
        case .savedGarbled: Problem(.fileGarbled)
        case .unclosedQuote(let row): Problem(.quoteNotClosed, nil, [.number: String(row)])
        }
    }
}

extension BookFault {
    var problem: Problem {
        switch self {
        case .tooManyRows(let rows):
            Problem(.fileTooLarge, nil, [.count: "\(rows.grouped)行以上"])
        case .damaged, .encrypted, .macros, .externalLinks, .documentType, .inflated:
            Problem(.fileOfAnotherKind, nil, [.kind: "\(self)"])
        }
    }
}
