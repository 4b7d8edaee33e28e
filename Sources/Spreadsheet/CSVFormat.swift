/// How a file's text was written.
public enum TextEncoding: String, Sendable {
    case utf8, utf16LE, utf16BE
    /// Japanese Windows' Shift_JIS.
    case cp932
}

/// How a CSV file was written, so that a file made from it can be written the same way.
public struct CSVFormat: Sendable, Equatable, CustomStringConvertible {
    public enum Delimiter: String, Sendable { case comma, tab, semicolon }
    public enum LineEnd: String, Sendable { case crlf, lf, cr }

    public var encoding: TextEncoding
    public var hasByteOrderMark: Bool
    public var delimiter: Delimiter
    public var lineEnd: LineEnd

    public init(
        encoding: TextEncoding, hasByteOrderMark: Bool, delimiter: Delimiter, lineEnd: LineEnd
    ) {
        self.encoding = encoding
        self.hasByteOrderMark = hasByteOrderMark
        self.delimiter = delimiter
        self.lineEnd = lineEnd
    }

    /// What our own templates are written in: Japanese Excel opens it unbroken.
    public static let template = CSVFormat(
        encoding: .utf8, hasByteOrderMark: true, delimiter: .comma, lineEnd: .crlf)

    /// The same with the mark of UTF-8, without which Japanese Excel opens the file garbled.
    public var opensInExcel: CSVFormat {
        var format = self
        if encoding == .utf8 { format.hasByteOrderMark = true }
        return format
    }

    /// `cp932;nobom;comma;crlf`, for a column of the database.
    public var description: String {
        let mark = hasByteOrderMark ? "bom" : "nobom"
        return [encoding.rawValue, mark, delimiter.rawValue, lineEnd.rawValue].joined(
            separator: ";")
    }

    public init?(_ description: String) {
        let parts = description.split(separator: ";").map(String.init)
        guard parts.count == 4, let encoding = TextEncoding(rawValue: parts[0]),
            let delimiter = Delimiter(rawValue: parts[2]), let lineEnd = LineEnd(rawValue: parts[3])
        else { return nil }
        self.init(
            encoding: encoding, hasByteOrderMark: parts[1] == "bom", delimiter: delimiter,
            lineEnd: lineEnd)
    }
}

extension CSVFormat.Delimiter {
    var byte: UInt8 {
        switch self {
        case .comma: 0x2C
        case .tab: 0x09
        case .semicolon: 0x3B
        }
    }
}

extension CSVFormat.LineEnd {
    var bytes: [UInt8] {
        switch self {
        case .crlf: [0x0D, 0x0A]
        case .lf: [0x0A]
        case .cr: [0x0D]
        }
    }
}
