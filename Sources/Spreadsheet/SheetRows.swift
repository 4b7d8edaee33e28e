/// The rows of a sheet on their way in, whoever reads its XML: what people read in each cell, and
/// what is behind it. It holds one row at a time.
struct SheetRows: ~Copyable {
    /// All but the records.
    private(set) var notes = SheetTable()
    /// Why no more is read; with a fault, nothing was read.
    private(set) var end: End?

    enum End { case enough, fault(BookFault) }

    private let contents: BookContents
    private let limits: BookLimits
    private let lastRow: Int
    private let each: (TextRow) -> Void

    private(set) var row = 0
    private var texts = OctetTexts()
    private var isRowHidden = false
    private var hidden: Set<Int> = []
    private var (rowCount, cellCount, textCount, columnMarks) = (0, 0, 0, 0)

    init(
        _ contents: BookContents, _ limits: BookLimits, upTo row: Int,
        each: @escaping (TextRow) -> Void
    ) {
        self.contents = contents
        self.limits = limits
        lastRow = row
        self.each = each
    }

    var sharedCount: Int { contents.texts.count }

    mutating func stop(_ fault: BookFault) {
        if end == nil { end = .fault(fault) }
    }

    // MARK: rows

    mutating func beginRow(_ number: Int?, isHidden: Bool) {
        let next = number ?? row + 1
        guard next > row, next <= CellPlace.last.row else { return stop(.damaged) }
        if next > lastRow {
            end = end ?? .enough
            return
        }
        row = next
        texts.removeAll()
        isRowHidden = isHidden
    }

    mutating func endRow() {
        guard texts.count > 0 else { return }
        texts.withEnds { each(TextRow(number: row, text: $0, ends: $1)) }
        rowCount += 1
        cellCount += texts.count
        if isRowHidden { notes.hiddenRows.append(row) }
        addHidden()
        texts.removeAll()
        if rowCount > limits.rows { stop(.tooManyRows(rowCount)) }
        if cellCount > limits.cells { stop(.inflated) }
    }

    /// Each column once, however often it is named and however many rows hold something in it.
    private mutating func addHidden() {
        if hidden.isEmpty { return }
        for column in 0..<texts.count where !texts[column].isEmpty {
            if hidden.remove(column) != nil { notes.hiddenColumns.append(column) }
        }
    }

    mutating func hideColumns(_ first: Int, _ last: Int) {
        guard first >= 1, last >= first, last <= CellPlace.last.column + 1, columnMarks < 1_000
        else { return }
        columnMarks += 1
        hidden.formUnion(first - 1..<last)
    }

    /// Every row of them may have to be made as long as they stand far to the right.
    mutating func merge(_ range: CellRange) {
        let rows = min(range.last.row - range.first.row, limits.rows)
        cellCount += rows * (range.first.column + 1)
        if cellCount > limits.cells { return stop(.inflated) }
        notes.merged.append(range)
    }

    // MARK: cells

    /// Adds a cell behind those before it. `octets` are what its file holds of it, or of its text;
    /// behind them others may be read, whatever they are.
    mutating func add(_ cell: SheetCell, _ octets: UnsafeBufferPointer<UInt8>) {
        if cell.isFormula { note(cell, isEmpty: octets.isEmpty) }
        let start = texts.filled
        var reading: String?
        switch cell.kind {
        case .inline: put(escaped: octets)
        case .shared:
            guard let index = Self.sharedIndex(octets), index < contents.texts.count else {
                if cell.hasValue { stop(.damaged) }
                return
            }
            texts.put(withMargin: contents.texts.texts[index])
            reading = contents.texts.reading(of: index)
        case .number: put(number: octets, style: cell.style)
        case .text: put(escaped: octets)
        case .truth, .date:
            let raw = EscapedText.plain(Array(octets))
            if !raw.isEmpty { texts.put(cell.kind == .date ? SheetCell.date(raw) : truth(raw)) }
        }
        end(cell, from: start, reading)
    }

    /// Adds a text in runs.
    mutating func add(_ cell: SheetCell, rich text: SharedText) {
        if cell.isFormula { note(cell, isEmpty: false) }
        let start = texts.filled
        texts.put(text.text)
        end(cell, from: start, text.reading)
    }

    private mutating func end(_ cell: SheetCell, from start: Int, _ reading: String?) {
        let count = texts.filled - start
        guard count > 0 else { return }
        // Excel's limit, of which there is never more than of UTF-8.
        if count > 32_767 {
            let text = UnsafeBufferPointer(start: texts.text + start, count: count)
            if String(decoding: text, as: UTF8.self).utf16.count > 32_767 {
                return stop(.damaged)
            }
        }
        textCount += count
        if textCount > limits.text { return stop(.inflated) }
        while texts.count < cell.place.column { texts.addEmpty(at: start) }
        texts.endText()
        if let reading { notes.readings[cell.place] = reading }
    }

    private mutating func note(_ cell: SheetCell, isEmpty: Bool) {
        // An empty number is what libraries write that do not calculate; an empty text is a result.
        if cell.hasValue, cell.kind != .number || !isEmpty {
            notes.formulas.append(cell.place)
        } else {
            notes.formulasWithoutValue.append(cell.place)
        }
    }

    private mutating func put(escaped octets: UnsafeBufferPointer<UInt8>) {
        if EscapedText.mayHold(octets) {
            texts.put(EscapedText.plain(Array(octets)))
        } else {
            texts.put(withMargin: octets)
        }
    }

    private func truth(_ raw: String) -> String {
        raw == "1" || raw == "true" ? "TRUE" : "FALSE"
    }

    private mutating func put(number octets: UnsafeBufferPointer<UInt8>, style: Int) {
        if octets.isEmpty { return }
        let formats = contents.shownNumbers
        let shown = style < formats.count ? formats[style] : .asItIs
        if let number = Self.shortNumber(octets) {
            switch shown {
            case .asItIs: return texts.put(withMargin: octets)
            case .digits(let least): return texts.put(number, digits: least)
            case .day:
                if let date = SerialDay.date(number, countsFrom1904: contents.countsFrom1904) {
                    return put(date)
                }
            case .other: break
            }
        }
        let format = contents.formats.indices.contains(style) ? contents.formats[style] : .plain
        texts.put(
            CellNumber.text(
                EscapedText.plain(Array(octets)), format,
                countsFrom1904: contents.countsFrom1904))
    }

    private mutating func put(_ date: CivilDate) {
        texts.put(date.year)
        texts.put(octet: 0x2F)
        texts.put(date.month)
        texts.put(octet: 0x2F)
        texts.put(date.day)
    }

    /// Of digits as every spreadsheet shows them: fifteen at most, no zero in front.
    private static func shortNumber(_ octets: UnsafeBufferPointer<UInt8>) -> Int? {
        guard octets.count <= 15, octets[0] != 0x30 || octets.count == 1 else { return nil }
        return number(octets)
    }

    static func sharedIndex(_ octets: UnsafeBufferPointer<UInt8>) -> Int? {
        octets.isEmpty || octets.count >= 10 ? nil : number(octets)
    }

    private static func number(_ octets: UnsafeBufferPointer<UInt8>) -> Int? {
        var number = 0
        for digit in octets {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number &* 10 &+ Int(digit &- 0x30)
        }
        return number
    }
}

/// How whole numbers of a format are shown, as far as that takes no thinking.
enum ShownNumber {
    case asItIs, day
    /// With zeros in front, up to so many digits.
    case digits(Int)
    case other

    init(_ format: CellFormat) {
        switch format {
        case .plain: self = .asItIs
        case .day: self = .day
        case .digits(let patterns):
            self = patterns.first?.leastDigits.map { .digits($0) } ?? .other
        }
    }
}
