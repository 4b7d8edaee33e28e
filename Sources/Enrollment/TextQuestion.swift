/// A question that a text answers, and its rules. What the check, the headings of a group's file,
/// the form and the pages do with it follows from here. Its words stand in
/// `Words/FieldWords.swift`, its column in `Store/ApplicationColumns.swift`.
public struct TextQuestion: Sendable {
    public struct Traits: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Kept as it was typed: only its length and its characters are checked.
        public static let plain = Traits(rawValue: 1 << 0)
        /// About where and how somebody works: stands behind the organization on the form and on
        /// every page, in the order of the table.
        public static let ofWork = Traits(rawValue: 1 << 1)
        /// Shown on an organization's roster.
        public static let onRoster = Traits(rawValue: 1 << 2)
        /// May have lines.
        public static let hasLines = Traits(rawValue: 1 << 3)
        /// May be left empty in a file: なし says that there is none.
        static let mayBeEmpty = Traits(rawValue: 1 << 4)
        /// May begin with ＠, ＋ or －, as houses, shops and remarks do (＠ホーム番町).
        static let mayBeginWithSign = Traits(rawValue: 1 << 5)
        /// Often filled in once for all rows of a file: tells of nobody by itself.
        static let isOfMany = Traits(rawValue: 1 << 6)
        /// Kept as digits, of which a spreadsheet makes no formula (+81).
        static let isDigits = Traits(rawValue: 1 << 7)
        /// Asked since files came that did not ask it. A row that leaves it out says the same as
        /// before, and takes back nothing.
        public static let isAdded = Traits(rawValue: 1 << 8)
        /// Two sides may say it differently of one person (`Particulars`).
        public static let isParticular = Traits(rawValue: 1 << 9)
    }

    /// Who must answer: those of a category, naming an organization of the list or none.
    public typealias Rule =
        @Sendable (_ category: EligibilityCategory, _ namesOrganization: Bool) -> Bool

    public let field: ApplicationField
    /// How many scalars it may have; nil where a rule of its own says what it may be.
    public let limit: Int?
    public let traits: Traits
    /// The accepted headings of a group's file, the right one first; none where it is asked only on
    /// the form.
    let spellings: [String]
    /// What is told where it is missing; nil where that has a rule of its own, or never matters.
    public let missing: ProblemCode?
    /// Whether somebody must answer a plain text on the form.
    public let isRequired: Rule

    init(
        _ field: ApplicationField, limit: Int? = nil, _ traits: Traits, _ spellings: [String] = [],
        missing: ProblemCode? = nil, isRequired: @escaping Rule = { _, _ in false }
    ) {
        self.field = field
        self.limit = limit
        self.traits = traits
        self.spellings = spellings
        self.missing = missing
        self.isRequired = isRequired
    }

    /// Those with a trait, in the order of the table.
    public static func having(_ traits: Traits) -> [TextQuestion] {
        all.filter { $0.traits.isSuperset(of: traits) }
    }

    /// Those about somebody's work that a group's file asks, too.
    public static var ofWorkInFiles: [TextQuestion] {
        having(.ofWork).filter { !$0.spellings.isEmpty }
    }

    private static let byField = Dictionary(uniqueKeysWithValues: all.map { ($0.field, $0) })

    public static func of(_ field: ApplicationField) -> TextQuestion? { byField[field] }
}

/// Texts by their questions. What is not there is empty.
public struct TextAnswers: Equatable, Sendable {
    private var texts: [ApplicationField: String] = [:]

    public init() {}

    /// Each with its question, in no order.
    public var all: [(field: ApplicationField, text: String)] {
        texts.map { ($0.key, $0.value) }
    }

    /// Whether the question was asked, answered or not.
    public func has(_ field: ApplicationField) -> Bool { texts[field] != nil }

    public subscript(field: ApplicationField) -> String {
        get { texts[field] ?? "" }
        set { texts[field] = newValue }
    }
}
