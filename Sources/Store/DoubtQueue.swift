public import Enrollment
internal import Postgres

/// Which open questions are listed, and from where on.
public struct DoubtFilter: Sendable, Equatable {
    /// By how alike the names are: `""` of two rows of one file; nil for all.
    public var likeness: String?
    /// あとで: those that were put off, or those that were not.
    public var isPutOff = false
    /// The last one seen.
    public var after = 0
    public var limit = 20

    public init() {}
}

/// How many questions were asked for one reason, and what was said.
public struct DoubtCount: Sendable, Equatable {
    /// `IdentityReason.code`; empty of two rows of a file.
    public let reason: String
    /// Those that wait, without those that were put off.
    public let open: Int
    public let putOff: Int
    public let same: Int
    public let different: Int

    /// How alike the names are, as `DoubtFilter.likeness` has it.
    public var likeness: String { String(reason.prefix { $0 != ":" }) }
}

extension ReadStore {
    /// Those that nobody has decided, in the order in which they were asked.
    public func openDoubts(_ filter: DoubtFilter) async throws -> [DoubtRecord] {
        var isAsked: SQL = "true"
        if let likeness = filter.likeness {
            isAsked = "split_part(d.reason, ':', 1) = \(likeness)"
        }
        return try await rows(
            """
            SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables)
            WHERE d.answer = '' AND (d.put_off_at IS NOT NULL) = \(filter.isPutOff)
              AND d.id > \(filter.after) AND \(isAsked)
            ORDER BY d.id LIMIT \(filter.limit)
            """
        ).map { try DoubtRecord($0) }
    }

    /// By reason, of whatever year, those with most questions first.
    public func doubtCounts() async throws -> [DoubtCount] {
        try await rows(
            """
            /* tally */ SELECT reason,
                count(*) FILTER (WHERE answer = '' AND put_off_at IS NULL) AS open,
                count(*) FILTER (WHERE answer = '' AND put_off_at IS NOT NULL) AS put_off,
                count(*) FILTER (WHERE answer = 'same') AS same,
                count(*) FILTER (WHERE answer = 'different') AS different
            FROM doubts GROUP BY reason ORDER BY count(*) DESC, reason
            """
        ).map {
            DoubtCount(
                reason: try $0.string("reason"), open: try $0.int("open"),
                putOff: try $0.int("put_off"), same: try $0.int("same"),
                different: try $0.int("different"))
        }
    }

    /// Those that were decided, the last first; before a moment, where one is given.
    public func answeredDoubts(
        before moment: Instant?, limit: Int
    ) async throws -> [DoubtRecord] {
        var isBefore: SQL = "true"
        if let moment { isBefore = "d.decided_at < \(moment)" }
        return try await rows(
            """
            SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables)
            WHERE d.answer IN ('same', 'different') AND \(isBefore)
            ORDER BY d.decided_at DESC, d.id DESC LIMIT \(limit)
            """
        ).map { try DoubtRecord($0) }
    }
}

extension WriteTransaction {
    /// あとで. False where it was decided meanwhile.
    public func putOff(doubt id: Int, at moment: WriteStamp) async throws -> Bool {
        try await execute(
            """
            UPDATE doubts SET put_off_at = \(moment.now), put_off_by = \(moment.actor)
            WHERE id = \(id) AND answer = ''
            """) == 1
    }

    /// A question with what was said, for taking it back; held from now on.
    public func hold(doubt id: Int) async throws -> DoubtRecord? {
        try await execute("SELECT id FROM doubts WHERE id = \(id) FOR UPDATE")
        return try await reading.doubt(id)
    }

    /// Opens a question again. False where the same is asked anew already, by a newer file, and
    /// where its row was taken back.
    public func reopen(doubt id: Int) async throws -> Bool {
        try await execute(
            """
            UPDATE doubts d SET answer = '', decided_by = '', decided_at = NULL
            WHERE id = \(id) AND NOT EXISTS (
                SELECT FROM doubts n
                WHERE n.organization_id = d.organization_id AND n.fiscal_year = d.fiscal_year
                  AND n.kind = d.kind AND n.match_key = d.match_key AND n.answer = '')
              AND NOT EXISTS (
                SELECT FROM group_lines l
                WHERE l.group_file_id = d.group_file_id AND l.row_number = d.row_number
                  AND l.undone_by IS NOT NULL)
            """) == 1
    }

    /// Keeps which application an answer filed; of one that was there before, nothing.
    public func keepFiled(byDoubt id: Int, at now: Instant) async throws {
        try await execute(
            """
            UPDATE doubts d SET application_id = l.application_id, filed_at = \(now)
            FROM group_lines l
            WHERE d.id = \(id) AND l.group_file_id = d.group_file_id
              AND l.row_number = d.row_number AND l.applied_as = 'submitted'
            """)
    }

    /// Nothing came of the row of a question any more, and what its organization said by it beside
    /// an application is taken away; what it had said before stands again.
    public func undoKeeping(_ doubt: DoubtRecord, saidAt: Instant, at now: Instant) async throws {
        let said: SQL = """
            application_id = (SELECT application_id FROM group_lines
                              WHERE group_file_id = \(doubt.fileID)
                                AND row_number = \(doubt.row))
            AND organization_id = \(doubt.organizationID)
            """
        let ended = try await execute(
            """
            UPDATE proposals SET known_until = \(now)
            WHERE \(said) AND known_from = \(saidAt) AND known_until = 'infinity'
            """)
        if ended == 1 {
            try await execute(
                """
                INSERT INTO proposals (application_id, organization_id, answers, known_from)
                SELECT application_id, organization_id, answers, \(now) FROM proposals
                WHERE \(said) AND known_until = \(saidAt) AND known_from < \(saidAt)
                ORDER BY id DESC LIMIT 1
                """)
        }
        try await execute(
            """
            UPDATE group_lines SET applied_as = '', application_id = NULL
            WHERE group_file_id = \(doubt.fileID) AND row_number = \(doubt.row)
            """)
    }

    /// Those of some applications about which no question waits, held from now on.
    public func outOfDoubt(_ ids: [Int]) async throws -> [Int] {
        try await execute(
            """
            SELECT id FROM applications WHERE id = ANY(\(ids)::bigint[]) ORDER BY id FOR UPDATE
            """)
        return try await rows(
            """
            SELECT f.id FROM unnest(\(ids)::bigint[]) AS f(id)
            WHERE NOT EXISTS (
                SELECT FROM doubts d WHERE d.application_id = f.id AND d.answer = '')
            ORDER BY f.id
            """
        ).map { try $0.int("id") }
    }
}
