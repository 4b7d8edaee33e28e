internal import JapaneseText

/// What can be wrong with a cell before anybody reads it as an answer.
enum CellShape {
    /// Whether the cell holds a byte of which `hasControl` or `hasPrivateUse` might speak. Most
    /// cells do not, and 20,000 rows have many.
    static func isSuspect(_ cell: String) -> Bool {
        cell.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 >= 0xEE }
    }

    /// NUL and the other control characters, but for TAB and line ends.
    static func hasControl(_ cell: String) -> Bool {
        cell.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0...0x1F, 0x7F...0x9F: true
            default: false
            }
        }
    }

    /// 外字.
    static func hasPrivateUse(_ cell: String) -> Bool {
        cell.unicodeScalars.contains { $0.value >= 0xE000 && Repertoire.isPrivateUse($0) }
    }

    /// Whether the cell begins with 記入例, in brackets or not.
    static func isSampleMark(_ cell: String) -> Bool {
        var scalars = cell.unicodeScalars[...]
        while let first = scalars.first, TextTrim.isSpace(first) || isBracket(first) {
            scalars.removeFirst()
        }
        return scalars.starts(with: "記入例".unicodeScalars)
    }

    private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "(", "（", "[", "［", "【", "〔", "「", "<", "＜", "※", "*", "＊": true
        default: false
        }
    }
}

extension GroupRecord {
    /// 記入例: a row that shows how to fill in the others. A remark may speak of it as well.
    func isSample(under headings: GroupHeadings) -> Bool {
        zip(headings.fields, cells).contains { field, cell in
            if field == .note { return false }
            if field == .rowNumber, TextTrim.cellCleaned(cell) == "例" { return true }
            return CellShape.isSampleMark(cell)
        }
    }

    var isBlank: Bool { cells.allSatisfy { TextTrim.cellCleaned($0).isEmpty } }
}
