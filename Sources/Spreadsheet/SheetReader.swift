/// Reads a sheet of a book, cell by cell.
final class SheetReader: PartReader {
    private(set) var table = SheetTable()
    private let contents: BookContents
    private let limits: BookLimits
    private let lastRow: Int

    private var record = TableRecord(row: 0, cells: [])
    private var isRowHidden = false
    private var cell = SheetCell()
    private var rich = RichText()
    private var octets: [UInt8] = []
    private var isInText = false
    private var hidden: Set<Int> = []
    private var (cellCount, textCount, columnMarks) = (0, 0, 0)
    /// How deep in what spreadsheets add for themselves; nothing there is a cell.
    private var extensionDepth = 0

    init(_ contents: BookContents, _ limits: BookLimits, upTo row: Int) {
        self.contents = contents
        self.limits = limits
        lastRow = row
    }

    override func begin(_ name: XMLName, _ attributes: XMLAttributes) {
        if extensionDepth > 0 {
            extensionDepth += 1
            return
        }
        switch name {
        case "c": beginCell(attributes)
        case "v": beginText(isValue: true)
        case "t": beginText(isValue: false)
        case "f": cell.isFormula = true
        case "row": beginRow(attributes)
        case "rPh": rich.beginReading(attributes.number("sb"), attributes.number("eb"))
        case "mergeCell": addMerged(attributes)
        case "col": addColumns(attributes)
        case "extLst": extensionDepth = 1
        default: break
        }
    }

    override func end(_ name: XMLName) {
        if extensionDepth > 0 {
            extensionDepth -= 1
            return
        }
        switch name {
        case "c": endCell()
        case "v": isInText = false
        case "t":
            rich.append(octets)
            isInText = false
        case "row": endRow()
        case "rPh": rich.endReading()
        default: break
        }
    }

    override func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard isInText else { return }
        octets += piece
        // Three octets for each character that a cell can hold.
        if octets.count > 3 * 32_767 { stop(.damaged) }
    }

    private func beginText(isValue: Bool) {
        if !octets.isEmpty { octets.removeAll(keepingCapacity: true) }
        isInText = true
        if isValue { cell.hasValue = true }
    }

    // MARK: rows

    private func beginRow(_ attributes: XMLAttributes) {
        let row = attributes.number("r") ?? record.row + 1
        guard row > record.row, row <= CellPlace.last.row else { return stop(.damaged) }
        if row > lastRow { return stop() }
        record = TableRecord(row: row, cells: [])
        cell = SheetCell()
        isRowHidden = attributes.isTrue("hidden")
    }

    private func endRow() {
        guard !record.cells.isEmpty else { return }
        table.records.append(record)
        cellCount += record.cells.count
        if isRowHidden { table.hiddenRows.append(record.row) }
        addHidden()
        if table.records.count > limits.rows { stop(.tooManyRows(table.records.count)) }
        if cellCount > limits.cells { stop(.inflated) }
    }

    /// Each column once, however often it is named and however many rows hold something in it.
    private func addHidden() {
        if hidden.isEmpty { return }
        for column in record.cells.indices where !record.cells[column].isEmpty {
            if hidden.remove(column) != nil { table.hiddenColumns.append(column) }
        }
    }

    private func addColumns(_ attributes: XMLAttributes) {
        guard attributes.isTrue("hidden"), let first = attributes.number("min"),
            let last = attributes.number("max"), first >= 1, last >= first,
            last <= CellPlace.last.column + 1, columnMarks < 1_000
        else { return }
        columnMarks += 1
        hidden.formUnion(first - 1..<last)
    }

    /// Every row of them may have to be made as long as they stand far to the right.
    private func addMerged(_ attributes: XMLAttributes) {
        guard let range = attributes["ref"].flatMap({ CellRange($0) }) else { return }
        let rows = min(range.last.row - range.first.row, limits.rows)
        cellCount += rows * (range.first.column + 1)
        if cellCount > limits.cells { return stop(.inflated) }
        table.merged.append(range)
    }

    // MARK: cells

    private func beginCell(_ attributes: XMLAttributes) {
        let said = attributes.ofCell
        let next = CellPlace(column: cell.place.column + 1, row: record.row)
        guard let place = said.place.map({ CellPlace($0) }) ?? next, place.row == record.row,
            place.column > cell.place.column,
            place.column <= CellPlace.last.column
        else { return stop(.damaged) }
        cell = SheetCell(
            at: place, kind: said.kind.map(SheetCell.Kind.init) ?? .number, style: said.style)
        if !octets.isEmpty { octets.removeAll(keepingCapacity: true) }
        if cell.kind == .inline { rich.clear() }
    }

    private func endCell() {
        if cell.isFormula {
            // An empty number is what libraries write that do not calculate; an empty text is a
            // result.
            if cell.hasValue, cell.kind != .number || !octets.isEmpty {
                table.formulas.append(cell.place)
            } else {
                table.formulasWithoutValue.append(cell.place)
            }
        }
        guard let text = cellText, !text.text.isEmpty else { return }
        // Excel's limit, of which there is never more than of UTF-8.
        if text.text.utf8.count > 32_767, text.text.utf16.count > 32_767 { return stop(.damaged) }
        textCount += text.text.utf8.count
        if textCount > limits.text { return stop(.inflated) }
        while record.cells.count < cell.place.column { record.cells.append("") }
        record.cells.append(text.text)
        if let reading = text.reading { table.readings[cell.place] = reading }
    }

    /// What people read in the cell; nil for nothing.
    private var cellText: SharedText? {
        switch cell.kind {
        case .inline: return rich.finished
        case .shared:
            guard let index = sharedIndex, index < contents.texts.count
            else { return cell.hasValue ? damagedText : nil }
            return contents.texts[index]
        default:
            let raw = EscapedText.plain(octets)
            return raw.isEmpty ? nil : SharedText(text: plainText(raw), reading: nil)
        }
    }

    private var sharedIndex: Int? {
        guard !octets.isEmpty, octets.count < 10 else { return nil }
        var index = 0
        for digit in octets {
            guard (0x30...0x39).contains(digit) else { return nil }
            index = index * 10 + Int(digit - 0x30)
        }
        return index
    }

    private var damagedText: SharedText? {
        stop(.damaged)
        return nil
    }

    private func plainText(_ raw: String) -> String {
        switch cell.kind {
        case .truth: return raw == "1" || raw == "true" ? "TRUE" : "FALSE"
        case .date: return SheetCell.date(raw)
        case .number:
            let format =
                contents.formats.indices.contains(cell.style)
                ? contents.formats[cell.style] : .plain
            return CellNumber.text(raw, format, countsFrom1904: contents.countsFrom1904)
        default: return raw
        }
    }
}

/// A cell on its way in.
struct SheetCell {
    enum Kind {
        case number, shared, inline, truth, date
        /// What a formula came to, or the name of an error.
        case text

        init(_ name: UnsafePointer<CChar>) {
            self =
                switch (name[0], name[0] == 0 ? 0 : name[1]) {
                case (0x73, 0): .shared
                case (0x62, 0): .truth
                case (0x64, 0): .date
                case (0x65, 0): .text
                default: Self.named(String(cString: name))
                }
        }

        private static func named(_ name: String) -> Kind {
            switch name {
            case "inlineStr": .inline
            case "str": .text
            default: .number
            }
        }
    }

    let place: CellPlace
    let kind: Kind
    let style: Int
    var isFormula = false
    var hasValue = false

    /// Before the first of a row.
    init() { self.init(at: CellPlace(column: -1, row: 0), kind: .number, style: 0) }

    init(at place: CellPlace, kind: Kind, style: Int) {
        self.place = place
        self.kind = kind
        self.style = style
    }

    /// 2026-09-01T00:00:00, as strict books may hold days, as 2026/9/1.
    static func date(_ text: String) -> String {
        let parts = text.split(separator: "T", maxSplits: 1)
        let numbers = parts.first?.split(separator: "-").compactMap { Int($0) } ?? []
        guard numbers.count == 3 else { return text }
        let day = "\(numbers[0])/\(numbers[1])/\(numbers[2])"
        let clock = parts.count == 2 ? parts[1].prefix(5) : "00:00"
        return clock == "00:00" ? day : "\(day) \(clock)"
    }
}
