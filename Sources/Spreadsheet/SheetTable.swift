/// A record of a file. `row` is its number as a spreadsheet shows it: a line end inside quotation
/// marks begins no row, an empty line is one.
public struct TableRecord: Sendable, Equatable {
    public let row: Int
    public internal(set) var cells: [String]

    public init(row: Int, cells: [String]) {
        self.row = row
        self.cells = cells
    }
}

/// Where a cell stands; its column from 0, its row from 1.
public struct CellPlace: Hashable, Sendable, CustomStringConvertible {
    public let column, row: Int

    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }

    /// As a spreadsheet calls it: C5.
    public var description: String { CellName.letters(column) + String(row) }

    /// A, B, … Z, AA, … for 0, 1, …
    public static func columnName(_ column: Int) -> String { CellName.letters(column) }

    /// The last that there can be.
    static let last = CellPlace(column: 16_383, row: 1_048_576)

    /// Reads C5; nil for what is no place of a sheet.
    init?(_ text: UnsafePointer<CChar>) {
        var (place, column, row) = (text, 0, 0)
        while (0x41...0x5A).contains(place.pointee), column <= Self.last.column {
            column = column * 26 + Int(place.pointee - 0x40)
            place += 1
        }
        while (0x30...0x39).contains(place.pointee), row <= Self.last.row {
            row = row * 10 + Int(place.pointee - 0x30)
            place += 1
        }
        guard place.pointee == 0, (1...Self.last.column + 1).contains(column),
            (1...Self.last.row).contains(row)
        else { return nil }
        self.init(column: column - 1, row: row)
    }
}

/// Cells that are shown as one.
public struct CellRange: Equatable, Sendable, CustomStringConvertible {
    public let first, last: CellPlace

    public var description: String { "\(first):\(last)" }

    /// Reads B3:B5.
    init?(_ text: String) {
        let ends = text.split(separator: ":").compactMap { CellPlace(String($0)) }
        guard ends.count == 2, ends[0].column <= ends[1].column, ends[0].row <= ends[1].row else {
            return nil
        }
        (first, last) = (ends[0], ends[1])
    }
}

/// A sheet of a book as rows of text, and what is behind the texts.
public struct SheetTable: Sendable {
    /// Rows that hold something, in their order, each to its last cell that does.
    public internal(set) var records: [TableRecord] = []
    /// The texts of cells with the kana that the spreadsheet kept.
    public internal(set) var readings: [CellPlace: String] = [:]
    /// Cells that are shown as one. What stands in them is given to every row of them.
    public internal(set) var merged: [CellRange] = []
    /// Rows that hold something and are not shown, by hand or by a filter.
    public internal(set) var hiddenRows: [Int] = []
    /// Columns that hold something and are not shown, from 0.
    public internal(set) var hiddenColumns: [Int] = []
    /// Cells that are calculated; what the file keeps of them was read.
    public internal(set) var formulas = PlaceList()
    /// Those of which the file keeps nothing.
    public internal(set) var formulasWithoutValue = PlaceList()

    /// Gives what stands in merged cells to each of their rows that holds anything: people see it
    /// beside all of them. How many that are is bounded by the rows and the ranges.
    mutating func fillMerged() {
        for range in merged where range.last.row > range.first.row {
            let start = place(of: range.first.row)
            guard start < records.count, records[start].row == range.first.row,
                range.first.column < records[start].cells.count
            else { continue }
            let text = records[start].cells[range.first.column]
            for index in records[(start + 1)...].indices {
                guard records[index].row <= range.last.row else { break }
                records[index].fill(range.first.column, text)
            }
        }
    }

    /// Of the first record that is not above a row.
    private func place(of row: Int) -> Int {
        var (low, high) = (0, records.count)
        while low < high {
            let middle = (low + high) / 2
            if records[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension TableRecord {
    fileprivate mutating func fill(_ column: Int, _ text: String) {
        while cells.count <= column { cells.append("") }
        if cells[column].isEmpty { cells[column] = text }
    }
}

/// Places of which the first are named.
public struct PlaceList: Equatable, Sendable {
    public private(set) var first: [CellPlace] = []
    public private(set) var count = 0

    mutating func append(_ place: CellPlace) {
        count += 1
        if first.count < 10 { first.append(place) }
    }
}
