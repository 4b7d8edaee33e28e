/// 本省様式. One sheet of the ministry's workbook: this year's headings in their order, each bound
/// to something we know. The headings are data (`Exports/ministry/…/*.layout`), because they change
/// each year; what we know is code.
public struct MinistrySheet<Column: SheetColumn>: Equatable, Sendable {
    public struct Entry: Equatable, Sendable {
        public let heading: String
        public let column: Column
        /// Which one of a column that repeats.
        public var number: Int?

        /// 物理名; that of a column that repeats holds its number.
        public var physicalName: String { Self.numbered(column.rawValue, number) }

        /// Whether it stands for a column of each number: `動画{n}視聴日 = view_{n}_on`.
        var repeats: Bool { number == nil && column.rawValue.contains("{n}") }

        func numbered(_ number: Int) -> Entry {
            Entry(heading: Self.numbered(heading, number), column: column, number: number)
        }

        private static func numbered(_ text: String, _ number: Int?) -> String {
            number.map { text.replacing("{n}", with: String($0)) } ?? text
        }
    }

    public let entries: [Entry]

    public var headings: [String] { entries.map(\.heading) }
    public var columns: [Column] { entries.map(\.column) }

    /// Reads a layout: lines `見出し = physical_name`, comments after `#` at the start of a line.
    /// Throws for the first line that binds a heading to nothing we know, or anything twice, so
    /// that a wrong layout stops the start and not an export.
    public init(layout: String) throws(LayoutFault) {
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
            if entries.contains(where: { $0.column == entry.column }) {
                throw .columnTwice(line: index + 1, name: entry.column.rawValue)
            }
            entries.append(entry)
        }
        if entries.isEmpty { throw .empty }
        self.entries = entries
    }

    private init(entries: [Entry]) { self.entries = entries }

    /// The sheet with its columns that repeat once for each number: those that stand side by side
    /// all of the first number, then all of the next.
    public func repeated(for numbers: [Int]) -> MinistrySheet {
        guard let first = entries.firstIndex(where: \.repeats) else { return self }
        let side = entries[first...].prefix(while: \.repeats)
        let written = numbers.flatMap { number in side.map { $0.numbered(number) } }
        let sheet = MinistrySheet(entries: entries[..<first] + written + entries[side.endIndex...])
        return sheet.repeated(for: numbers)
    }

    private static func entry(_ text: String, line: Int) throws(LayoutFault) -> Entry {
        let scalars = text.unicodeScalars
        guard let sign = scalars.lastIndex(of: "=") else { throw .malformed(line: line) }
        let heading = trimmed(scalars[..<sign])
        let name = trimmed(scalars[scalars.index(after: sign)...])
        if heading.isEmpty || name.isEmpty || heading.contains("{n}") != name.contains("{n}") {
            throw .malformed(line: line)
        }
        guard let column = Column(rawValue: name) else {
            throw .unknownColumn(line: line, name: name)
        }
        return Entry(heading: heading, column: column)
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
    case unknownColumn(line: Int, name: String)
    case headingTwice(line: Int, heading: String)
    case columnTwice(line: Int, name: String)
    case empty
}

/// Something we know for one kind of sheet. The raw value is its physical name (rule L3-08), the
/// same for the same thing on every sheet.
public protocol SheetColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    static var sheet: SheetName { get }
    var type: ColumnType { get }
    var unit: ColumnUnit? { get }
}

/// The sheets of the workbook that have a layout.
public enum SheetName: String, CaseIterable, Sendable {
    case roster, totals
    case organizationTotals = "organization_totals"
    case groupTotals = "group_totals"
    case prefectureTotals = "prefecture_totals"
    case months

    /// What the workbook orders its sheets by.
    public var number: String {
        switch self {
        case .roster: "01"
        case .totals: "03"
        case .organizationTotals: "04"
        case .groupTotals: "05"
        case .prefectureTotals: "06"
        case .months: "09"
        }
    }
}

/// How a cell is written: codes, postal codes and telephone numbers are text, so that their leading
/// zeros stay.
public enum ColumnType: String, CaseIterable, Sendable { case text, number, date }

/// 単位.
public enum ColumnUnit: String, CaseIterable, Sendable {
    case persons, appointments, applications, organizations
}
