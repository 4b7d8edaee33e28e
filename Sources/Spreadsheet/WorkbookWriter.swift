/// A column of a sheet.
public struct ColumnFormat: Equatable, Sendable {
    /// How its cells are written. Codes and telephone numbers are text, so that their zeros stay
    /// and nothing is ever a formula; a day is a real date, shown as yyyy-mm-dd.
    public enum Content: Sendable { case text, number, day }

    public let heading: String
    public let content: Content
    /// For a column that people fill in; all that they type there is text.
    public let help: ColumnHelp?

    public init(heading: String, content: Content, help: ColumnHelp? = nil) {
        self.heading = heading
        self.content = content
        self.help = help
    }
}

/// What a spreadsheet offers and says to whoever fills in a column.
public struct ColumnHelp: Equatable, Sendable {
    /// Offered as a list; something else may be typed. At most 255 characters in all, with commas.
    public let choices: [String]
    /// Shown beside the cell; at most 255 characters.
    public let note: String
    /// Offered from another sheet, where they may be many and long; in the place of `choices`.
    public let list: ListOfCells?

    public init(choices: [String] = [], note: String = "", list: ListOfCells? = nil) {
        self.choices = choices
        self.note = note
        self.list = list
    }
}

/// The cells below the heading of the first column of a sheet of the same book.
public struct ListOfCells: Equatable, Sendable {
    public let sheet: String
    public let count: Int

    public init(of count: Int, onSheet sheet: String) {
        self.sheet = sheet
        self.count = count
    }
}

/// Why a workbook cannot be written; the limits are Excel's.
public enum WorkbookFault: Error, Equatable, Sendable {
    case sheetName(String)
    case noColumns
    case wrongCellCount(row: Int)
    case tooManyRows
    case textTooLong(row: Int)
    case notFinite(row: Int)
    case noSheets
    case tooLarge
}

/// Writes an XLSX workbook (ECMA-376) from front to back in flat memory: the caller adds cells row
/// by row and takes away the bytes that are ready. Headings in row 1, shaded, frozen, with a
/// filter; printed across the page, headings again on every sheet of paper. A column is as wide as
/// what its first thousand rows hold, because its width stands in the file before them. The same
/// cells give the same bytes.
public struct WorkbookWriter: ~Copyable {
    private var zip: ZipWriter
    private var sheets: [SheetSummary] = []
    private var columns: [ColumnFormat] = []
    private var names: [ShortText] = []
    private var widths = ColumnWidths()
    private var rowName = ShortText("1")
    private var xml = XMLBuffer(capacity: 64 << 10)
    private var row = 0
    private var column = 0
    private var fault: WorkbookFault?
    private var isOpen = false

    /// `tell` hears what goes into each part, unpacked.
    public init(tell: @escaping (PartOctets) -> Void = { _ in }) { zip = ZipWriter(tell: tell) }

    /// Bytes that are ready since the last call.
    public mutating func drain() -> [UInt8] { zip.drain() }

    /// Begins a sheet and writes its headings. Throws for a name that Excel refuses. A hidden one
    /// must not be the first.
    public mutating func beginSheet(
        _ name: String, _ columns: [ColumnFormat], isHidden: Bool = false
    ) throws(WorkbookFault) {
        guard !columns.isEmpty, columns.count <= 16_384 else { throw .noColumns }
        guard SheetSummary.allows(name), !sheets.contains(where: { $0.name == name }) else {
            throw .sheetName(name)
        }
        self.columns = columns
        names = columns.indices.map { ShortText(CellName.letters($0)) }
        widths = ColumnWidths(headings: columns.map(\.heading))
        sheets.append(
            SheetSummary(name: name, columnCount: columns.count, isHidden: isHidden))
        (row, column, isOpen) = (1, 0, true)
        zip.begin("xl/worksheets/sheet\(sheets.count).xml")
        try beginRow()
        for heading in columns.map(\.heading) { string(heading, style: "1") }
        try endRow()
    }

    /// Begins a row. Throws when the sheet is full.
    public mutating func beginRow() throws(WorkbookFault) {
        guard row <= 1_048_576 else { throw .tooManyRows }
        xml.reserve(Self.frame)
        rowName = ShortText(String(row))
        xml.put("<row r=\"")
        xml.put(rowName)
        xml.put("\">")
    }

    /// A text; in colour where it is to be looked at, also if nothing stands there.
    public mutating func text(_ value: String, isMarked: Bool = false) {
        if !value.isEmpty { return string(value, style: isMarked ? "4" : "2") }
        if isMarked { markedBlank() } else { blank() }
    }

    public mutating func number(_ value: Int) {
        beginCell()
        xml.put("\"><v>")
        let start = xml.count
        xml.put(value)
        widths.note(column - 1, xml.count - start)
        xml.put("</v></c>")
    }

    /// A number with a fraction; must be finite.
    public mutating func decimal(_ value: Double) {
        if !value.isFinite { fault = fault ?? .notFinite(row: row) }
        beginCell()
        let text = "\(value)"
        widths.note(column - 1, text.utf8.count)
        xml.append("\"><v>\(text)</v></c>")
    }

    /// A day by its number in Excel's 1900 system.
    public mutating func day(serial: Int) {
        beginCell()
        widths.note(column - 1, "2026-11-24".utf8.count)
        xml.put("\" s=\"3\"><v>")
        xml.put(serial)
        xml.put("</v></c>")
    }

    /// Nothing is known; not the same as 0.
    public mutating func blank() { column += 1 }

    /// Ends a row. Throws when it has another number of cells than the sheet has columns, or one of
    /// them was beyond what a cell can hold.
    public mutating func endRow() throws(WorkbookFault) {
        if let fault { throw fault }
        guard column == columns.count else { throw .wrongCellCount(row: row) }
        xml.reserve(Self.frame)
        xml.put("</row>")
        // Row 1 holds the headings.
        if xml.count > (widths.isOpen ? Self.measured : 32 << 10) || row == 1_001 { flush() }
        row += 1
        column = 0
    }

    public mutating func endSheet() {
        guard isOpen else { return }
        sheets[sheets.count - 1].rowCount = row - 1
        xml.append(WorkbookParts.sheetFoot(sheets[sheets.count - 1], columns))
        flush()
        zip.end()
        isOpen = false
    }

    /// The parts that name the sheets, and the directory. Throws when there is no sheet.
    public mutating func finish() throws(WorkbookFault) {
        endSheet()
        guard !sheets.isEmpty else { throw .noSheets }
        zip.add("xl/styles.xml", WorkbookParts.styles)
        zip.add("xl/workbook.xml", WorkbookParts.workbook(sheets))
        zip.add("xl/_rels/workbook.xml.rels", WorkbookParts.workbookLinks(sheets))
        zip.add("_rels/.rels", WorkbookParts.links)
        zip.add("[Content_Types].xml", WorkbookParts.contentTypes(sheets))
        try zip.finish()
    }

    /// What stands around the text of a cell or a row, and two numbers, at most.
    private static let frame = 160

    /// How much XML may wait for the widths of its columns, in octets.
    private static let measured = 4 << 20

    private mutating func beginCell() {
        xml.reserve(Self.frame)
        xml.put("<c r=\"")
        if column < names.count { xml.put(names[column]) }
        xml.put(rowName)
        column += 1
    }

    private mutating func markedBlank() {
        beginCell()
        xml.put("\" s=\"4\"/>")
    }

    private mutating func string(_ value: String, style: StaticString) {
        beginCell()
        xml.put("\" t=\"inlineStr\" s=\"")
        xml.put(style)
        var value = value
        let isTooLong = value.withUTF8 { bytes in
            xml.put(XMLText.needsPreserving(bytes) ? Self.preserved : Self.plain)
            xml.append(escaping: bytes)
            if widths.isOpen { widths.note(column - 1, ColumnWidths.of(bytes)) }
            // Excel counts UTF-16, of which there is never more than of UTF-8.
            return bytes.count > 32_767
        }
        if isTooLong, value.utf16.count > 32_767 { fault = fault ?? .textTooLong(row: row) }
        xml.reserve(Self.frame)
        xml.put("</t></is></c>")
    }

    private static let preserved: StaticString = "\"><is><t xml:space=\"preserve\">"
    private static let plain: StaticString = "\"><is><t>"

    /// What waits goes out, behind the head of its sheet.
    private mutating func flush() {
        if widths.isOpen {
            var head = WorkbookParts.sheetHead(
                widths.close(), columns, isFirst: sheets.count == 1)
            head.withUTF8 { zip.write($0) }
        }
        xml.empty { zip.write($0) }
    }
}
