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
    /// Nil where the row may speak of somebody whom its file does not name.
    public let otherRow: Int?
    /// What is alike (`IdentityReason.code`); empty of two rows of a file.
    public let reason: String
    public let askedOn: Day
    /// Nil while nobody has decided.
    public let answer: DoubtAnswer?
    /// Whether the row was taken back before anybody did: nothing is asked any more.
    public let isUndone: Bool
    /// What the row says; empty once it is decided.
    public let draft: ApplicationDraft
    /// What the other row says, while it is in doubt itself.
    public let otherDraft: ApplicationDraft
    /// The application of the other; nil while the other row is in doubt itself.
    public let otherID: Int?
    /// What an answer filed; the question may be open again.
    public let filedID: Int?
    /// What came of the row by an answer; nil before there was one.
    public let appliedAs: LineResult?
    /// あとで.
    public let putOffAt: Instant?
    public let decidedAt: Instant?
    public let decider: ActorRecord

    init(_ row: Row) throws {
        id = try row.int("id")
        fileID = try row.int("group_file_id")
        fileNumber = try row.string("number")
        fileName = try row.string("file_name")
        sentAt = try row.instant("sent_at")
        organizationID = try row.int("organization_id")
        organizationName = try row.string("name")
        self.row = try row.int("row_number")
        otherRow = try row.optionalInt("other_row")
        reason = try row.string("reason")
        askedOn = try row.day("asked_on")
        answer = DoubtAnswer(rawValue: try row.string("answer"))
        isUndone = try row.string("answer") == "undone"
        draft = try row.answers("answers")
        otherDraft = try row.answers("other_answers")
        otherID = try row.optionalInt("other_id")
        filedID = try row.optionalInt("filed_id")
        appliedAs = try row.optionalCode("applied_as")
        putOffAt = try row.optionalInstant("put_off_at")
        decidedAt = try row.optionalInstant("decided_at")
        decider = try ActorRecord(row)
    }

    static let columns: SQL = """
        d.id, d.group_file_id, p.number, g.file_name,
        coalesce(p.applied_at, p.planned_at) AS sent_at, d.organization_id, o.name,
        d.row_number, nullif(d.other_row, 0) AS other_row, d.reason, d.asked_on, d.answer,
        l.answers, m.answers AS other_answers, d.application_id AS filed_id,
        nullif(l.applied_as, '') AS applied_as, d.put_off_at, d.decided_at,
        nullif(d.decided_by, '') AS actor, u.name AS actor_name, u.role AS actor_role,
        (SELECT coalesce(a.merged_into, a.id) FROM applications a
         WHERE a.id = coalesce(d.other_application_id, m.application_id)) AS other_id
        """

    static let tables: SQL = """
        doubts d JOIN group_files g ON g.id = d.group_file_id JOIN plans p ON p.id = g.plan_id
        JOIN organizations o ON o.id = d.organization_id
        JOIN group_lines l ON l.group_file_id = d.group_file_id AND l.row_number = d.row_number
        LEFT JOIN group_lines m ON m.group_file_id = d.group_file_id AND m.row_number = d.other_row
        LEFT JOIN accounts u ON u.id =
            CASE WHEN d.decided_by LIKE 'account:%' THEN substr(d.decided_by, 9)::bigint END
        """
}

/// A row that is to wait.
public struct NewDoubt: Sendable {
    /// Whom it may speak of.
    public enum Other: Sendable {
        case row(Int)
        case application(Int, reason: String)
    }

    public let row: Int
    public let other: Other
    public let kind: Kind
    /// `MatchKeys.sure` of the row.
    public let key: String

    public init(row: Int, other: Other, kind: Kind, key: String) {
        self.row = row
        self.other = other
        self.kind = kind
        self.key = key
    }

    var otherRow: Int { if case .row(let row) = other { row } else { 0 } }

    var otherApplication: Int? { if case .application(let id, _) = other { id } else { nil } }

    var reason: String { if case .application(_, let reason) = other { reason } else { "" } }
}

extension ReadStore {
    /// One of them, whether it is decided or not.
    public func doubt(_ id: Int) async throws -> DoubtRecord? {
        try await rows(
            "SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables) WHERE d.id = \(id)"
        ).first.map { try DoubtRecord($0) }
    }

    public func openDoubtCount() async throws -> Int {
        try await rows("/* tally */ SELECT count(*) AS n FROM doubts WHERE answer = ''")[0].int("n")
    }

    /// How many rows of a file wait for the office's word.
    public func waitingRows(of file: Int) async throws -> Int {
        try await rows(
            """
            SELECT count(DISTINCT row_number) AS n FROM doubts
            WHERE group_file_id = \(file) AND answer = ''
            """)[0].int("n")
    }

    public func doubtCount(of file: Int) async throws -> Int {
        try await rows("SELECT count(*) AS n FROM doubts WHERE group_file_id = \(file)")[0]
            .int("n")
    }

    /// The first of a file, decided or not, by row.
    public func doubts(of file: Int, limit: Int) async throws -> [DoubtRecord] {
        try await rows(
            """
            SELECT \(DoubtRecord.columns) FROM \(DoubtRecord.tables)
            WHERE d.group_file_id = \(file) ORDER BY d.row_number LIMIT \(limit)
            """
        ).map { try DoubtRecord($0) }
    }

    /// What the office has said to an organization of rows with some sure keys, in whatever year.
    public func decidedDoubts(
        _ keys: [String], of organizationID: Int
    ) async throws -> [DecidedDoubt] {
        try await longRows(
            """
            SELECT d.kind, d.match_key, d.answer, d.other_row > 0 AS is_of_file, a.person_id,
                   b.person_id AS other_person_id
            FROM doubts d
            JOIN group_lines l ON l.group_file_id = d.group_file_id AND l.row_number = d.row_number
            LEFT JOIN group_lines m
              ON m.group_file_id = d.group_file_id AND m.row_number = d.other_row
            LEFT JOIN applications a ON a.id = l.application_id
            LEFT JOIN applications b ON b.id = coalesce(d.other_application_id, m.application_id)
            WHERE d.organization_id = \(organizationID) AND d.match_key = ANY(\(keys)::text[])
              AND d.answer IN ('same', 'different') ORDER BY d.id
            """
        ).map { try DecidedDoubt($0) }
    }
}

/// What the office has said of a row, for rows like it.
public struct DecidedDoubt: Sendable {
    public let kind: Kind
    /// `MatchKeys.sure` of the row.
    public let key: String
    public let answer: DoubtAnswer
    /// Whether the other was a row of the same file.
    public let isOfFile: Bool
    /// Whom the row spoke of by the answer; nil where nothing was filed.
    public let personID: Int?
    /// Whom it might have spoken of.
    public let otherPersonID: Int?

    init(_ row: Row) throws {
        kind = try row.code("kind")
        key = try row.string("match_key")
        answer = try row.code("answer")
        isOfFile = try row.bool("is_of_file")
        personID = try row.optionalInt("person_id")
        otherPersonID = try row.optionalInt("other_person_id")
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
            INSERT INTO doubts (group_file_id, row_number, other_row, other_application_id, reason,
                                organization_id, fiscal_year, kind, match_key, asked_on)
            SELECT \(file.id)::bigint, f.row, f.other, f.application, f.reason,
                   \(file.organizationID)::bigint, \(file.year)::smallint, f.kind, f.key,
                   \(moment.day)::date
            FROM unnest(\(doubts.map(\.row))::integer[], \(doubts.map(\.otherRow))::integer[],
                        \(doubts.map(\.otherApplication))::bigint[],
                        \(doubts.map(\.reason))::text[],
                        \(doubts.map(\.kind.rawValue))::text[], \(doubts.map(\.key))::text[])
              AS f(row, other, application, reason, kind, key)
            ON CONFLICT (organization_id, fiscal_year, kind, match_key) WHERE answer = ''
            DO UPDATE SET group_file_id = excluded.group_file_id,
                          row_number = excluded.row_number, other_row = excluded.other_row,
                          other_application_id = excluded.other_application_id,
                          reason = excluded.reason
            """)
    }

    /// Takes a question for deciding; nil when somebody else has decided.
    public func decide(
        _ id: Int, as answer: DoubtAnswer, at moment: WriteStamp
    ) async throws -> DoubtRecord? {
        let decided = try await execute(
            """
            UPDATE doubts SET answer = \(answer), decided_by = \(moment.actor),
                              decided_at = \(moment.now), put_off_at = NULL, put_off_by = ''
            WHERE id = \(id) AND answer = ''
            """)
        return decided == 1 ? try await reading.doubt(id) : nil
    }

    /// One more person of a file that is applied already.
    public func countApplied(in file: Int) async throws {
        try await execute(
            "UPDATE group_files SET applied_count = applied_count + 1 WHERE id = \(file)")
    }
}
