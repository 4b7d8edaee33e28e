internal import JapaneseText

/// 団体申請の下見. What would become of each row of a file; nothing is written by making one.
public struct GroupPlan: Sendable {
    public enum Outcome: String, CaseIterable, Sendable {
        /// A person not yet known this year: becomes an application.
        case new
        /// The organization's own person, with other particulars than before.
        case changed
        /// The organization's own person, as known.
        case unchanged
        /// Somebody whom another organization, or themselves, have named: joins this organization
        /// too. It is not told so: see `Line.told`.
        case joins
        /// Names somebody a second time in this file (E301): not sent.
        case repeated
        /// The row must be corrected.
        case error
        /// Probably the same person as another row, or as somebody whom the organization has sent
        /// before: waits until the office has said whether it is.
        case held

        /// Whether sending the file sends the row.
        public var isSent: Bool {
            switch self {
            case .new, .changed, .joins: true
            case .unchanged, .repeated, .error, .held: false
            }
        }
    }

    public struct Line: Sendable {
        public let row: Int
        public var outcome: Outcome
        public var problems: [Problem]
        public let draft: ApplicationDraft
        /// Nil where it speaks of nobody who is known.
        var subject: RowSubject?
        private let accepted: Accepted?

        /// Kept beside the line: lines are moved about, and an application is large.
        private final class Accepted: Sendable {
            let application: Application
            init(_ application: Application) { self.application = application }
        }

        public var application: Application? { accepted?.application }

        /// The earlier row that it is like (W302), or that it repeats.
        public var likeRow: Int? {
            let problem = problems.first { $0.code == .rowLooksRepeated || $0.code == .rowRepeated }
            return problem?.arguments[.row].flatMap { Int($0) }
        }

        /// The outcome as the organization is told it: whoever joins it comes new to its roster,
        /// and nothing is said of applications elsewhere.
        public var told: Outcome { outcome == .joins ? .new : outcome }

        init(
            _ row: Int, _ outcome: Outcome, _ problems: [Problem], _ draft: ApplicationDraft,
            _ application: Application?
        ) {
            self.row = row
            self.outcome = outcome
            self.problems = problems
            self.draft = draft
            accepted = application.map(Accepted.init)
        }
    }

    /// Somebody accepted in the same year and kind.
    public struct Known: Sendable {
        public let organizationIDs: Set<Int>
        /// Digest of the particulars that the asking organization last gave.
        public let digest: String
        /// Whether the asking organization filed the application, and it is not approved yet.
        public let mayBeCorrected: Bool
        /// Whether the office has said that a row like this one names somebody a second time.
        public let isNamedTwice: Bool
        /// Where the asking organization has put them; nil for none of its 事業所.
        public var place: BusinessPlacePath?

        public init(
            organizationIDs: Set<Int>, digest: String, mayBeCorrected: Bool = true,
            isNamedTwice: Bool = false
        ) {
            self.organizationIDs = organizationIDs
            self.digest = digest
            self.mayBeCorrected = mayBeCorrected
            self.isNamedTwice = isNamedTwice
        }
    }

    public private(set) var headerRow = 0
    /// Of the file as a whole. Any that stops means that no row was read.
    public private(set) var fileProblems: [Problem] = []
    public internal(set) var lines: [Line] = []
    /// How the file calls each question; rows are spoken of by these names.
    public private(set) var headingNames: [ApplicationField: String] = [:]
    /// What was said of its columns, otherwise than their headings say: by this the file was read.
    public private(set) var columns: [ColumnChoice] = []
    /// Nil where the file is no book.
    public var sheets: FileSheets?
    /// Rows that are examples of how to fill in the form; not counted.
    public private(set) var sampleRows: [Int] = []
    /// Other rows that are nobody's, such as totals; not counted.
    public private(set) var remarkRows: [Int] = []

    /// By what a file is read: whose it is, when, under which rules, and what was said of its
    /// columns.
    public struct Basis: Sendable {
        public let organization: OpenOrganization
        let today: Day
        public let rules: FiscalYearRules
        public let choices: ColumnChoices

        public init(
            of organization: OpenOrganization, on today: Day, under rules: FiscalYearRules,
            choosing choices: ColumnChoices = .none
        ) {
            self.organization = organization
            self.today = today
            self.rules = rules
            self.choices = choices
        }
    }

    /// Reads all records of a file: headings, rows, the rows against each other.
    public init(
        _ records: [GroupRecord], of organization: OpenOrganization, on today: Day,
        under rules: FiscalYearRules
    ) {
        self.init(records, by: Basis(of: organization, on: today, under: rules))
    }

    public init(_ records: [GroupRecord], by basis: Basis) {
        self.init(records, places: records.indices, by: basis)
        finish([])
    }

    /// Reads the headings, and the rows at some places of the file only, so that parts can be read
    /// side by side. Not a plan before `finish`.
    public init(_ records: [GroupRecord], places: Range<Int>, by basis: Basis) {
        if let closed = Self.closed(basis.organization, on: basis.today, under: basis.rules) {
            fileProblems = [closed]
            return
        }
        switch GroupHeadings.find(records, under: basis.rules, choosing: basis.choices) {
        case .fault(let faults): fileProblems = faults
        case .found(let headings, let notices):
            headerRow = headings.row
            headingNames = headings.names(basis.rules.videos)
            columns = headings.saidOtherwise(beside: records.drop { $0.row <= headings.row })
            fileProblems = notices
            for record in records[places] where record.row > headings.row && !record.isBlank {
                add(record, headings, basis)
            }
        }
    }

    /// Takes the parts that follow and compares the rows of all with each other.
    public mutating func finish(_ parts: [GroupPlan]) {
        for part in parts {
            lines += part.lines
            sampleRows += part.sampleRows
            remarkRows += part.remarkRows
        }
        guard headerRow > 0 else { return }
        if lines.isEmpty { fileProblems.append(Problem(.fileWithoutRows)) }
        RowComparison.compare(&lines)
    }

    /// Takes what was noticed of the file before its records were read.
    public mutating func notice(_ problems: [Problem]) { fileProblems = problems + fileProblems }

    /// Whether the organization, or anybody, may apply on the day; told once of a file, not of each
    /// row.
    private static func closed(
        _ organization: OpenOrganization, on today: Day, under rules: FiscalYearRules
    ) -> Problem? {
        if let closed = rules.closed(on: today) { return closed }
        if organization.isOpen(on: today) { return nil }
        return Problem(.organizationNotOpen, nil, [.organization: organization.name])
    }

    public func count(_ outcome: Outcome) -> Int {
        // By place: a line is large, and going through them would copy each.
        lines.indices.count { lines[$0].outcome == outcome }
    }

    /// How many of those whom sending concerns want a badge.
    public var badgeCount: Int {
        lines.indices.count { index in
            lines[index].outcome.isSent && lines[index].application?.choices.wantsBadge ?? false
        }
    }

    /// The first three people: by their names one sees whether the letters were read rightly.
    public var firstNames: [PersonName] {
        Array(lines.lazy.compactMap { $0.application?.name }.prefix(3))
    }

    /// What is told of the file as a whole.
    public var noticesOfFile: [Problem] { fileProblems + passedOver }

    /// Which rows were passed over, and why: W306 and N422.
    private var passedOver: [Problem] {
        [(ProblemCode.sampleRow, sampleRows), (.rowsPassedOver, remarkRows)].compactMap {
            code, rows in
            if rows.isEmpty { return nil }
            return Problem(code, nil, [.rows: rows.map(String.init).joined(separator: " ")])
        }
    }

    /// N416: how many rows can be filed, wait for an answer, must be corrected.
    public var summary: Problem {
        let (held, unfit) = (count(.held), count(.error))
        let fit = lines.count - held - unfit - count(.repeated)
        return Problem(
            .rowsCounted, nil,
            [
                .total: String(lines.count), .fit: String(fit), .held: String(held),
                .unfit: String(unfit),
            ])
    }

    private mutating func add(
        _ record: GroupRecord, _ headings: GroupHeadings, _ basis: Basis
    ) {
        switch RowShape.of(record, under: headings) {
        case .sample: return sampleRows.append(record.row)
        case .remark: return remarkRows.append(record.row)
        case .person: break
        }
        var row = GroupRow(record: record, headings: headings, rules: basis.rules)
        guard row.read() else {
            return append(record.row, .error, row.problems, row.draft, nil)
        }
        let isUnfit = row.problems.contains { $0.severity == .stop }
        switch Application.check(
            row.draft, on: basis.today, under: basis.rules, as: .groupFile(basis.organization))
        {
        case .accepted(let application, let notices):
            let problems = row.problems + row.once(notices)
            append(record.row, isUnfit ? .error : .new, problems, row.draft, application)
        case .rejected(let found):
            append(record.row, .error, row.problems + row.once(found), row.draft, nil)
        }
    }

    private mutating func append(
        _ row: Int, _ outcome: Outcome, _ problems: [Problem], _ draft: ApplicationDraft,
        _ application: Application?
    ) {
        lines.append(Line(row, outcome, problems, draft, application))
    }
}
