public import Enrollment
internal import Postgres

/// What was done with a line of a plan.
public enum LineResult: String, CaseIterable, Sendable {
    case filed, affiliated, changed, merged, unchanged
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
        SELECT g.evidence_kind, g.uploaded_by, g.uploaded_by_account FROM group_files g
        WHERE g.organization_id = \(organizationID)
          AND (g.applied_at = \(moment)
               OR EXISTS (SELECT FROM doubts d
                          WHERE d.group_file_id = g.id AND d.decided_at = \(moment)))
        ORDER BY g.id DESC LIMIT 1
        """
    }
}

extension ReadStore {
    /// Rows of a plan that sending it would send: of people new to the organization, or with other
    /// particulars.
    public func fitRows(of file: Int) async throws -> Set<Int> {
        let found = try await longRows(
            """
            SELECT row_number FROM group_lines
            WHERE group_file_id = \(file)
              AND outcome IN (\(GroupPlan.Outcome.new), \(GroupPlan.Outcome.changed),
                              \(GroupPlan.Outcome.joins))
            """)
        return Set(try found.map { try $0.int("row_number") })
    }

    /// Rows of a plan by what was noticed of them beside the people who are known, in the order of
    /// the file.
    public func rows(
        of file: Int, noticed codes: [ProblemCode]
    ) async throws -> [ProblemCode: [Int]] {
        let found = try await rows(
            """
            SELECT l.row_number, n.code FROM group_lines l
            CROSS JOIN unnest(\(codes.map(\.rawValue))::text[]) AS n(code)
            WHERE l.group_file_id = \(file) AND l.problems @> to_jsonb(n.code) ORDER BY l.row_number
            """)
        var noticed: [ProblemCode: [Int]] = [:]
        for row in found {
            noticed[try row.code("code"), default: []].append(try row.int("row_number"))
        }
        return noticed
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
