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
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limits.bytes else { throw .tooLarge(rows: 0, bytes: bytes.count) }
        if let kind = ForeignFile.of(bytes) { throw .notCSV(kind) }
        let text = try TextDecoding.decode(bytes)
        let delimiter = delimiter(of: text.utf8)
        var reader = CSVReader(text.utf8, delimiter: delimiter.byte)
        let records = try reader.records()
        guard records.count <= limits.rows else {
            throw .tooLarge(rows: records.count, bytes: bytes.count)
        }
        let format = CSVFormat(
            encoding: text.encoding, hasByteOrderMark: text.hasByteOrderMark, delimiter: delimiter,
            lineEnd: reader.lineEnd)
        return CSVFile(format: format, records: records)
    }

    /// The one that occurs most in the first lines.
    private static func delimiter(of utf8: [UInt8]) -> CSVFormat.Delimiter {
        let head = utf8.prefix(4096)
        func count(_ delimiter: CSVFormat.Delimiter) -> Int {
            head.count { $0 == delimiter.byte }
        }
        let all: [CSVFormat.Delimiter] = [.comma, .tab, .semicolon]
        let best = all.map { ($0, count($0)) }.max { $0.1 < $1.1 }
        return best.map { $0.1 > count(.comma) ? $0.0 : .comma } ?? .comma
    }
}

/// A pass over the bytes.
struct CSVReader {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var position = 0
    private(set) var lineEnd = CSVFormat.LineEnd.crlf

    init(_ bytes: [UInt8], delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    mutating func records() throws(CSVFault) -> [TableRecord] {
        var records: [TableRecord] = []
        while position < bytes.count {
            records.append(
                TableRecord(row: records.count + 1, cells: try record(records.count + 1)))
            if records.count == 1 { lineEnd = lastLineEnd }
        }
        return records
    }

    private var lastLineEnd = CSVFormat.LineEnd.crlf

    private mutating func record(_ row: Int) throws(CSVFault) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell(row))
            guard position < bytes.count else { return cells }
            let byte = bytes[position]
            position += 1
            if byte == delimiter {
                if position == bytes.count {
                    cells.append("")
                    return cells
                }
                continue
            }
            finishLine(byte)
            return cells
        }
    }

    private mutating func finishLine(_ byte: UInt8) {
        lastLineEnd = .lf
        guard byte == 0x0D else { return }
        lastLineEnd = .cr
        if position < bytes.count, bytes[position] == 0x0A {
            position += 1
            lastLineEnd = .crlf
        }
    }

    private mutating func cell(_ row: Int) throws(CSVFault) -> String {
        guard position < bytes.count, bytes[position] == 0x22 else {
            return text(from: position, to: plainEnd())
        }
        position += 1
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            guard byte == 0x22 else {
                content.append(byte)
                continue
            }
            if position < bytes.count, bytes[position] == 0x22 {
                content.append(0x22)
                position += 1
                continue
            }
            // What stands behind the closing mark belongs to the cell, as spreadsheets take it.
            let start = position
            content += bytes[start..<plainEnd()]
            return String(decoding: content, as: UTF8.self)
        }
        throw .unclosedQuote(row: row)
    }

    /// Moves to the end of an unquoted run and gives it.
    private mutating func plainEnd() -> Int {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
            position += 1
        }
        return position
    }

    private func text(from start: Int, to end: Int) -> String {
        String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
