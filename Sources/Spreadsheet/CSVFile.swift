/// What is wrong with a file as a whole.
public enum CSVFault: Error, Equatable {
    case empty
    case tooLarge(rows: Int, bytes: Int)
    /// Something else than text.
    case notCSV(ForeignFile)
    /// Neither UTF-8, UTF-16 nor CP932, at about this row.
    case undecodable(row: Int)
    /// UTF-8, but for a character of this row that is cut or spoilt.
    case brokenCharacter(row: Int)
    /// UTF-8 that was opened as Shift_JIS and saved: characters are lost.
    case savedGarbled
    /// A quotation mark of this row is never closed.
    case unclosedQuote(row: Int)
}

/// How much is read.
public struct CSVLimits: Sendable {
    public let rows: Int
    public let bytes: Int

    public init(rows: Int, bytes: Int) {
        self.rows = rows
        self.bytes = bytes
    }
}

/// A CSV file, read (RFC 4180; CR LF, LF and CR alike).
public struct CSVFile: Sendable {
    public let format: CSVFormat
    public let records: [TableRecord]

    /// Throws `CSVFault`.
    public static func read(_ bytes: [UInt8], limits: CSVLimits) throws(CSVFault) -> CSVFile {
        var records: [TableRecord] = []
        let format = try read(bytes, limits: limits) { row in
            records.append(TableRecord(row: row.number, cells: row.cells))
        }
        return CSVFile(format: format, records: records)
    }

    /// Gives each record in turn, and keeps none; at the end how the file was written. Throws
    /// `CSVFault`, also after records were given.
    public static func read(
        _ bytes: [UInt8], limits: CSVLimits, each: (TextRow) -> Void
    ) throws(CSVFault) -> CSVFormat {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limits.bytes else { throw .tooLarge(rows: 0, bytes: bytes.count) }
        if let kind = ForeignFile.of(bytes) { throw .notCSV(kind) }
        let text = try TextDecoding.text(of: bytes)
        let delimiter = delimiter(of: text.octets)
        var scanner = CSVScanner(isCP932: text.encoding == .cp932, delimiter: delimiter.byte)
        var rows = 0
        let fault: CSVFault? = text.octets.withUnsafeBufferPointer { octets in
            do throws(CSVFault) {
                try scanner.scan(octets) { row in
                    rows = row.number
                    if rows <= limits.rows { each(row) }
                }
                return nil
            } catch { return error }
        }
        if let fault { throw fault }
        guard rows <= limits.rows else { throw .tooLarge(rows: rows, bytes: bytes.count) }
        return CSVFormat(
            encoding: text.encoding, hasByteOrderMark: text.hasByteOrderMark, delimiter: delimiter,
            lineEnd: scanner.lineEnd)
    }

    /// The one that occurs most in the first lines.
    private static func delimiter(of octets: ArraySlice<UInt8>) -> CSVFormat.Delimiter {
        let head = octets.prefix(4096)
        func count(_ delimiter: CSVFormat.Delimiter) -> Int {
            head.count { $0 == delimiter.byte }
        }
        let all: [CSVFormat.Delimiter] = [.comma, .tab, .semicolon]
        let best = all.map { ($0, count($0)) }.max { $0.1 < $1.1 }
        return best.map { $0.1 > count(.comma) ? $0.0 : .comma } ?? .comma
    }
}
