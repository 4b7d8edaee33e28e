public import Words

/// A column of a workbook, under the heading of its year.
public struct BoundColumn: Sendable {
    public let heading: String
    public let meaning: ColumnMeaning
    /// Its physical name in the catalogue, where it stands once.
    let name: String
    let codes: CodeList?

    init(_ heading: String, _ meaning: ColumnMeaning, _ number: Int, _ codes: CodeList?) {
        name = meaning.name
        self.heading = meaning.repeats ? heading.replacing("{n}", with: String(number)) : heading
        self.meaning = meaning.repeats ? meaning.numbered(number) : meaning
        self.codes = codes
    }
}

/// Lines of a sheet as cells.
public struct SheetPage {
    public let count: Int
    /// After what the next lines come; nil when these are the last.
    public let next: Int?
    private let cells: (Int, (CellValue) -> Void) throws -> Void

    init(
        count: Int, next: Int?, cells: @escaping (Int, (CellValue) -> Void) throws -> Void
    ) {
        self.count = count
        self.next = next
        self.cells = cells
    }

    /// Gives the cells of a line in the order of the columns. Throws for what the tables cannot
    /// hold.
    public func row(_ index: Int, _ take: (CellValue) -> Void) throws { try cells(index, take) }
}

/// What stands below the headings of a sheet.
protocol SheetLines: Sendable {
    func page(
        _ context: SheetContext, after last: Int, _ reading: ReadStore
    ) async throws -> SheetPage
}

/// A sheet of a workbook: its columns in this year's order, and what stands below them.
public struct BoundSheet: Sendable {
    public let title: SheetTitle
    public let columns: [BoundColumn]
    /// What is counted for it besides the numbers of the basis.
    let tally: SheetTally?
    private let lines: any SheetLines

    init(
        title: SheetTitle, columns: [BoundColumn], tally: SheetTally?, lines: any SheetLines
    ) {
        self.title = title
        self.columns = columns
        self.tally = tally
        self.lines = lines
    }

    /// The lines after `last`; 0 is before the first.
    public func page(
        _ context: SheetContext, after last: Int, _ reading: ReadStore
    ) async throws -> SheetPage { try await lines.page(context, after: last, reading) }

    /// What sheet 91 says of its columns.
    public var definitions: [ColumnDefinition] {
        columns.map {
            ColumnDefinition(sheet: title.word, heading: $0.heading, $0.meaning)
        }
    }
}

extension [BoundSheet] {
    /// コード種別, コード, 名称 of every code that stands on these sheets.
    public func codes(
        _ context: SheetContext
    ) -> [(type: String, code: String, name: String)] {
        let columns = flatMap(\.columns)
        let shared = CodeList.shared.filter { list in
            columns.contains { list.columns.contains($0.name) }
        }
        return (shared + columns.compactMap(\.codes)).flatMap { list in
            list.codes(context).map { (list.word, $0.code, $0.name) }
        }
    }
}
