/// Rows to bytes.
public enum CSVWriter {
    /// Writes rows in a format. With `guardsFormulas` a cell that a spreadsheet would take for a
    /// formula gets a `'` in front, also where white space or something invisible stands before it.
    public static func write(
        _ rows: [[String]], as format: CSVFormat, guardsFormulas: Bool = false
    ) -> [UInt8] {
        var text = format.hasByteOrderMark && format.encoding != .cp932 ? "\u{FEFF}" : ""
        let delimiter = String(Unicode.Scalar(format.delimiter.byte))
        let lineEnd = String(decoding: format.lineEnd.bytes, as: UTF8.self)
        for row in rows {
            let cells = row.map { cell in
                quoted(guardsFormulas ? guarded(cell) : cell, format.delimiter.byte)
            }
            text += cells.joined(separator: delimiter) + lineEnd
        }
        return TextDecoding.encode(text, as: format.encoding)
    }

    /// Goes by octets: a delimiter with a mark that combines behind it is one character for Swift.
    private static func quoted(_ cell: String, _ delimiter: UInt8) -> String {
        let special = cell.utf8.contains { [0x22, 0x0A, 0x0D, delimiter].contains($0) }
        guard special || cell.utf8.first == 0x20 || cell.utf8.last == 0x20 else { return cell }
        let doubled = cell.unicodeScalars.reduce(into: "") { text, scalar in
            if scalar == "\"" { text.unicodeScalars.append("\"") }
            text.unicodeScalars.append(scalar)
        }
        return "\"" + doubled + "\""
    }

    private static func guarded(_ cell: String) -> String {
        guard let first = cell.unicodeScalars.first else { return cell }
        let start = cell.unicodeScalars.first { !isPassedOver($0) }
        let isFormula = first == "\t" || first == "\r" || start.map(isSign) == true
        return isFormula ? "'" + cell : cell
    }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        "=+-@＝＋－＠".unicodeScalars.contains(scalar)
    }

    /// White space, and what cannot be seen.
    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20, 0xA0, 0x200B...0x200D, 0x2060, 0x3000, 0xFEFF: true
        default: false
        }
    }
}
