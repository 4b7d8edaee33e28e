internal import JapaneseText

/// 団体申請の下見. What would become of each row of a file; nothing is written by making one.
public struct GroupPlan: Sendable {
    public enum Outcome: String, CaseIterable, Sendable {
        /// A person not yet known this year: becomes an application.
        case new
        /// The body's own person, with other particulars than before.
        case changed
        /// The body's own person, as known.
        case unchanged
        /// Known already: another row of this file, or accepted by another way (a further body).
        case duplicate
        /// The row must be corrected.
        case error
        /// Probably the same person as another row: waits until the body says that it is not.
        case held
    }

    public struct Line: Sendable {
        public let row: Int
        public var outcome: Outcome
        public var problems: [Problem]
        public let draft: ApplicationDraft
        public let application: Application?
    }

    /// Somebody accepted in the same year and kind.
    public struct Known: Sendable {
        public let organizationIDs: Set<Int>
        /// Digest of the particulars that the asking body last gave.
        public let digest: String

        public init(organizationIDs: Set<Int>, digest: String) {
            self.organizationIDs = organizationIDs
            self.digest = digest
        }
    }

    public private(set) var headerRow = 0
    /// Of the file as a whole. Any that stops means that no row was read.
    public private(set) var fileProblems: [Problem] = []
    public private(set) var lines: [Line] = []
    /// Rows that are examples of how to fill in the form; not counted.
    public private(set) var samples: [Problem] = []

    /// Reads all records of a file: headings, rows, the rows against each other.
    public init(
        _ records: [GroupRecord], of organization: OpenOrganization, on today: Day,
        under rules: FiscalYearRules
    ) {
        switch GroupHeadings.find(records, videos: rules.videos) {
        case .fault(let faults): fileProblems = faults
        case .found(let headings, let notices):
            headerRow = headings.row
            fileProblems = notices
            for record in records where record.row > headings.row && !record.isBlank {
                add(record, headings, organization, today, rules)
            }
            if lines.isEmpty { fileProblems.append(Problem(.e401)) }
            RowComparison.compare(&lines)
        }
    }

    /// Sorts the new rows into those already known and those not. `known` is asked by
    /// `MatchKeys.sure`; `digest` is what `Known.digest` was made by.
    public mutating func compare(
        with known: [String: Known], of organizationID: Int, digest: (Application) -> String
    ) {
        for index in lines.indices where lines[index].outcome == .new {
            guard let application = lines[index].application,
                let match = known[application.kind.rawValue + application.keys.sure]
            else { continue }
            if match.organizationIDs.contains(organizationID) {
                let isSame = match.digest == digest(application)
                lines[index].outcome = isSame ? .unchanged : .changed
            } else {
                lines[index].outcome = .duplicate
                lines[index].problems.append(Problem(.n305))
            }
        }
    }

    public func count(_ outcome: Outcome) -> Int { lines.count { $0.outcome == outcome } }

    private mutating func add(
        _ record: GroupRecord, _ headings: GroupHeadings, _ organization: OpenOrganization,
        _ today: Day, _ rules: FiscalYearRules
    ) {
        var row = GroupRow(record: record, headings: headings, rules: rules)
        if row.isSample {
            samples.append(Problem(.w306, nil, [.row: String(record.row)]))
            return
        }
        guard row.read() else {
            return append(record.row, .error, row.problems, row.draft, nil)
        }
        let split = row.problems.contains { $0.code == .e211 }
        switch Application.check(
            row.draft, on: today, under: rules, as: .groupFile(organization))
        {
        case .accepted(let application, let notices):
            let problems = row.problems + notices
            append(record.row, split ? .error : .new, problems, row.draft, application)
        case .rejected(let found):
            // A name that could not be split has no 名: the one problem is told, not both.
            let problems = split ? found.filter { $0.field != .givenName } : found
            append(record.row, .error, row.problems + problems, row.draft, nil)
        }
    }

    private mutating func append(
        _ row: Int, _ outcome: Outcome, _ problems: [Problem], _ draft: ApplicationDraft,
        _ application: Application?
    ) {
        lines.append(
            Line(
                row: row, outcome: outcome, problems: problems, draft: draft,
                application: application))
    }
}
