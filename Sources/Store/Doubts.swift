public import Enrollment
internal import Postgres

/// 確認待ち. A row of an organization's file that may name somebody a second time.
public struct DoubtRecord: Sendable {
    public let id: Int
    public let fileID: Int
    public let fileNumber: String
    /// As the organization calls the file.
    public let fileName: String
    /// When the file was sent in which the row stands now.
    public let sentAt: Instant
    public let organizationID: Int
    public let organizationName: String
    public let row: Int
    public let otherRow: Int
    public let askedOn: Day
    /// Nil while nobody has decided.
    public let answer: DoubtAnswer?
    /// What the row says; empty once it is decided.
    public let draft: ApplicationDraft
    /// What the other row says, while it is in doubt itself.
    public let otherDraft: ApplicationDraft
    /// The application of the other row; nil while that is in doubt itself.
    public let otherID: Int?

    init(_ row: Row) throws {
        id = try row.int("id")
        fileID = try row.int("group_file_id")
        fileNumber = try row.string("number")
        fileName = try row.string("file_name")
        sentAt = try row.instant("sent_at")
        organizationID = try row.int("organization_id")
        organizationName = try row.string("name")
        self.row = try row.int("row_number")
        otherRow = try row.int("other_row")
        askedOn = try row.day("asked_on")
        answer = DoubtAnswer(rawValue: try row.string("answer"))
        draft = try row.answers("answers")
        otherDraft = try row.answers("other_answers")
        otherID = try row.optionalInt("other_id")
    }

    static let columns: SQL = """
        d.id, d.group_file_id, p.number, g.file_name,
        coalesce(p.applied_at, p.planned_at) AS sent_at, d.organization_id, o.name,
        d.row_number, d.other_row, d.asked_on, d.answer, l.answers, m.answers AS other_answers,
        (SELECT coalesce(a.merged_into, a.id) FROM applications a WHERE a.id = m.application_id)
          AS other_id
        """

    static let tables: SQL = """
        doubts d JOIN group_files g ON g.id = d.group_file_id JOIN plans p ON p.id = g.plan_id
        JOIN organizations o ON o.id = d.organization_id
        JOIN group_lines l ON l.group_file_id = d.group_file_id AND l.row_number = d.row_number
        LEFT JOIN group_lines m ON m.group_file_id = d.group_file_id AND m.row_number = d.other_row
        """
}

/// A row that is to wait.
public struct NewDoubt: Sendable {
    public let row: Int
    public let otherRow: Int
    public let kind: Kind
    /// `MatchKeys.sure` of the row.
    public let key: String

    public init(row: Int, otherRow: Int, kind: Kind, key: String) {
        self.row = row
        self.otherRow = otherRow
        self.kind = kind
        self.key = key
    }
}

extension ReadStore {
    /// Those that nobody has decided, in the order in which they were asked.
    public func openDoubts(limit: Int) async throws -> [DoubtRecord] {
        try await rows(
            """
            SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables)
            WHERE d.answer = '' ORDER BY d.id LIMIT \(limit)
            """
        ).map { try DoubtRecord($0) }
    }

    /// One of them; nil when it has been decided.
    public func openDoubt(_ id: Int) async throws -> DoubtRecord? {
        try await rows(
            """
            SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables)
            WHERE d.id = \(id) AND d.answer = ''
            """
        ).first.map { try DoubtRecord($0) }
    }

    public func openDoubtCount() async throws -> Int {
        try await rows("/* tally */ SELECT count(*) AS n FROM doubts WHERE answer = ''")[0].int("n")
    }

    /// Those of a file, decided or not, by row.
    public func doubts(of file: Int, limit: Int) async throws -> [DoubtRecord] {
        try await rows(
            """
            SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables)
            WHERE d.group_file_id = \(file) ORDER BY d.row_number LIMIT \(limit)
            """
        ).map { try DoubtRecord($0) }
    }

    /// Of some sure keys, those of which the office has said to an organization that they are
    /// somebody whom it had named already: their applications, by kind and key.
    public func decidedSame(
        _ keys: [String], of organizationID: Int, in year: FiscalYear
    ) async throws -> [String: Int] {
        var same: [String: Int] = [:]
        for row in try await longRows(
            """
            SELECT d.kind || d.match_key AS key, coalesce(a.merged_into, a.id) AS id FROM doubts d
            JOIN group_lines l ON l.group_file_id = d.group_file_id AND l.row_number = d.row_number
            JOIN applications a ON a.id = l.application_id
            WHERE d.organization_id = \(organizationID) AND d.fiscal_year = \(year)
              AND d.match_key = ANY(\(keys)::text[]) AND d.answer = 'same' ORDER BY d.id
            """)
        { same[try row.string("key")] = try row.int("id") }
        return same
    }
}

extension WriteTransaction {
    /// Lets rows of a file wait. A question that stands already goes over to the newer file.
    public func ask(
        _ doubts: [NewDoubt], of file: GroupFileRecord, at moment: WriteStamp
    ) async throws {
        guard !doubts.isEmpty else { return }
        try await executeLong(
            """
            INSERT INTO doubts (group_file_id, row_number, other_row, organization_id, fiscal_year,
                                kind, match_key, asked_on)
            SELECT \(file.id)::bigint, f.row, f.other, \(file.organizationID)::bigint,
                   \(file.year)::smallint, f.kind, f.key, \(moment.day)::date
            FROM unnest(\(doubts.map(\.row))::integer[], \(doubts.map(\.otherRow))::integer[],
                        \(doubts.map(\.kind.rawValue))::text[], \(doubts.map(\.key))::text[])
              AS f(row, other, kind, key)
            ON CONFLICT (organization_id, fiscal_year, kind, match_key) WHERE answer = ''
            DO UPDATE SET group_file_id = excluded.group_file_id,
                          row_number = excluded.row_number, other_row = excluded.other_row
            """)
    }

    /// Takes a question for deciding; nil when somebody else has decided.
    public func decide(
        _ id: Int, as answer: DoubtAnswer, at moment: WriteStamp
    ) async throws -> DoubtRecord? {
        let decided = try await execute(
            """
            UPDATE doubts SET answer = \(answer), decided_by = \(moment.actor),
                              decided_at = \(moment.now)
            WHERE id = \(id) AND answer = ''
            """)
        guard decided == 1 else { return nil }
        return try await rows(
            "SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables) WHERE d.id = \(id)"
        ).first.map { try DoubtRecord($0) }
    }

    /// One more person of a file that is applied already.
    public func countApplied(in file: Int) async throws {
        try await execute(
            "UPDATE group_files SET applied_count = applied_count + 1 WHERE id = \(file)")
    }
}
