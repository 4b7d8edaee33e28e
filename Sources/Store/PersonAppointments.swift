public import Enrollment
internal import Postgres

/// What was believed of a term, from when until when.
public struct TermVersion: Sendable {
    public let term: Term
    public let knownFrom: Instant
    /// Nil as long as it is believed.
    public let knownUntil: Instant?
    /// Who said so.
    public let actor: ActorRecord
    /// Why, in their words, until the journal forgets them.
    public let words: String

    init(_ row: Row) throws {
        term = try row.term()
        knownFrom = try row.instant("known_from")
        knownUntil = try row.optionalInstant("known_until")
        actor = try ActorRecord(row)
        words = try row.optionalString("words") ?? ""
    }
}

/// The badge of an appointment, as a person's page shows it.
public struct PersonBadge: Sendable {
    public let token: String
    public let revokedAt: Instant?
    public let reason: String

    init?(_ row: Row) throws {
        guard let token = try row.optionalString("token") else { return nil }
        self.token = token
        revokedAt = try row.optionalInstant("revoked_at")
        reason = try row.optionalString("revocation_reason") ?? ""
    }
}

/// An appointment of somebody, with everything that was ever believed of its days.
public struct PersonAppointment: Sendable {
    public let number: String
    /// Of the application of which it came.
    public let receipt: String
    public let year: FiscalYear
    public let kind: Kind
    public let history: AppointmentHistory
    public let decidedOn: Day
    public let decisionNumber: String
    public let badge: PersonBadge?
    /// In the order in which they were learned.
    public private(set) var versions: [TermVersion]

    /// As it is believed now; nil where it is no more.
    public var term: Term? { versions.last { $0.knownUntil == nil }?.term }

    private init(_ row: Row) throws {
        number = try row.string("number")
        receipt = try row.string("receipt")
        year = try row.year("fiscal_year")
        kind = try row.code("kind")
        history = try row.code("history")
        decidedOn = try row.day("decided_on")
        decisionNumber = try row.string("decision_number")
        badge = try PersonBadge(row)
        versions = [try TermVersion(row)]
    }

    /// A row a version, those of one appointment together.
    fileprivate static func all(_ rows: [Row]) throws -> [PersonAppointment] {
        var all: [PersonAppointment] = []
        for row in rows {
            if let last = all.last, last.number == (try row.string("number")) {
                all[all.count - 1].versions.append(try TermVersion(row))
            } else {
                all.append(try PersonAppointment(row))
            }
        }
        return all
    }
}

extension WriteTransaction {
    /// The appointments of a person, the first one first. Read by the program and not by pages,
    /// for the words stand in the journal.
    public func appointments(ofPerson id: Int) async throws -> [PersonAppointment] {
        let found = try await rows(
            """
            SELECT a.number, p.receipt, a.fiscal_year, a.kind, a.history, a.decided_on,
                   a.decision_number, b.token, b.revoked_at, b.revocation_reason,
                   t.true_from, t.ends_on, t.end_reason, t.known_from,
                   nullif(t.known_until, 'infinity') AS known_until, d.reason AS words,
                   \(ActorRecord.columns)
            FROM (SELECT * FROM appointments q WHERE q.person_id = \(id) OFFSET 0) a
            CROSS JOIN LATERAL (
                SELECT * FROM applications q WHERE q.id = a.application_id OFFSET 0) p
            CROSS JOIN LATERAL (
                SELECT * FROM appointment_terms q WHERE q.appointment_id = a.id OFFSET 0) t
            LEFT JOIN LATERAL (
                SELECT * FROM badges q WHERE q.appointment_id = a.id OFFSET 0) b ON true
            LEFT JOIN LATERAL (
                SELECT e.id, e.actor, e.actor_account FROM events e
                WHERE e.subject = 'appointment:' || a.number AND e.known_from = t.known_from
                ORDER BY e.act = CASE t.end_reason WHEN '' THEN 'appoint'
                        WHEN 'resigned' THEN 'resign' WHEN 'superseded' THEN 'supersede'
                        ELSE 'end_appointment' END DESC, e.id DESC LIMIT 1) j ON true
            LEFT JOIN LATERAL (
                SELECT * FROM event_details q WHERE q.event_id = j.id OFFSET 0) d ON true
            LEFT JOIN accounts u ON u.id = j.actor_account
            ORDER BY a.id, t.id
            """)
        return try PersonAppointment.all(found)
    }
}
