/// Reads rows of a sheet in one pass, as long as they are plain.
struct PlainRows: ~Copyable {
    private let kinds = OctetKinds()
    /// Those of a row, which is read to its end before any of them is taken.
    private let cells = UnsafeMutableBufferPointer<PlainCell>.allocate(
        capacity: CellPlace.last.column + 1)
    private var count = 0
    private var decoded: [UInt8] = []
    private var shared = 0

    private struct PlainCell {
        var cell: SheetCell
        var text: PlainXML.Text?
    }

    private struct RowHead {
        var number: Int?
        var isHidden = false
    }

    deinit { cells.deallocate() }

    /// Adds the rows that these octets begin with. Gives how many octets those were: all, or up to
    /// what is not plain. They end with the end of a row.
    mutating func read(
        _ octets: UnsafeBufferPointer<UInt8>, into rows: inout SheetRows, spacing: Bool
    ) -> Int {
        guard let start = octets.baseAddress else { return 0 }
        shared = rows.sharedCount
        let end = start + octets.count
        var xml = PlainXML(start, kinds)
        var done = start
        while done < end, rows.end == nil {
            xml.skipSpace()
            guard xml.take("<row"), let head = row(&xml, after: rows.row, spacing) else { break }
            rows.beginRow(head.number, isHidden: head.isHidden)
            if rows.end != nil { break }
            for index in 0..<count { add(cells[index], to: &rows) }
            rows.endRow()
            done = xml.place
        }
        return done - start
    }

    private mutating func add(_ plain: PlainCell, to rows: inout SheetRows) {
        guard let text = plain.text else {
            return rows.add(plain.cell, UnsafeBufferPointer(start: nil, count: 0))
        }
        guard text.hasEntities else { return rows.add(plain.cell, text.octets) }
        text.decoded(into: &decoded)
        decoded.reserveCapacity(decoded.count + PlainXML.margin)
        decoded.withUnsafeBufferPointer { rows.add(plain.cell, $0) }
    }

    // MARK: a row

    /// Nil where it is not plain.
    private mutating func row(
        _ xml: inout PlainXML, after last: Int, _ spacing: Bool
    ) -> RowHead? {
        count = 0
        var head = RowHead()
        var seen = SeenNames()
        while xml.octet == 0x20, !xml.isAt(" />") {
            guard let attribute = xml.attribute(),
                seen.add(attribute.name, of: spacing ? RowNames.withSpacing : RowNames.all),
                take(attribute, into: &head)
            else { return nil }
        }
        if xml.take("/>") || xml.take(" />") { return head }
        guard xml.take(">") else { return nil }
        let number = head.number ?? last + 1
        var column = -1
        while true {
            xml.skipSpace()
            if xml.take("</row>") { return head }
            guard xml.take("<c"), let cell = cell(&xml, number, after: column) else { return nil }
            column = cell.cell.place.column
            guard column < cells.count else { return nil }
            // An empty cell is nothing but a colour or a line.
            if cell.cell.hasValue || cell.text != nil || cell.cell.isFormula {
                cells.initializeElement(at: count, to: cell)
                count += 1
            }
        }
    }

    private func take(_ attribute: PlainXML.Attribute, into head: inout RowHead) -> Bool {
        let value = attribute.value
        switch attribute.name.count {
        case 1 where attribute.name[0] == 0x72:
            guard let number = SheetRows.sharedIndex(value) else { return false }
            head.number = number
        case 6 where attribute.name[0] == 0x68:
            head.isHidden = value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
        default: break
        }
        return true
    }

    // MARK: a cell

    @inline(__always)
    private func cell(
        _ xml: inout PlainXML, _ row: Int, after last: Int
    ) -> PlainCell? {
        guard var cell = head(&xml, row, after: last) else { return nil }
        if xml.take("/>") || xml.take(" />") { return PlainCell(cell: cell, text: nil) }
        guard xml.take(">") else { return nil }
        if xml.octet == 0x3C, xml.isAt("<f") {
            guard Self.takeFormula(&xml) else { return nil }
            cell.isFormula = true
        }
        var text: PlainXML.Text?
        if xml.take("<v>") {
            cell.hasValue = true
            text = xml.text()
            guard text != nil, xml.take("</v>") else { return nil }
        } else if xml.take("<v/>") || xml.take("<v />") {
            cell.hasValue = true
            guard cell.kind != .shared, cell.kind != .inline else { return nil }
        } else if xml.take("<is><t") {
            guard cell.kind == .inline, xml.take(">") || xml.take(" xml:space=\"preserve\">")
            else { return nil }
            text = xml.text()
            guard text != nil, xml.take("</t></is>") else { return nil }
        }
        guard xml.take("</c>"), isPlain(cell, text) else { return nil }
        return PlainCell(cell: cell, text: text)
    }

    private func isPlain(_ cell: SheetCell, _ text: PlainXML.Text?) -> Bool {
        // What is longer than any cell, somebody else refuses.
        guard let text else { return true }
        switch cell.kind {
        case .inline: return !cell.hasValue && text.octets.count <= 3 * 32_767
        case .shared:
            guard let index = SheetRows.sharedIndex(text.octets) else { return false }
            return index < shared
        default: return text.octets.count <= 3 * 32_767
        }
    }

    /// Its place, its kind and its style.
    @inline(__always)
    private func head(_ xml: inout PlainXML, _ row: Int, after last: Int) -> SheetCell? {
        var (column, kind, style) = (-1, SheetCell.Kind?.none, -1)
        // Some write a space before the end of an empty one.
        while xml.octet == 0x20, !xml.isAt(" />") {
            xml.advance()
            if xml.take("r=\"") {
                guard column < 0, let place = Self.column(&xml, of: row) else { return nil }
                column = place
            } else if xml.take("s=\"") {
                guard style < 0, let number = xml.quotedNumber() else { return nil }
                style = number
            } else if xml.take("t=\"") {
                guard kind == nil, let named = Self.kind(&xml) else { return nil }
                kind = named
            } else {
                return nil
            }
        }
        if column < 0 { column = last + 1 }
        guard column > last else { return nil }
        return SheetCell(
            at: CellPlace(column: column, row: row), kind: kind ?? .number, style: max(style, 0))
    }

    @inline(__always)
    private static func column(_ xml: inout PlainXML, of row: Int) -> Int? {
        var column = 0
        while (0x41...0x5A).contains(xml.octet), column <= CellPlace.last.column {
            column = column * 26 + Int(xml.octet - 0x40)
            xml.advance()
        }
        guard column > 0, xml.quotedNumber() == row else { return nil }
        return column - 1
    }

    @inline(__always)
    private static func kind(_ xml: inout PlainXML) -> SheetCell.Kind? {
        if xml.take("s\"") { return .shared }
        if xml.take("n\"") { return .number }
        if xml.take("str\"") || xml.take("e\"") { return .text }
        if xml.take("inlineStr\"") { return .inline }
        if xml.take("b\"") { return .truth }
        return nil
    }

    private static func takeFormula(_ xml: inout PlainXML) -> Bool {
        xml.advance(2)
        var seen = SeenNames()
        while xml.octet == 0x20 {
            guard let attribute = xml.attribute(), seen.add(attribute.name, of: RowNames.formula)
            else { return false }
        }
        if xml.take("/>") { return true }
        return xml.take(">") && xml.text() != nil && xml.take("</f>")
    }
}

/// Names of attributes that stand at an element, each once.
private struct SeenNames {
    private var seen: UInt64 = 0

    mutating func add(_ name: UnsafeBufferPointer<UInt8>, of known: [StaticString]) -> Bool {
        for (index, expected) in known.enumerated()
        where expected.utf8CodeUnitCount == name.count {
            guard (0..<name.count).allSatisfy({ name[$0] == expected.utf8Start[$0] }) else {
                continue
            }
            let mark: UInt64 = 1 << UInt64(index)
            guard seen & mark == 0 else { return false }
            seen |= mark
            return true
        }
        return false
    }
}

/// The attributes that are known; of a formula none says anything to us.
private enum RowNames {
    static let all: [StaticString] = [
        "r", "spans", "ht", "customHeight", "s", "customFormat", "hidden", "outlineLevel",
        "collapsed", "thickTop", "thickBot", "ph",
    ]
    /// Where the prefix of Excel's own attributes was declared.
    static let withSpacing: [StaticString] = all + ["x14ac:dyDescent"]
    static let formula: [StaticString] = ["t", "ref", "si", "ca", "aca", "dt2D", "dtr", "r1", "r2"]
}
