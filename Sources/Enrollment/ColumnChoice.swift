internal import JapaneseText

/// 列の使い道. What a column of an organization's file is taken for.
public enum ColumnUse: Hashable, Sendable {
    case question(ApplicationField)
    /// One day for all videos, as 視聴日 without a number.
    case everyViewing
    /// 使わない, because somebody has said so.
    case unused

    /// For forms, the command line and the database.
    public var code: String {
        switch self {
        case .question(let field): field.key
        case .everyViewing: "view_all_on"
        case .unused: "unused"
        }
    }

    public init?(code: String) {
        switch code {
        case "view_all_on": self = .everyViewing
        case "unused": self = .unused
        default:
            guard let field = ApplicationField(key: code) else { return nil }
            self = .question(field)
        }
    }

    /// The question that is answered in the column; of one day for all videos the first's.
    var field: ApplicationField? {
        switch self {
        case .question(let field): field
        case .everyViewing: .viewedOn(slot: 1)
        case .unused: nil
        }
    }

    /// All that a column may be taken for in a year, in the order in which people look for it.
    public static func all(under rules: FiscalYearRules) -> [ColumnUse] {
        let videos = (rules.videos + rules.early).map { ApplicationField.viewedOn(slot: $0.slot) }
        return (person + address).map(ColumnUse.question) + [.everyViewing]
            + videos.map(ColumnUse.question) + rest.map(ColumnUse.question) + [.unused]
    }

    /// But for the days on which videos were watched.
    static let questions = Set(person + address + rest)

    private static let person: [ApplicationField] = [
        .fullName, .familyName, .givenName, .fullNameKana, .familyNameKana, .givenNameKana,
    ]

    private static let address: [ApplicationField] = [
        .postalCode, .fullAddress, .prefecture, .city, .street, .building, .email, .phone,
    ]

    private static let rest: [ApplicationField] = [
        .consent, .badgeOptIn, .kind, .unit, .businessPlace, .workplaceName, .employeeNumber,
        .memberNumber, .noKana, .singleName, .note, .rowNumber,
    ]
}

/// A column as its file names it: a heading may stand there more than once.
public struct ColumnName: Hashable, Sendable {
    /// As the file has it, on one line.
    public let heading: String
    /// Which of the columns with this heading, from 1.
    public let ordinal: Int
    /// The heading as it is compared: without width, spaces, brackets and line ends.
    public let key: String

    public init(_ heading: String, ordinal: Int = 1) {
        // No table and no form carries a NUL.
        self.heading = GroupHeadings.shown(heading).replacing("\0", with: "\u{FFFD}")
        self.ordinal = ordinal
        key = MatchKey.heading(self.heading)
    }

    public static func == (one: Self, other: Self) -> Bool {
        one.ordinal == other.ordinal
            && one.key.unicodeScalars.elementsEqual(other.key.unicodeScalars)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ordinal)
        for scalar in key.unicodeScalars { hasher.combine(scalar) }
    }

    /// Of each cell of a row of headings; nil where it is empty.
    static func all(in cells: [String]) -> [ColumnName?] {
        var counts: [ColumnName: Int] = [:]
        return cells.map { cell in
            let first = ColumnName(cell)
            if first.key.isEmpty { return nil }
            counts[first, default: 0] += 1
            return ColumnName(cell, ordinal: counts[first] ?? 1)
        }
    }
}

/// 列の選択. What somebody has said that a column holds.
public struct ColumnChoice: Equatable, Sendable {
    public let name: ColumnName
    public let use: ColumnUse
    /// Said of an earlier file of the organization, not of this one.
    public let isRemembered: Bool

    public init(_ name: ColumnName, _ use: ColumnUse, isRemembered: Bool = false) {
        self.name = name
        self.use = use
        self.isRemembered = isRemembered
    }
}

/// All that was said of an organization's columns, and holds now.
public struct ColumnChoices: Equatable, Sendable {
    public static let none = ColumnChoices([])

    private let choices: [ColumnName: ColumnChoice]

    /// Of two that speak of one column the later one holds.
    public init(_ choices: [ColumnChoice]) {
        self.choices = Dictionary(choices.map { ($0.name, $0) }) { _, later in later }
    }

    public subscript(name: ColumnName) -> ColumnChoice? { choices[name] }

    /// E434: what was said of this file speaks of a column that it has not.
    func notThere(in cells: [String]) -> [Problem] {
        let names = Set(ColumnName.all(in: cells).compactMap { $0 })
        let unknown = choices.values.filter { !$0.isRemembered && !names.contains($0.name) }
        guard !unknown.isEmpty else { return [] }
        let listed = unknown.map { choice in
            choice.name.heading + (choice.name.ordinal > 1 ? "#\(choice.name.ordinal)" : "")
        }.sorted().joined(separator: "、")
        return [Problem(.columnNotThere, nil, [.headings: listed])]
    }

    /// Of what was said of a file that which these do not say yet: to be remembered. `otherwise` is
    /// the part of it that the headings do not say by themselves.
    public func news(of said: [ColumnChoice], _ otherwise: [ColumnChoice]) -> [ColumnChoice] {
        let names = otherwise.map(\.name)
        let changed = said.filter { self[$0.name] != nil && !names.contains($0.name) }
        return (otherwise.filter { !$0.isRemembered } + changed).filter {
            self[$0.name]?.use != $0.use
        }
    }

    /// These, and more of which each goes before what was said before.
    public func with(_ more: [ColumnChoice]) -> ColumnChoices {
        ColumnChoices(Array(choices.values) + more)
    }
}

extension ApplicationField {
    /// Whether a group's file may ask the question.
    public var isInFiles: Bool {
        if case .viewedOn = self { return true }
        return ColumnUse.questions.contains(self)
    }
}
