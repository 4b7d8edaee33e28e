public import Enrollment
internal import JSON
internal import Postgres

/// Some rows of an organization's file, to be taken back.
public struct RowsToUndo: Sendable {
    public let rows: [UndoableRow]
    public let organizationID: Int

    public init(_ rows: [UndoableRow], of organizationID: Int) {
        self.rows = rows
        self.organizationID = organizationID
    }

    public func having(_ act: UndoAct) -> RowsToUndo {
        RowsToUndo(rows.filter { $0.outcome == .reversed(act) }, of: organizationID)
    }

    /// Of those that changed what an application says.
    var ofParticulars: RowsToUndo {
        RowsToUndo(rows.filter { $0.facts.former == .kept }, of: organizationID)
    }

    var ofOwnFacts: RowsToUndo {
        RowsToUndo(rows.filter { $0.facts.former == .same }, of: organizationID)
    }

    public var applications: [Int] { rows.compactMap(\.applicationID) }

    /// `f(which, at)`: each application with the moment of its row.
    fileprivate var moments: SQL {
        let known = rows.compactMap { row in row.applicationID.map { ($0, row.at.precise) } }
        return """
            unnest(\(known.map(\.0))::bigint[], \(known.map(\.1))::timestamptz[]) AS f(which, at)
            """
    }
}

extension FactChange {
    fileprivate init(corrected row: Row) throws {
        self.init(
            act: .correct, applicationID: try row.int("id"),
            before: .object(try row.members("before")), after: .object(try row.members("after")))
    }
}

/// Taking rows of a file back: what stood since them is closed, and what stood before them stands
/// again. Nothing that was believed is lost.
extension WriteTransaction {
    /// Nobody else files, corrects or takes back anything of an organization until the end of this
    /// transaction: of two the second waits, and sees what the first has done.
    public func hold(organization id: Int) async throws {
        try await execute("SELECT id FROM organizations WHERE id = \(id) FOR NO KEY UPDATE")
    }

    /// What the rows of a file have filed or changed, and what is asked about them, stays as it is
    /// until the end of this transaction but for what is done in it.
    public func holdRows(of file: Int) async throws {
        try await executeLong(
            "SELECT id FROM doubts WHERE group_file_id = \(file) ORDER BY id FOR UPDATE")
        try await executeLong(
            """
            SELECT id FROM applications WHERE id = ANY(ARRAY(
                SELECT application_id FROM group_lines
                WHERE group_file_id = \(file) AND application_id IS NOT NULL))
            ORDER BY id FOR UPDATE
            """)
    }

    /// The members by some rows belong to the organization no more. Gives where they did.
    public func leave(_ rows: RowsToUndo, at moment: WriteStamp) async throws -> [FactChange] {
        try await closeAffiliations(of: rows, at: moment).map {
            FactChange(
                act: .changeAffiliation, applicationID: $0,
                before: $1.json(of: rows.organizationID), after: .null)
        }
    }

    /// They belong to it as they did before the rows. Gives where they did, and where they do.
    public func rejoin(_ rows: RowsToUndo, at moment: WriteStamp) async throws -> [FactChange] {
        let closed = try await closeAffiliations(of: rows, at: moment)
        let before = Dictionary(closed, uniquingKeysWith: { first, _ in first })
        return try await reopenAffiliations(of: rows, at: moment).compactMap { id, now in
            guard let was = before[id], was != now else { return nil }
            return FactChange(
                act: .changeAffiliation, applicationID: id,
                before: was.json(of: rows.organizationID),
                after: now.json(of: rows.organizationID))
        }
    }

    private func closeAffiliations(
        of rows: RowsToUndo, at moment: WriteStamp
    ) async throws -> [(Int, Belonging)] {
        try await belongings(
            """
            UPDATE affiliations m SET known_until = \(moment.now)
            FROM \(rows.moments) JOIN applications a ON a.id = f.which
            WHERE m.person_id = a.person_id AND m.application_id = a.id
              AND m.organization_id = \(rows.organizationID) AND m.known_until = 'infinity'
            RETURNING m.application_id, m.unit, m.business_place_id
            """)
    }

    private func reopenAffiliations(
        of rows: RowsToUndo, at moment: WriteStamp
    ) async throws -> [(Int, Belonging)] {
        try await belongings(
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                business_place_id, is_primary, row_hash, sort_key, true_from, true_until,
                left_because, known_from)
            SELECT DISTINCT ON (a.id) a.person_id, m.organization_id, a.id, m.fiscal_year, m.unit,
                m.business_place_id, m.is_primary, m.row_hash, a.sort_key, m.true_from,
                m.true_until, m.left_because, \(moment.now)::timestamptz
            FROM \(rows.moments) JOIN applications a ON a.id = f.which
            JOIN affiliations m ON m.person_id = a.person_id AND m.application_id = a.id
              AND m.organization_id = \(rows.organizationID) AND m.known_until = f.at
            ORDER BY a.id, m.id DESC
            RETURNING application_id, unit, business_place_id
            """)
    }

    private func belongings(_ sql: SQL) async throws -> [(Int, Belonging)] {
        try await session.rows(sql, within: Self.long).map {
            (try $0.int("application_id"), try Belonging($0))
        }
    }

    /// What applications said before some rows changed it. Gives what came back.
    public func restoreParticulars(
        of rows: RowsToUndo, at moment: WriteStamp
    ) async throws -> [FactChange] {
        try await restore(rows.ofParticulars, ApplicationColumn.correctable, at: moment)
            + restore(rows.ofOwnFacts, ApplicationColumn.own { $0 == .unit }, at: moment)
    }

    private func restore(
        _ rows: RowsToUndo, _ columns: [ApplicationColumn], at moment: WriteStamp
    ) async throws -> [FactChange] {
        let ids = try await versioned(rows)
        guard !ids.isEmpty else { return [] }
        try await keepVersions(of: ids, until: moment.now)
        let names = SQL.list(columns.map(\.name))
        let facts = ApplicationColumn.facts(columns)
        return try await session.rows(
            """
            WITH old AS MATERIALIZED (
                SELECT id, \(facts) FROM applications WHERE id = ANY(\(ids)::bigint[])),
            new AS (
                UPDATE applications a SET (\(names)) = (
                    SELECT \(names) FROM application_versions v
                    WHERE v.application_id = a.id AND v.known_until = f.at)
                FROM \(rows.moments)
                WHERE a.id = f.which AND a.id = ANY(\(ids)::bigint[])
                RETURNING id, \(facts)),
            facts AS (
                SELECT old.id, o.key, o.value AS before, to_jsonb(new) -> o.key AS after
                FROM old JOIN new ON new.id = old.id CROSS JOIN jsonb_each(to_jsonb(old)) o)
            SELECT id, jsonb_object_agg(key, before) AS before,
                   jsonb_object_agg(key, after) AS after
            FROM facts WHERE before IS DISTINCT FROM after GROUP BY id ORDER BY id
            """, within: Self.long
        ).map { try FactChange(corrected: $0) }
    }

    /// Those of which a version was kept when their row came, and of whose own facts nobody has
    /// said anything else since.
    private func versioned(_ rows: RowsToUndo) async throws -> [Int] {
        guard !rows.applications.isEmpty else { return [] }
        return try await session.rows(
            """
            SELECT v.application_id FROM \(rows.moments)
            JOIN application_versions v
              ON v.application_id = f.which AND v.known_until = f.at
            JOIN applications a ON a.id = f.which
            LEFT JOIN LATERAL (
                SELECT n.unit FROM application_versions n
                WHERE n.application_id = f.which AND n.known_until > f.at
                ORDER BY n.known_until LIMIT 1) n ON true
            WHERE a.unit = coalesce(n.unit, a.unit)
              AND (a.unit <> v.unit OR a.content_hash <> v.content_hash) ORDER BY 1
            """, within: Self.long
        ).map { try $0.int("application_id") }
    }

    /// The days on which videos were watched, as they were said before.
    public func restoreViewings(of rows: RowsToUndo, at moment: WriteStamp) async throws {
        guard !rows.applications.isEmpty else { return }
        try await executeLong(
            """
            UPDATE viewings w SET known_until = \(moment.now)
            FROM \(rows.moments) JOIN applications a ON a.id = f.which
            WHERE w.person_id = a.person_id AND w.application_id = a.id
              AND w.known_until = 'infinity' AND EXISTS (
                SELECT FROM viewings s
                WHERE s.person_id = a.person_id AND s.application_id = a.id
                  AND s.known_from = f.at
                  AND (s.fiscal_year, s.video_slot, s.grade, s.viewed_on)
                      = (w.fiscal_year, w.video_slot, w.grade, w.viewed_on))
            """)
        try await executeLong(
            """
            INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                viewed_on, recorded_by, known_from)
            SELECT w.person_id, w.application_id, w.fiscal_year, w.video_slot, w.grade,
                w.viewed_on, w.recorded_by, \(moment.now)::timestamptz
            FROM \(rows.moments) JOIN applications a ON a.id = f.which
            JOIN viewings w ON w.person_id = a.person_id AND w.application_id = a.id
              AND w.known_until = f.at
            ON CONFLICT DO NOTHING
            """)
    }

    /// What the organization says otherwise of them, as before.
    public func restoreProposals(of rows: RowsToUndo, at moment: WriteStamp) async throws {
        guard !rows.applications.isEmpty else { return }
        try await executeLong(
            """
            UPDATE proposals r SET known_until = \(moment.now) FROM \(rows.moments)
            WHERE r.application_id = f.which AND r.organization_id = \(rows.organizationID)
              AND r.known_until = 'infinity' AND EXISTS (
                SELECT FROM proposals s
                WHERE s.application_id = r.application_id
                  AND s.organization_id = r.organization_id AND s.known_from = f.at
                  AND s.answers = r.answers)
            """)
        try await executeLong(
            """
            INSERT INTO proposals (application_id, organization_id, answers, known_from)
            SELECT r.application_id, r.organization_id, r.answers, \(moment.now)::timestamptz
            FROM \(rows.moments) JOIN proposals r ON r.application_id = f.which
              AND r.organization_id = \(rows.organizationID) AND r.known_until = f.at
            ON CONFLICT DO NOTHING
            """)
    }

    /// Rows of a file are taken back by a plan, and nobody is asked about them any more.
    public func finishUndo(
        of rows: RowsToUndo, in file: Int, by plan: Int, at moment: WriteStamp
    ) async throws {
        let numbers = rows.rows.map(\.row)
        try await executeLong(
            """
            UPDATE doubts SET answer = 'undone', decided_by = \(moment.actor),
                              decided_at = \(moment.now)
            WHERE group_file_id = \(file) AND row_number = ANY(\(numbers)::integer[])
              AND answer = ''
            """)
        try await executeLong(
            """
            UPDATE group_lines SET undone_by = \(plan), answers = NULL
            WHERE group_file_id = \(file) AND row_number = ANY(\(numbers)::integer[])
            """)
    }

    /// Which of some letters were written, by their Message-ID, and are not held back.
    public func wrote(messageIDs ids: [String]) async throws -> Set<String> {
        Set(
            try await session.rows(
                """
                SELECT message_id FROM outbox
                WHERE message_id = ANY(\(ids)::text[]) AND state <> 'suppressed'
                """, within: Self.long
            ).map { try $0.string("message_id") })
    }

    /// Holds back letters that wait and are not being sent; gives those that do not leave, by their
    /// Message-ID.
    public func holdBack(messageIDs ids: [String]) async throws -> Set<String> {
        Set(
            try await session.rows(
                """
                UPDATE outbox SET state = 'suppressed'
                WHERE message_id = ANY(\(ids)::text[]) AND state = 'waiting'
                  AND lease_until IS NULL RETURNING message_id
                """, within: Self.long
            ).map { try $0.string("message_id") })
    }
}
