/// 本省様式. This year's headings of one sheet in their order, each with the physical name of what
/// stands below it. The headings are data (`Exports/ministry/…/*.layout`), because they change each
/// year; what a physical name means is code.
public struct SheetLayout: Equatable, Sendable {
    public struct Entry: Equatable, Sendable {
        public let heading: String
        /// 物理名.
        public let name: String
        /// Where it stands in the file, counted from 1.
        public let line: Int

        public init(heading: String, name: String, line: Int) {
            self.heading = heading
            self.name = name
            self.line = line
        }

        /// Whether it stands for a column of each number: `動画{n}視聴日 = view_{n}_on`.
        public var repeats: Bool { name.contains("{n}") }
    }

    public let entries: [Entry]

    public var headings: [String] { entries.map(\.heading) }

    /// Reads a layout: lines `見出し = physical_name`, comments after `#` at the start of a line.
    /// Throws for the first line that is none, or that says anything twice.
    public init(_ layout: String) throws(LayoutFault) {
        var entries: [Entry] = []
        for (index, line) in layout.unicodeScalars.split(
            separator: "\n", omittingEmptySubsequences: false
        ).enumerated() {
            let text = Self.trimmed(line)
            if text.isEmpty || text.hasPrefix("#") { continue }
            let entry = try Self.entry(text, line: index + 1)
            if entries.contains(where: { $0.heading == entry.heading }) {
                throw .headingTwice(line: index + 1, heading: entry.heading)
            }
            if entries.contains(where: { $0.name == entry.name }) {
                throw .columnTwice(line: index + 1, name: entry.name)
            }
            entries.append(entry)
        }
        if entries.isEmpty { throw .empty }
        self.entries = entries
    }

    private static func entry(_ text: String, line: Int) throws(LayoutFault) -> Entry {
        let scalars = text.unicodeScalars
        guard let sign = scalars.lastIndex(of: "=") else { throw .malformed(line: line) }
        let heading = trimmed(scalars[..<sign])
        let name = trimmed(scalars[scalars.index(after: sign)...])
        if heading.isEmpty || name.isEmpty || heading.contains("{n}") != name.contains("{n}") {
            throw .malformed(line: line)
        }
        return Entry(heading: heading, name: name, line: line)
    }

    private static func trimmed(_ text: Substring.UnicodeScalarView) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in
            scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\u{FEFF}"
        }
        let start = text.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(start[...last])
    }
}

/// What is wrong with a layout; lines are counted from 1.
public enum LayoutFault: Error, Equatable, Sendable {
    case malformed(line: Int)
    /// The sheet has nothing of that physical name.
    case unknownColumn(line: Int, name: String)
    case headingTwice(line: Int, heading: String)
    case columnTwice(line: Int, name: String)
    case empty
}

/// How a cell is written: codes, postal codes and telephone numbers are text, so that their leading
/// zeros stay.
public enum ColumnType: String, CaseIterable, Sendable { case text, number, date }

/// 単位.
public enum ColumnUnit: String, CaseIterable, Sendable {
    case persons, appointments, applications, organizations, rows, files, badges, days, sheets,
        copies
}
