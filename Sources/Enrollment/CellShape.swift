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

    /// －, ―, なし: words for nothing. A dash stands for nothing everywhere, a word only where nothing
    /// is an answer.
    static func saysNothing(_ cell: String, to field: ApplicationField) -> Bool {
        guard cell.utf8.count <= 30,
            let first = cell.unicodeScalars.first(where: { !TextTrim.isSpace($0) })
        else { return false }
        if Width.isDash(first) {
            return TextTrim.cellCleaned(cell).unicodeScalars.allSatisfy(Width.isDash)
        }
        return field.isText(.mayBeEmpty)
            && nothing.contains(MatchKey.heading(TextTrim.cellCleaned(cell)))
    }

    private static let nothing: Set<String> = [
        "なし", "ナシ", "無し", "無", "無記入", "未記入", "特になし", "該当なし", "空欄", "/", "n/a", "na",
    ]
}
