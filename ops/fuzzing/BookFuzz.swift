// Compiled into one module with Sources/Spreadsheet and Tests/BookSamples by ops/fuzz.

private let limits = BookLimits(rows: 200, cells: 5_000, text: 1 << 16, inflated: 1 << 20)

/// What a book comes to; a fault is one of the kinds that are told.
private func tables(_ bytes: [UInt8], by manner: ReadingManner = .quick) -> Result<[SheetTable], BookFault> {
    do throws(BookFault) {
        let book = try Book(bytes, limits: limits, by: manner)
        var tables: [SheetTable] = []
        for sheet in book.sheets.prefix(4) { tables.append(try book.table(of: sheet)) }
        return .success(tables)
    } catch { return .failure(error) }
}

/// Whatever is read is in its order, ends with something, and stays within what was allowed.
private func check(_ table: SheetTable) {
    precondition(table.records.count <= limits.rows, "too many rows")
    precondition(table.records.reduce(0) { $0 + $1.cells.count } <= 2 * limits.cells, "too many cells")
    for (one, next) in zip(table.records, table.records.dropFirst()) {
        precondition(one.row < next.row, "rows out of order")
    }
    for record in table.records {
        precondition((1...1_048_576).contains(record.row), "no row of a sheet")
        precondition(record.cells.contains { !$0.isEmpty }, "an empty record")
    }
}

/// What is said of both is the same, but for a size that is told at the end of a piece.
private func checkSame(_ one: Result<[SheetTable], BookFault>, _ other: Result<[SheetTable], BookFault>) {
    switch (one, other) {
    case (.success(let one), .success(let other)):
        precondition(one.count == other.count, "other sheets")
        for (one, other) in zip(one, other) {
            precondition(one.records == other.records, "other texts")
            precondition(one.readings == other.readings, "other kana")
            precondition(one.merged == other.merged, "other cells in one")
            precondition(one.hiddenRows == other.hiddenRows, "other hidden rows")
            precondition(one.hiddenColumns == other.hiddenColumns, "other hidden columns")
            precondition(one.formulas == other.formulas, "other formulas")
            precondition(one.formulasWithoutValue == other.formulasWithoutValue, "others without a value")
        }
    case (.failure(let one), .failure(let other)):
        precondition(one == other || one == .inflated || other == .inflated, "another fault")
    default: preconditionFailure("only one of the two is read")
    }
}

/// Read without expat where that can be, and by expat alone, in pieces of whatever size: it is the same.
private func checkManners(_ bytes: [UInt8], _ pieces: UInt8) {
    let known = tables(bytes, by: ReadingManner(isByExpatOnly: true))
    checkSame(known, tables(bytes))
    checkSame(known, tables(bytes, by: ReadingManner(pieces: 1 + Int(pieces))))
}

/// The parts of a book: what stands in a sheet, its shared texts, its formats, by NUL apart. Packed and
/// not packed they say the same.
private func checkParts(_ octets: [UInt8]) {
    let texts = octets.split(separator: 0, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
    }
    func part(_ index: Int) -> String { index < texts.count ? texts[index] : "" }
    let built = ByteBuiltBook(part(0), shared: part(1), styles: part(2), after: part(3), before: part(4))
    var zip = ZipWriter()
    for part in built.parts { zip.add(part.name, part.text) }
    guard (try? zip.finish()) != nil else { preconditionFailure("not packed") }
    let (bytes, packed) = (built.bytes, tables(zip.drain()))
    checkSame(tables(bytes), packed)
    checkManners(bytes, octets.last ?? 0)
    if case .success(let tables) = packed { tables.forEach(check) }
}

/// A book in which octets are others than they were: place and octet, in turn.
private func checkChanged(_ changes: [UInt8]) {
    var bytes = ByteBuiltBook("<row><c t=\"s\"><v>0</v></c></row>", shared: "<si><t>x</t></si>").bytes
    for index in stride(from: 0, to: changes.count - 2, by: 3) {
        bytes[(Int(changes[index]) << 8 | Int(changes[index + 1])) % bytes.count] = changes[index + 2]
    }
    if case .success(let tables) = tables(bytes) { tables.forEach(check) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    guard let kind = octets.first else { return 0 }
    let rest = Array(octets.dropFirst())
    switch kind % 4 {
    case 0:
        _ = ForeignFile.of(rest)
        if case .success(let tables) = tables(rest) { tables.forEach(check) }
    case 1: checkChanged(rest)
    default: checkParts(rest)
    }
    return 0
}
