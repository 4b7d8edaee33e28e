public import Enrollment
internal import Postgres

/// An appointment that the office ended, or its owner, with the days that it would have had.
public struct TakenTerm: Sendable {
    public let number: String
    public let personID: Int
    public let reason: EndReason
    /// When it was said to end.
    public let knownFrom: Instant
    public let from: Day
    /// The first day that does not count: as it is, and as it was before.
    public let endsOn: Day
    public let formerEnd: Day
    /// Why it had ended before it was cancelled; nil where it had not.
    public let formerReason: EndReason?
    let id: Int
    let appointmentID: Int
}

extension WriteTransaction {
    /// The term of an application that ended before its time, but for a change of kind; nil where
    /// there is none.
    public func takenTerm(ofApplication id: Int) async throws -> TakenTerm? {
        try await rows(
            """
            SELECT t.id, a.number, t.appointment_id, t.person_id, t.true_from, t.ends_on,
                   t.end_reason, t.known_from, f.ends_on AS former_end,
                   nullif(f.end_reason, '') AS former_reason
            FROM appointments a
            JOIN appointment_terms t ON t.appointment_id = a.id AND t.known_until = 'infinity'
            CROSS JOIN LATERAL (
                SELECT q.ends_on, q.end_reason FROM appointment_terms q
                WHERE q.appointment_id = a.id AND q.known_until <= t.known_from
                  AND (q.end_reason = ''
                       OR t.end_reason = 'cancelled' AND q.end_reason <> 'cancelled')
                ORDER BY q.id DESC LIMIT 1) f
            WHERE a.application_id = \(id) AND a.undone_by IS NULL
              AND t.end_reason = ANY(\(AppointmentEnding.undoable.map(\.rawValue))::text[])
            FOR UPDATE OF t
            """
        ).first.map { row in
            TakenTerm(
                number: try row.string("number"), personID: try row.int("person_id"),
                reason: try row.code("end_reason"),
                knownFrom: try row.instant("known_from"), from: try row.day("true_from"),
                endsOn: try row.day("ends_on"),
                formerEnd: try row.day("former_end"),
                formerReason: try row.optionalString("former_reason").flatMap {
                    EndReason(rawValue: $0)
                }, id: try row.int("id"),
                appointmentID: try row.int("appointment_id"))
        }
    }

    /// Whether its person holds another appointment on a day on which it would hold again.
    public func isHeldElsewhere(_ term: TakenTerm) async throws -> Bool {
        try await !rows(
            """
            SELECT id FROM appointment_terms
            WHERE person_id = \(term.personID) AND known_until = 'infinity' AND id <> \(term.id)
              AND daterange(true_from, ends_on) && daterange(\(term.from), \(term.formerEnd))
            LIMIT 1
            """
        ).isEmpty
    }

    /// Lets a term hold again as it did, and its badge with it; that they did not is kept. What had
    /// ended before it was cancelled has ended again.
    public func resume(_ term: TakenTerm, at now: Instant) async throws {
        let former = term.formerReason?.rawValue ?? ""
        try await execute(
            "UPDATE appointment_terms SET known_until = \(now) WHERE id = \(term.id)")
        try await execute(
            """
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            SELECT appointment_id, person_id, kind, fiscal_year, true_from, \(term.formerEnd),
                   \(former), \(now)
            FROM appointment_terms WHERE id = \(term.id)
            """)
        try await execute(
            """
            UPDATE applications a SET appointment_ended = \(term.formerReason != nil)
            FROM appointments p
            WHERE p.id = \(term.appointmentID) AND a.id = p.application_id
            """)
        try await execute(
            """
            WITH held AS (
                INSERT INTO badge_revocations_undone (badge_id, revoked_at, reason, undone_at)
                SELECT id, revoked_at, revocation_reason, \(now) FROM badges
                WHERE appointment_id = \(term.appointmentID) AND revoked_at IS NOT NULL
                RETURNING badge_id)
            UPDATE badges b SET revocation_reason = \(former),
                revoked_at = CASE WHEN \(former) = '' THEN NULL ELSE b.revoked_at END
            FROM held WHERE held.badge_id = b.id
            """)
    }

    /// Holds back a person's letter about something that waits and is not being sent; whether there
    /// was one.
    public func holdBack(
        _ kind: LetterKind, about subject: String, ofPerson id: Int
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE outbox SET state = 'suppressed'
            WHERE person_id = \(id) AND state = 'waiting' AND lease_until IS NULL
              AND letter = \(kind)
              AND starts_with(message_id, lower(\("\(kind.rawValue)-\(subject)")::text))
            """) > 0
    }

    /// Lets a letter that was held back leave after all; whether there was one whose words are not
    /// forgotten yet.
    public func release(messageID id: String) async throws -> Bool {
        try await execute(
            """
            UPDATE outbox SET state = 'waiting'
            WHERE message_id = \(id) AND state = 'suppressed' AND body <> ''
            """) > 0
    }

    /// What waits for a person is sent to nobody. Of a letter that is being sent at this moment it
    /// is told whether it was taken; it is not tried again.
    public func holdBackLetters(toPerson id: Int) async throws {
        try await execute(
            """
            UPDATE outbox SET state = 'suppressed'
            WHERE person_id = \(id) AND state = 'waiting'
            """)
    }
}
