public import Enrollment
internal import Postgres

/// 補正の求め, as it is kept.
public struct AmendmentRecord: Sendable {
    public enum State: String, CaseIterable, Sendable {
        case open, answered
        case takenBack = "taken_back"
        /// Another one was said in its place.
        case replaced
        /// The day went by.
        case expired
    }

    public let id: Int
    public let applicationID: Int
    public let note: AmendmentNote
    public let state: State
    public let askedAt: Instant
    public let endedAt: Instant?
    public let asker: ActorRecord
    /// Which of its questions were answered otherwise than they had been; of what was not answered
    /// none.
    public let answered: [ApplicationField]

    static let columns: SQL = """
        m.id AS amendment_id, m.application_id, m.questions, m.due_on, m.state AS amendment_state,
        m.asked_at, m.ended_at, m.asked_by AS asker, w.name AS asker_name, w.role AS asker_role,
        ARRAY(SELECT k.key FROM (
             SELECT e.detail FROM events e
             WHERE m.state = 'answered' AND e.subject = 'application:' || m.application_id
               AND e.act = \(EventKind.answerAmendment) AND e.known_from = m.ended_at
             ORDER BY e.id DESC LIMIT 1) e
         CROSS JOIN LATERAL json_array_elements_text(e.detail->'fields') AS k(key)) AS answered
        """

    init(_ row: Row) throws {
        id = try row.int("amendment_id")
        applicationID = try row.int("application_id")
        note = AmendmentNote(try row.answers("questions"), dueOn: try row.day("due_on"))
        state = try row.code("amendment_state")
        askedAt = try row.instant("asked_at")
        endedAt = try row.optionalInstant("ended_at")
        asker = try ActorRecord(row, "asker")
        let others = try row.array("answered") { ApplicationField(key: $0) }
        answered = note.fields.filter(others.contains)
    }
}

extension AmendmentRecord {
    /// What was asked and left as it was by whoever answered the rest.
    public var unchanged: [ApplicationField] {
        state == .answered ? note.fields.filter { !answered.contains($0) } : []
    }
}

/// One that waits for its answer, beside the application.
public struct WaitingAmendment: Sendable {
    public let amendment: AmendmentRecord
    public let application: ApplicationRecord
}

extension ReadStore {
    /// All of an application, the newest first.
    public func amendments(of applicationID: Int) async throws -> [AmendmentRecord] {
        try await rows(
            """
            SELECT \(AmendmentRecord.columns) FROM amendments m
            LEFT JOIN accounts w ON w.id = m.asked_by_account
            WHERE m.application_id = \(applicationID) ORDER BY m.id DESC
            """
        ).map { try AmendmentRecord($0) }
    }

    /// Those that wait for an answer, by their last day: all, or only those up to a day.
    public func waitingAmendments(
        upTo day: Day? = nil, notReminded: Bool = false, limit: Int
    ) async throws -> [WaitingAmendment] {
        try await rows(
            """
            SELECT \(AmendmentRecord.columns), \(ApplicationRecord.columns)
            FROM (SELECT q.* FROM amendments q
                  WHERE q.state = 'open' AND q.due_on <= coalesce(\(day)::date, 'infinity')
                    AND (NOT \(notReminded) OR q.reminded_at IS NULL)
                  ORDER BY q.due_on, q.id LIMIT \(limit)) m
            LEFT JOIN accounts w ON w.id = m.asked_by_account
            CROSS JOIN \(ApplicationRecord.tables(of: "m.application_id"))
            ORDER BY m.due_on, m.id
            """
        ).map {
            WaitingAmendment(
                amendment: try AmendmentRecord($0), application: try ApplicationRecord($0))
        }
    }

    /// Which of some applications came back with an answer last.
    public func amended(among applications: [Int]) async throws -> Set<Int> {
        let found = try await rows(
            """
            SELECT f.id FROM unnest(\(applications)::bigint[]) AS f(id)
            CROSS JOIN LATERAL (
                SELECT m.state FROM amendments m WHERE m.application_id = f.id
                ORDER BY m.id DESC LIMIT 1) last
            WHERE last.state = 'answered'
            """)
        return Set(try found.map { try $0.int("id") })
    }

    /// How much time an amendment has in a year; nil while the year has no data.
    public func amendmentRules(in year: FiscalYear) async throws -> AmendmentRules? {
        try await rows(
            """
            SELECT amendment_days, amendment_reminder_days FROM fiscal_years
            WHERE start_year = \(year)
            """
        ).first.map {
            AmendmentRules(
                days: try $0.int("amendment_days"),
                reminderDays: try $0.int("amendment_reminder_days"))
        }
    }

    /// Who sent the newest file that names the person of an application, where one did: of an
    /// organization, or of whichever.
    public func sender(
        ofApplication id: Int, of organizationID: Int? = nil
    ) async throws -> (name: String, email: String)? {
        try await rows(
            """
            SELECT g.coordinator_name, g.coordinator_email
            FROM group_lines l JOIN group_files g ON g.id = l.group_file_id
            WHERE l.application_id = \(id) AND g.coordinator_email <> ''
              AND g.organization_id = coalesce(\(organizationID)::bigint, g.organization_id)
            ORDER BY g.id DESC LIMIT 1
            """
        ).first.map {
            (try $0.string("coordinator_name"), try $0.string("coordinator_email"))
        }
    }
}

extension WriteTransaction {
    /// Keeps what is asked for; one that is open has ended before. Gives its number.
    public func ask(
        _ note: AmendmentNote, ofApplication id: Int, at moment: WriteStamp
    ) async throws -> Int {
        try await rows(
            """
            INSERT INTO amendments (application_id, questions, due_on, asked_by, asked_at)
            VALUES (\(id), \(Answers.json(note.questions))::text::jsonb, \(note.dueOn),
                    \(moment.actor), \(moment.now))
            RETURNING id
            """)[0].int("id")
    }

    /// Ends one that is open; false where it is not.
    public func end(
        amendment id: Int, as state: AmendmentRecord.State, at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE amendments SET state = \(state), ended_at = \(now)
            WHERE id = \(id) AND state = 'open'
            """) == 1
    }

    /// It was said again that the day is near; false where that was said before.
    public func markReminded(amendment id: Int, at now: Instant) async throws -> Bool {
        try await execute(
            """
            UPDATE amendments SET reminded_at = \(now)
            WHERE id = \(id) AND state = 'open' AND reminded_at IS NULL
            """) == 1
    }
}
