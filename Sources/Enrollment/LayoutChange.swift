/// 対応表. One change of the layouts, as the table in `changes.md` beside them says it.
public struct LayoutChange: Equatable, Sendable {
    /// 様式版.
    public let version: String
    public let day: Day
    /// The name of the sheet, or of all.
    public let sheet: String
    public let text: String

    /// Reads the lines of a table in Markdown of which the first cell is a number: `| 版 | 変更日 |
    /// シート | 変更内容 |`. Throws for one that has not four cells, or no day.
    public static func all(_ table: String) throws(LayoutFault) -> [LayoutChange] {
        var changes: [LayoutChange] = []
        for (index, line) in table.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where line.hasPrefix("|")
        {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
                .dropLast().map(trimmed)
            guard let first = cells.first, Int(first) != nil else { continue }
            guard cells.count == 4, let day = Day(cells[1]) else {
                throw .malformed(line: index + 1)
            }
            changes.append(
                LayoutChange(version: first, day: day, sheet: cells[2], text: cells[3]))
        }
        return changes
    }

    private static func trimmed(_ cell: Substring) -> String {
        let start = cell.drop { $0 == " " }
        guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
        return String(start[...last])
    }
}
