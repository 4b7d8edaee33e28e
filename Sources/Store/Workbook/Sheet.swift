internal import Enrollment
internal import Postgres
internal import Words

/// A sheet of the catalogue: everything that a layout may bind, and where its lines come from.
struct Sheet<Line: Sendable>: Sendable {
    /// What a page of lines is asked for.
    struct Question {
        /// What the lines need themselves and what the columns that are bound ask for, in the order
        /// in which it is read: all that stands between SELECT and FROM.
        let columns: SQL
        /// The end of the page before; 0 at first.
        let after: Int
    }

    /// Some lines, and after what the next ones come; nil when these were the last.
    typealias Page = (lines: [Line], next: Int?)

    let title: SheetTitle
    let columns: [SheetColumn<Line>]
    /// What a line needs to be made, whatever is bound: `t.true_from AS entry_from`.
    let needs: [SQL]
    let tally: SheetTally?
    let page: @Sendable (SheetContext, Question, ReadStore) async throws -> Page

    /// A sheet that asks the tables.
    init(
        _ title: SheetTitle, _ columns: [SheetColumn<Line>], needing needs: [SQL] = [],
        counting tally: SheetTally? = nil,
        asking page: @escaping @Sendable (SheetContext, Question, ReadStore) async throws -> Page
    ) {
        self.title = title
        self.columns = columns
        self.needs = needs
        self.tally = tally
        self.page = page
    }

    /// A sheet whose lines are known already.
    init(
        _ title: SheetTitle, _ columns: [SheetColumn<Line>],
        of lines: @escaping @Sendable (SheetContext) -> [Line]
    ) {
        self.init(title, columns, asking: { context, _, _ in (lines(context), nil) })
    }
}

/// How a sheet is called.
public struct SheetTitle: Sendable {
    /// What the workbook orders its sheets by: 01.
    public let number: String
    /// 任命者名簿.
    let name: String
    /// In the name of its layout.
    let file: String

    init(_ number: String, _ name: String, file: String) {
        self.number = number
        self.name = name
        self.file = file
    }

    /// The name of the sheet in the workbook: 01_任命者名簿.
    public var word: String { "\(number)_\(name)" }

    /// Whether its lines are the appointments that an export counts.
    public var isRoster: Bool { number == RosterSheet.sheet.title.number }

    /// Whether it tells of the workbook itself, behind 90 コード表 and 91 項目定義.
    public var isReference: Bool { number > "91" }

    /// The name of its layout in `Exports/ministry/YEAR/`.
    public var layoutFile: String { "\(number)_\(file).layout" }
}

/// A sheet of the catalogue, whatever its lines are.
protocol CatalogueSheet: Sendable {
    var title: SheetTitle { get }
    /// Binds this year's headings to what is known, and columns that repeat to each number. Throws
    /// for the first heading that names nothing.
    func bind(_ layout: SheetLayout, repeating numbers: [Int]) throws(LayoutFault) -> BoundSheet
}

extension Sheet: CatalogueSheet {
    func bind(_ layout: SheetLayout, repeating numbers: [Int]) throws(LayoutFault) -> BoundSheet {
        var asked = needs
        var columns: [BoundColumn] = []
        var cells: [@Sendable (Line) throws -> CellValue] = []
        for (entry, number) in layout.entries.repeated(for: numbers) {
            guard let column = self.columns.first(where: { $0.meaning.name == entry.name }) else {
                throw .unknownColumn(line: entry.line, name: entry.name)
            }
            let place = SheetColumn<Line>.Place(inAnswer: asked.count, number: number)
            if let source = column.source { asked.append(source) }
            columns.append(BoundColumn(entry.heading, column.meaning, number, column.codes))
            cells.append { [cell = column.cell] in try cell($0, place) }
        }
        let lines = BoundLines(sheet: self, asked: .list(asked), cells: cells)
        return BoundSheet(title: title, columns: columns, tally: tally, lines: lines)
    }
}

/// Lines of a sheet, with the columns that this year's layout binds.
private struct BoundLines<Line: Sendable>: SheetLines {
    let sheet: Sheet<Line>
    let asked: SQL
    let cells: [@Sendable (Line) throws -> CellValue]

    func page(
        _ context: SheetContext, after last: Int, _ reading: ReadStore
    ) async throws -> SheetPage {
        let question = Sheet<Line>.Question(columns: asked, after: last)
        let (lines, next) = try await sheet.page(context, question, reading)
        return SheetPage(count: lines.count, next: next) { [cells] index, take in
            let line = lines[index]
            for cell in cells { take(try cell(line)) }
        }
    }
}

extension [SheetLayout.Entry] {
    /// Those that repeat once for each number: what stands side by side all of the first number,
    /// then all of the next.
    fileprivate func repeated(for numbers: [Int]) -> [(entry: SheetLayout.Entry, number: Int)] {
        guard let first = firstIndex(where: \.repeats) else { return map { ($0, 0) } }
        let side = self[first...].prefix(while: \.repeats)
        return self[..<first].map { ($0, 0) }
            + numbers.flatMap { number in side.map { ($0, number) } }
            + Array(self[side.endIndex...]).repeated(for: numbers)
    }
}
