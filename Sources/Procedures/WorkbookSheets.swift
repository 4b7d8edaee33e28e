internal import Enrollment
internal import Spreadsheet
internal import Store
internal import Words

extension WorkbookWriter {
    mutating func add(_ value: CellValue) {
        switch value {
        case .text(let text): self.text(text)
        case .number(let number): self.number(number)
        case .decimal(let number): decimal(number)
        case .day(let day?): self.day(serial: day.spreadsheetSerial)
        case .day(nil), .blank: blank()
        }
    }

    mutating func begin(_ sheet: BoundSheet) throws {
        try beginSheet(
            sheet.title.word,
            sheet.columns.map {
                ColumnFormat(heading: $0.heading, content: $0.meaning.type.content)
            })
    }

    mutating func add(_ page: SheetPage) throws {
        for index in 0..<page.count {
            try beginRow()
            try page.row(index) { add($0) }
            try endRow()
        }
    }

    /// A sheet whose headings are ours: 00, 90, 91.
    mutating func sheet(_ sheet: FixedSheet, _ rows: [[CellValue]]) throws {
        try beginSheet(
            sheet.word,
            sheet.columns.map { ColumnFormat(heading: $0.heading, content: $0.type.content) })
        for cells in rows {
            try beginRow()
            for cell in cells { add(cell) }
            try endRow()
        }
        endSheet()
    }

    mutating func sheet(_ sheet: FixedSheet, texts rows: [[String]]) throws {
        try self.sheet(sheet, rows.map { $0.map { .text($0) } })
    }
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
