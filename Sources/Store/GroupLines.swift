public import Enrollment
internal import Postgres

/// What was done with a line of a plan.
public enum LineResult: String, CaseIterable, Sendable {
    case submitted, affiliated, changed, merged, unchanged
    /// Nothing changed: what it says otherwise is for its owner to decide on.
    case proposed
}

/// A line of a plan with what was done with it, and of whom it is: told by the application's id, or
/// by its receipt number where it has just been filed.
public struct DoneLine: Sendable {
    public let row: Int
    public let applicationID: Int?
    public let receipt: String?
    public let appliedAs: LineResult

    public init(
        row: Int, applicationID: Int? = nil, receipt: String? = nil, as appliedAs: LineResult
    ) {
        self.row = row
        self.applicationID = applicationID
        self.receipt = receipt
        self.appliedAs = appliedAs
    }
}

extension GroupFileRecord {
    /// The file of an organization that was applied at a moment, or of which a row was filed then
    /// by the office's word; told of what its rows became, which bear that moment.
    static func sent(by organizationID: SQL, at moment: SQL) -> SQL {
        """
        SELECT g.evidence_kind, p.planned_by, p.planned_by_account FROM \(tables)
        WHERE g.organization_id = \(organizationID)
          AND (p.applied_at = \(moment)
               OR EXISTS (SELECT FROM doubts d
                          WHERE d.group_file_id = g.id
                            AND (d.decided_at = \(moment) OR d.filed_at = \(moment))))
        ORDER BY g.id DESC LIMIT 1
        """
    }
}

extension ReadStore {
    /// What is said of the lines of a plan, by problem and question, each with its rows.
    public func problemRows(of file: Int) async throws -> [ProblemRows] {
        try await longRows(
            """
            SELECT p.problem ->> 'code' AS code, p.problem ->> 'field' AS field,
                   array_agg(DISTINCT l.row_number) AS rows,
                   (array_agg(p.position ORDER BY l.row_number, p.position))[1] AS position
            FROM group_lines l CROSS JOIN LATERAL
                 jsonb_array_elements(l.problems) WITH ORDINALITY AS p(problem, position)
            WHERE l.group_file_id = \(file) AND l.problems <> '[]' GROUP BY 1, 2
            """
        ).map { row in
            ProblemRows(
                try row.code("code"), try row.optionalRead("field") { ApplicationField(key: $0) },
                rows: try row.ints("rows"), position: try row.int("position"))
        }
    }

    /// What is said of some lines of a plan, by row.
    public func noticedLines(of file: Int, rows: [Int]) async throws -> [Int: NoticedLine] {
        let found = try await longRows(
            """
            SELECT row_number, problems, cells FROM group_lines
            WHERE group_file_id = \(file) AND row_number = ANY(\(rows)::integer[])
            """
        ).map { try NoticedLine($0) }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.row, $0) })
    }

    /// Lines of a plan with an outcome, in the order of the file.
    public func noticedLines(
        of file: Int, with outcome: GroupPlan.Outcome
    ) async throws -> [NoticedLine] {
        try await longRows(
            """
            SELECT row_number, problems, cells FROM group_lines
            WHERE group_file_id = \(file) AND outcome = \(outcome) ORDER BY row_number
            """
        ).map { try NoticedLine($0) }
    }

    /// How many lines of a plan came to what; empty before it is applied.
    public func linesDone(of file: Int) async throws -> [LineResult: Int] {
        let found = try await rows(
            """
            SELECT applied_as, count(*) AS n FROM group_lines
            WHERE group_file_id = \(file) AND applied_as <> '' GROUP BY applied_as
            """)
        var counts: [LineResult: Int] = [:]
        for row in found { counts[try row.code("applied_as")] = try row.int("n") }
        return counts
    }
}

extension NoticedLine {
    init(_ row: Row) throws {
        self.init(
            row: try row.int("row_number"), problems: try row.problems("problems"),
            cells: try row.answers("cells"))
    }
}
