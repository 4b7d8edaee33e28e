public import Enrollment
internal import Postgres

/// What was done with a line of a plan.
public enum LineDone: String, CaseIterable, Sendable {
    case filed, affiliated, changed, merged, unchanged
}

extension Reading {
    /// Rows of a plan that name people of another body (N305), in the order of the file.
    public func joiningRows(of file: Int) async throws -> [Int] {
        try await rows(
            """
            SELECT row_number FROM group_lines
            WHERE group_file_id = \(file) AND outcome = \(GroupPlan.Outcome.duplicate)
              AND NOT problems @> '["E301"]'
            ORDER BY row_number
            """
        ).map { try $0.int("row_number") }
    }

    /// How many lines of a plan came to what; empty before it is applied.
    public func linesDone(of file: Int) async throws -> [LineDone: Int] {
        let found = try await rows(
            """
            SELECT applied_as, count(*) AS n FROM group_lines
            WHERE group_file_id = \(file) AND applied_as <> '' GROUP BY applied_as
            """)
        var counts: [LineDone: Int] = [:]
        for row in found { counts[try row.code("applied_as")] = try row.int("n") }
        return counts
    }
}
