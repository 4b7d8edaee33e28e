public import Enrollment
internal import Postgres

/// A row of a file that can be taken back, with all that decides whether it is.
public struct UndoableRow: Sendable {
    public let row: Int
    public let applicationID: Int?
    /// When it did what it did: with its file, or by the office's word.
    public let at: Instant
    public let facts: UndoFacts

    public var outcome: UndoOutcome { facts.outcome }

    init(_ row: Row) throws {
        self.row = try row.int("row_number")
        applicationID = try row.optionalInt("application_id")
        at = try row.instant("at")
        var marks = UndoFacts.Marks()
        marks.isConfirmed = try row.bool("is_confirmed")
        marks.isForgotten = try row.bool("is_forgotten")
        marks.stands = try row.bool("stands")
        marks.isShared = try row.bool("is_shared")
        facts = UndoFacts(
            try Self.effect(row), state: try row.optionalCode("state"),
            former: try row.code("former"), changed: try row.optionalCode("changed"), marks)
    }

    private static func effect(_ row: Row) throws -> FileEffect {
        if try row.bool("is_asked") { return .asked }
        let applied: LineResult = try row.code("applied_as")
        return switch applied {
        case .submitted: .filed
        case .affiliated: .joined
        case .changed: .changed
        case .merged: .merged
        case .unchanged, .proposed: .proposed
        }
    }
}

extension ReadStore {
    /// The rows of a file that did something, or wait for the office's word, and were not taken
    /// back yet; in the order of the file.
    public func undoableRows(of file: Int) async throws -> [UndoableRow] {
        try await longRows(
            """
            WITH sent AS MATERIALIZED (
                SELECT l.row_number, l.applied_as, l.application_id, g.organization_id,
                       coalesce(d.answer = '' AND d.application_id IS NULL, false) AS is_asked,
                       \(Self.momentOfRow) AS at
                FROM \(Self.undoable) WHERE l.group_file_id = \(file) AND \(Self.didSomething))
            SELECT s.row_number, s.applied_as, s.application_id, s.is_asked, s.at, a.state,
                   a.mail_confirmed_at IS NOT NULL AS is_confirmed,
                   a.forgotten_at IS NOT NULL AS is_forgotten, b.stands, b.is_shared,
                   \(Self.former) AS former, \(Self.changedSince) AS changed
            FROM sent s
            LEFT JOIN LATERAL (SELECT * FROM applications q
                               WHERE q.id = s.application_id OFFSET 0) a ON true
            LEFT JOIN LATERAL (SELECT * FROM application_versions q
                               WHERE q.application_id = a.id AND q.known_until = s.at) v ON true
            LEFT JOIN LATERAL (SELECT * FROM application_versions q
                               WHERE q.application_id = a.id AND q.known_until > s.at
                               ORDER BY q.known_until LIMIT 1) n ON true
            CROSS JOIN LATERAL (\(Self.belonging)) b
            WHERE s.applied_as <> 'unchanged' OR s.is_asked OR EXISTS (
                SELECT FROM proposals r
                WHERE r.application_id = s.application_id
                  AND r.organization_id = s.organization_id AND r.known_from = s.at
                  AND r.known_until = 'infinity')
            ORDER BY s.row_number
            """
        ).map { try UndoableRow($0) }
    }

    /// How many rows of a file can still be asked to be taken back.
    public func undoableCount(of file: Int) async throws -> Int {
        try await rows(
            """
            SELECT count(*) AS n FROM \(Self.undoable)
            WHERE l.group_file_id = \(file) AND \(Self.didSomething)
              AND (l.applied_as <> 'unchanged' OR d.answer = '')
            """)[0].int("n")
    }

    private static let undoable: SQL = """
        group_lines l
        JOIN group_files g ON g.id = l.group_file_id
        JOIN plans p ON p.id = g.plan_id
        LEFT JOIN doubts d
          ON d.group_file_id = l.group_file_id AND d.row_number = l.row_number
        """

    private static let didSomething: SQL =
        "l.undone_by IS NULL AND (l.applied_as <> '' OR d.answer = '')"

    /// A row that waited is of the moment at which the office said who it is; what was filed by
    /// that may be in doubt again.
    private static let momentOfRow: SQL = """
        coalesce(d.filed_at,
                 CASE WHEN d.answer IN ('same', 'different') THEN d.decided_at END, p.applied_at)
        """

    /// Whether the organization says of its member what the row said, also where another file said
    /// otherwise and was taken back.
    private static let belonging: SQL = """
        SELECT coalesce(bool_or(f.organization_id = s.organization_id AND EXISTS (
                   SELECT FROM affiliations r
                   WHERE r.person_id = a.person_id AND r.application_id = a.id
                     AND r.organization_id = s.organization_id AND r.known_from = s.at
                     AND (r.row_hash, r.unit, coalesce(r.business_place_id, 0))
                         = (f.row_hash, f.unit, coalesce(f.business_place_id, 0)))), false)
                 AS stands,
               coalesce(bool_or(f.organization_id <> s.organization_id), false) AS is_shared
        FROM affiliations f
        WHERE f.person_id = a.person_id AND f.application_id = a.id
          AND f.known_until = 'infinity'
        """

    /// What the application `a` said before the row, by its version `v` and the next one `n`.
    private static let former: SQL = """
        CASE WHEN v.application_id IS NULL
                  OR v.content_hash = coalesce(n.content_hash, a.content_hash) THEN 'same'
             WHEN v.match_key IS NULL THEN 'gone'
             WHEN v.match_key <> a.match_key AND EXISTS (
                  SELECT FROM applications o
                  WHERE o.match_key COLLATE "C" = v.match_key AND o.kind = a.kind
                    AND o.fiscal_year = a.fiscal_year AND o.id <> a.id
                    AND o.state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
                    AND NOT o.appointment_ended) THEN 'taken'
             ELSE 'kept' END
        """

    /// By the first who said otherwise, unless that is what it says now.
    private static let changedSince: SQL = """
        CASE WHEN n.application_id IS NULL
                  OR (\(ApplicationColumn.comparable("n"))) IS NOT DISTINCT FROM
                     (\(ApplicationColumn.comparable("a"))) THEN NULL
             WHEN EXISTS (
                  SELECT FROM group_files h JOIN plans q ON q.id = h.plan_id
                  WHERE h.organization_id = s.organization_id
                    AND q.applied_at = n.known_until) THEN 'file'
             ELSE 'correction' END
        """
}
