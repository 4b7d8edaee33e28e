public import Enrollment
internal import Postgres

/// What a plan says of a row of the file that it takes back, as a page shows it.
public struct UndoLineRecord: Sendable {
    public let row: Int
    public let outcome: UndoOutcome
    /// As it is registered, or as the file says it where nobody was filed.
    public let name: String
    /// Nil where the organization did not file the application itself: it is told nothing of it.
    public let receipt: String?

    init(_ row: Row) throws {
        self.row = try row.int("row_number")
        let reason = try row.string("reason")
        let group: UndoOutcome.Group = try row.code("outcome")
        outcome = try row.read("outcome") { _ in UndoOutcome(group, reason) }
        receipt = try row.optionalString("receipt")
        let registered = try row.optionalString("name") ?? ""
        let cells = try NoticedLine(row)
        name = registered.isEmpty ? cells.nameAsTyped : registered
    }
}

/// How many rows each came to.
public typealias UndoCounts = [UndoOutcome.Group: Int]

extension ReadStore {
    public func undoCounts(of plan: Int) async throws -> UndoCounts {
        var counts: UndoCounts = [:]
        for row in try await rows(
            """
            /* tally */ SELECT outcome, count(*)::int AS lines FROM undo_lines
            WHERE plan_id = \(plan) GROUP BY outcome
            """)
        { counts[try row.code("outcome")] = try row.int("lines") }
        return counts
    }

    /// Lines of a plan, of one group where one is named, after a row.
    public func undoLines(
        of plan: Int, in group: UndoOutcome.Group? = nil, after row: Int = 0, limit: Int = 50
    ) async throws -> [UndoLineRecord] {
        let which: SQL = group.map { "u.outcome = \($0)" } ?? "true"
        return try await longRows(
            """
            SELECT u.row_number, u.outcome, u.reason, l.problems, l.cells,
                   \(FullName.sql(of: "a.")) AS name,
                   CASE WHEN a.submitted_by = g.organization_id THEN a.receipt END AS receipt
            FROM undo_lines u
            JOIN group_files g ON g.id = u.group_file_id
            JOIN group_lines l
              ON l.group_file_id = u.group_file_id AND l.row_number = u.row_number
            LEFT JOIN LATERAL (SELECT * FROM applications q
                               WHERE q.id = u.application_id OFFSET 0) a ON true
            WHERE u.plan_id = \(plan) AND \(which) AND u.row_number > \(row)
            ORDER BY u.row_number LIMIT \(limit)
            """
        ).map { try UndoLineRecord($0) }
    }

    /// The plans that take back what another did, the newest first.
    public func plansUndoing(_ plan: Int) async throws -> [PlanRecord] {
        try await rows(
            """
            SELECT \(PlanRecord.columns) FROM plans p WHERE p.undoes = \(plan)
            ORDER BY p.id DESC LIMIT 20
            """
        ).map { try PlanRecord($0) }
    }

    /// The file of a plan, or the one that a plan takes back.
    public func groupFile(plan: Int) async throws -> GroupFileRecord? {
        try await rows(
            """
            SELECT \(GroupFileRecord.columns) FROM \(GroupFileRecord.tables) WHERE p.id = \(plan)
            """
        ).first.map { try GroupFileRecord($0) }
    }
}

extension WriteTransaction {
    /// Keeps what a plan says of the rows of a file.
    public func keep(_ rows: [UndoableRow], of file: Int, in plan: Int) async throws {
        for part in stride(from: 0, to: rows.count, by: 5_000).map({
            Array(rows[$0..<min($0 + 5_000, rows.count)])
        }) {
            try await executeLong(
                """
                INSERT INTO undo_lines (plan_id, group_file_id, row_number, application_id,
                                        outcome, reason)
                SELECT \(plan)::bigint, \(file)::bigint, f.row, f.application, f.outcome, f.reason
                FROM unnest(\(part.map(\.row))::integer[],
                            \(part.map(\.applicationID))::bigint[],
                            \(part.map(\.outcome.group.rawValue))::text[],
                            \(part.map(\.outcome.reason))::text[])
                  AS f(row, application, outcome, reason)
                """)
        }
    }
}
