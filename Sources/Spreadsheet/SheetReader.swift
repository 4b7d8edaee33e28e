/// Reads a sheet of a book, cell by cell.
final class SheetReader: PartReader {
    private var rows: SheetRows
    private var plain = PlainRows()
    private var cell = SheetCell()
    private var rich = RichText()
    private var octets: [UInt8] = []
    private var isInText = false
    /// Of rows and cells, of which there should be none in another of its kind.
    private var depth = 0
    /// How deep in what spreadsheets add for themselves; nothing there is a cell.
    private var extensionDepth = 0

    /// Gives each row that holds something, in their order, to its last cell that does.
    init(
        _ contents: BookContents, _ limits: BookLimits, upTo row: Int,
        each: @escaping (TextRow) -> Void
    ) {
        rows = SheetRows(contents, limits, upTo: row, each: each)
        super.init(unit: "</row>")
    }

    /// All but the records.
    var notes: SheetTable { rows.notes }

    override func readUnits(_ octets: UnsafeBufferPointer<UInt8>) -> Int {
        let count = plain.read(octets, into: &rows, spacing: declaresSpacing)
        stopAtEnd()
        return count
    }

    private func stopAtEnd() {
        switch rows.end {
        case .fault(let fault): stop(fault)
        case .enough: stop()
        case nil: break
        }
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
        case "c":
            endCell()
            depth -= 1
        case "v": isInText = false
        case "t":
            rich.append(octets)
            isInText = false
        case "row":
            rows.endRow()
            stopAtEnd()
            depth -= 1
            if depth == 0, !isInText { unitEnded() }
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
        depth += 1
        rows.beginRow(attributes.number("r"), isHidden: attributes.isTrue("hidden"))
        cell = SheetCell()
        stopAtEnd()
    }

    private func addColumns(_ attributes: XMLAttributes) {
        guard attributes.isTrue("hidden"), let first = attributes.number("min"),
            let last = attributes.number("max")
        else { return }
        rows.hideColumns(first, last)
    }

    private func addMerged(_ attributes: XMLAttributes) {
        guard let range = attributes["ref"].flatMap({ CellRange($0) }) else { return }
        rows.merge(range)
        stopAtEnd()
    }

    // MARK: cells

    private func beginCell(_ attributes: XMLAttributes) {
        depth += 1
        let said = attributes.ofCell
        let next = CellPlace(column: cell.place.column + 1, row: rows.row)
        guard let place = said.place.map({ CellPlace($0) }) ?? next, place.row == rows.row,
            place.column > cell.place.column,
            place.column <= CellPlace.last.column
        else { return stop(.damaged) }
        cell = SheetCell(
            at: place, kind: said.kind.map(SheetCell.Kind.init) ?? .number, style: said.style)
        if !octets.isEmpty { octets.removeAll(keepingCapacity: true) }
        if cell.kind == .inline { rich.clear() }
    }

    private func endCell() {
        if cell.kind == .inline {
            rows.add(cell, rich: rich.finished)
        } else {
            // Octets behind them may be read.
            octets.reserveCapacity(octets.count + PlainXML.margin)
            octets.withUnsafeBufferPointer { rows.add(cell, $0) }
        }
        stopAtEnd()
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
