public import Enrollment
internal import Postgres

/// Whose an appointment is from now on, and until when it holds.
public struct TermOwner: Sendable, Equatable {
    public let applicationID: Int
    public let personID: Int
    /// The first day that does not count.
    public let endsOn: Day
    public let reason: EndReason?

    public init(applicationID: Int, personID: Int, endsOn: Day, reason: EndReason?) {
        self.applicationID = applicationID
        self.personID = personID
        self.endsOn = endsOn
        self.reason = reason
    }
}

extension WriteTransaction {
    /// Closes what was known of the terms of some applications and says anew whose they are, all at
    /// once: on no day two of them hold for one person.
    public func restate(_ terms: [TermOwner], at now: Instant) async throws {
        guard !terms.isEmpty else { return }
        let ids = terms.map(\.applicationID)
        let closed = try await rows(
            """
            UPDATE appointment_terms t SET known_until = \(now) FROM appointments p
            WHERE p.id = t.appointment_id AND p.application_id = ANY(\(ids)::bigint[])
              AND p.undone_by IS NULL AND t.known_until = 'infinity' RETURNING t.id
            """
        ).map { try $0.int("id") }
        let owners: SQL = """
            unnest(\(ids)::bigint[], \(terms.map(\.personID))::bigint[],
                   \(terms.map(\.endsOn.description))::date[],
                   \(terms.map { $0.reason?.rawValue ?? "" })::text[])
              AS f(application, person, ends_on, reason)
            """
        try await execute(
            """
            UPDATE appointments p SET person_id = f.person FROM \(owners)
            WHERE p.application_id = f.application AND p.undone_by IS NULL
            """)
        try await execute(
            """
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            SELECT p.id, f.person, p.kind, p.fiscal_year, t.true_from, f.ends_on, f.reason,
                   \(now)::timestamptz
            FROM \(owners)
            JOIN appointments p ON p.application_id = f.application AND p.undone_by IS NULL
            JOIN appointment_terms t ON t.appointment_id = p.id AND t.id = ANY(\(closed)::bigint[])
            """)
        try await execute(
            """
            UPDATE applications a SET appointment_ended = f.reason <> '' FROM \(owners)
            WHERE a.id = f.application
              AND EXISTS (SELECT FROM appointments p
                          WHERE p.application_id = a.id AND p.undone_by IS NULL)
            """)
    }

    /// The terms of some applications as they were before a moment, of whom; where more was said of
    /// one since, as it is now.
    public func termsBefore(
        _ moment: Instant, of applications: [Int]
    ) async throws -> [TermOwner] {
        try await rows(
            """
            SELECT p.application_id, f.person_id,
                   CASE WHEN t.known_from = \(moment) THEN f.ends_on ELSE t.ends_on END AS ends_on,
                   CASE WHEN t.known_from = \(moment) THEN f.end_reason ELSE t.end_reason END
                     AS end_reason
            FROM appointments p
            JOIN appointment_terms f
              ON f.appointment_id = p.id AND f.known_until = \(moment)
            JOIN appointment_terms t
              ON t.appointment_id = p.id AND t.known_until = 'infinity'
            WHERE p.application_id = ANY(\(applications)::bigint[]) AND p.undone_by IS NULL
            ORDER BY p.id
            """
        ).map {
            TermOwner(
                applicationID: try $0.int("application_id"), personID: try $0.int("person_id"),
                endsOn: try $0.day("ends_on"),
                reason: EndReason(rawValue: try $0.string("end_reason")))
        }
    }

    /// Badges of some applications that were revoked at a moment hold again; that they did not is
    /// kept.
    public func undoRevocations(
        at moment: Instant, of applications: [Int], now: Instant
    ) async throws {
        try await execute(
            """
            WITH held AS (
                INSERT INTO badge_revocations_undone (badge_id, revoked_at, reason, undone_at)
                SELECT b.id, b.revoked_at, b.revocation_reason, \(now)
                FROM badges b JOIN appointments p ON p.id = b.appointment_id
                WHERE p.application_id = ANY(\(applications)::bigint[])
                  AND b.revoked_at = \(moment)
                RETURNING badge_id)
            UPDATE badges b SET revoked_at = NULL, revocation_reason = ''
            FROM held WHERE held.badge_id = b.id
            """)
    }
}
