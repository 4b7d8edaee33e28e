internal import Enrollment
internal import Spreadsheet
internal import Words

/// What stands in a cell.
enum CellValue {
    case text(String)
    case number(Int)
    case day(Day?)
    /// Nothing is known.
    case blank
}

extension WorkbookWriter {
    mutating func add(_ value: CellValue) {
        switch value {
        case .text(let text): self.text(text)
        case .number(let number): self.number(number)
        case .day(let day?): self.day(serial: day.spreadsheetSerial)
        case .day(nil), .blank: blank()
        }
    }

    mutating func row(_ values: [CellValue]) throws {
        try beginRow()
        for value in values { add(value) }
        try endRow()
    }

    /// A whole sheet after its layout.
    mutating func sheet<Column: SheetColumn, Line>(
        _ layout: MinistrySheet<Column>, _ lines: [Line], _ value: (Line, Column) -> CellValue
    ) throws {
        try begin(layout)
        for line in lines { try row(layout.columns.map { value(line, $0) }) }
        endSheet()
    }

    mutating func begin<Column: SheetColumn>(_ layout: MinistrySheet<Column>) throws {
        try beginSheet(
            Column.sheet.word,
            layout.entries.map { ColumnFormat(heading: $0.heading, content: $0.column.content) })
    }

    /// A sheet whose headings are ours: 00, 90, 91.
    mutating func sheet(_ sheet: FixedSheet, _ rows: [[CellValue]]) throws {
        try beginSheet(
            sheet.word,
            sheet.columns.map { ColumnFormat(heading: $0.heading, content: $0.type.content) })
        for cells in rows { try row(cells) }
        endSheet()
    }

    mutating func sheet(_ sheet: FixedSheet, texts rows: [[String]]) throws {
        try self.sheet(sheet, rows.map { $0.map { .text($0) } })
    }
}

extension SheetColumn {
    var content: ColumnFormat.Content { type.content }
}

extension ColumnType {
    fileprivate var content: ColumnFormat.Content {
        switch self {
        case .text: .text
        case .number: .number
        case .date: .day
        }
    }
}
