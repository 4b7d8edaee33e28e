public import Enrollment
internal import Postgres

/// Somebody whom a plan appointed, with what decides whether that is taken back.
public struct AppointedByPlan: Sendable {
    public let applicationID: Int
    /// As the plan named them.
    public let personID: Int
    public let kind: Kind
    public let history: AppointmentHistory
    public let facts: AppointmentUndoing.Facts

    init(_ row: Row) throws {
        applicationID = try row.int("application_id")
        personID = try row.int("person_id")
        kind = try row.code("kind")
        history = try row.code("history")
        facts = AppointmentUndoing.Facts(
            endReason: EndReason(rawValue: try row.string("end_reason")),
            isMerged: try row.bool("is_merged"), isRenewed: try row.bool("is_renewed"),
            hasAppliedAgain: try row.bool("has_applied_again"))
    }
}

/// An appointment that was taken back with its plan.
public struct UndoneAppointment: Sendable {
    public let applicationID: Int
    public let personID: Int
    public let ended: EndedTerm
}

extension ReadStore {
    /// All whom a plan of appointments appointed and who were not taken back since, in its order.
    /// Each is looked up by itself: OFFSET 0 keeps the database from reading all appointments.
    public func appointedByPlan(_ plan: Int) async throws -> [AppointedByPlan] {
        try await longRows(
            """
            SELECT l.application_id, l.person_id, l.kind, l.history, t.end_reason,
                   p.person_id <> l.person_id OR merge.is_so IS NOT NULL AS is_merged,
                   renewal.is_so IS NOT NULL AS is_renewed,
                   again.is_so IS NOT NULL AS has_applied_again
            FROM plan_lines l
            CROSS JOIN LATERAL (
                SELECT * FROM appointments q
                WHERE q.application_id = l.application_id AND q.undone_by IS NULL OFFSET 0) p
            CROSS JOIN LATERAL (
                SELECT * FROM appointment_terms q
                WHERE q.appointment_id = p.id AND q.known_until = 'infinity' OFFSET 0) t
            LEFT JOIN LATERAL (
                SELECT true AS is_so FROM person_merges m
                WHERE m.survivor_id = p.person_id AND m.undone_at IS NULL
                  AND m.merged_at >= p.known_from LIMIT 1) merge ON true
            LEFT JOIN LATERAL (
                SELECT true AS is_so
                FROM (SELECT * FROM appointments q
                      WHERE q.person_id = p.person_id AND q.fiscal_year > p.fiscal_year
                      OFFSET 0) n
                WHERE n.kind = p.kind AND NOT EXISTS (
                    SELECT FROM appointment_terms c
                    WHERE c.appointment_id = n.id AND c.known_until = 'infinity'
                      AND c.end_reason IN ('cancelled', 'merged')) LIMIT 1) renewal ON true
            LEFT JOIN LATERAL (
                SELECT true AS is_so FROM \(Self.gaveWay)
                JOIN applications w ON w.id = s.application_id
                JOIN applications b ON b.match_key = w.match_key
                  AND b.fiscal_year = w.fiscal_year AND b.kind = w.kind AND b.id <> w.id
                  AND b.state = ANY(\(ApplicationState.live.map(\.rawValue))::text[])
                  AND NOT b.appointment_ended
                LIMIT 1) again ON true
            WHERE l.plan_id = \(plan) AND l.outcome = \(Appointing.Outcome.appoint)
              AND p.plan_id = \(plan)
            ORDER BY l.position
            """
        ).map { try AppointedByPlan($0) }
    }

    /// `s`: what somebody held as よびかけ員 and gave way to an appointment `p` in its moment.
    fileprivate static var gaveWay: SQL {
        """
        (SELECT o.application_id, o.id AS appointment_id, o.number, h.id AS term_id,
                h.true_from, h.ends_on
         FROM (SELECT * FROM appointments q WHERE q.person_id = p.person_id
               AND q.fiscal_year = p.fiscal_year OFFSET 0) o
         CROSS JOIN LATERAL (SELECT * FROM appointment_terms q
                             WHERE q.appointment_id = o.id OFFSET 0) h
         WHERE o.kind = 'caller' AND o.undone_by IS NULL AND h.known_until = 'infinity'
           AND h.end_reason = 'superseded' AND h.known_from = p.known_from) s
        """
    }
}

extension WriteTransaction {
    /// Whom a plan appointed stays as it is until the end of this transaction, but for what is
    /// done in it.
    public func holdAppointed(by plan: Int) async throws {
        try await executeLong(
            """
            SELECT id FROM applications WHERE id = ANY(ARRAY(
                SELECT application_id FROM plan_lines
                WHERE plan_id = \(plan) AND outcome = \(Appointing.Outcome.appoint)))
            ORDER BY id FOR UPDATE
            """)
        try await executeLong(
            """
            SELECT t.id FROM plan_lines l
            CROSS JOIN LATERAL (
                SELECT q.id FROM appointments q
                WHERE q.application_id = l.application_id AND q.undone_by IS NULL OFFSET 0) p
            JOIN appointment_terms t ON t.appointment_id = p.id AND t.known_until = 'infinity'
            WHERE l.plan_id = \(plan) AND l.outcome = \(Appointing.Outcome.appoint)
            ORDER BY t.id FOR UPDATE OF t
            """)
    }

    /// 取消 of appointments by their applications: they hold on no day, their badges no more, and
    /// they stand in the way of another one no more. Gives those that held.
    public func undoAppointments(
        of applications: [Int], by undoing: PlanRecord, at moment: WriteStamp
    ) async throws -> [UndoneAppointment] {
        let closed = try await session.rows(
            """
            WITH closed AS (
                UPDATE appointment_terms t SET known_until = \(moment.now)
                FROM appointments p
                WHERE p.application_id = ANY(\(applications)::bigint[])
                  AND p.undone_by IS NULL AND p.plan_id = \(undoing.undoes)
                  AND t.appointment_id = p.id AND t.known_until = 'infinity'
                  AND t.end_reason = ''
                RETURNING t.appointment_id, t.person_id, t.true_from, t.ends_on)
            UPDATE appointments p SET undone_by = \(undoing.id) FROM closed c
            WHERE p.id = c.appointment_id
            RETURNING p.id, p.number, p.application_id, c.person_id, c.true_from, c.ends_on
            """, within: Self.long)
        let ids = try closed.map { try $0.int("id") }
        try await executeLong(
            """
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            SELECT t.appointment_id, t.person_id, t.kind, t.fiscal_year, t.true_from, t.true_from,
                   \(EndReason.cancelled), \(moment.now)::timestamptz
            FROM appointment_terms t
            WHERE t.appointment_id = ANY(\(ids)::bigint[]) AND t.known_until = \(moment.now)
            """)
        try await executeLong(
            """
            UPDATE badges SET revoked_at = coalesce(revoked_at, \(moment.now)),
                              revocation_reason = \(EndReason.cancelled)
            WHERE appointment_id = ANY(\(ids)::bigint[])
            """)
        return try closed.map {
            UndoneAppointment(
                applicationID: try $0.int("application_id"), personID: try $0.int("person_id"),
                ended: EndedTerm(
                    number: try $0.string("number"), before: try $0.day("ends_on"),
                    after: try $0.day("true_from")))
        }.sorted { $0.applicationID < $1.applicationID }
    }

    /// What of よびかけ員 gave way to appointments that were taken back holds again as it did, and
    /// its badge with it. Gives those appointments.
    public func resumeCallers(
        insteadOf applications: [Int], by undoing: PlanRecord, at moment: WriteStamp
    ) async throws -> [EndedTerm] {
        let found = try await session.rows(
            """
            SELECT s.appointment_id, s.number, s.term_id, s.ends_on, f.ends_on AS former_end
            FROM (SELECT * FROM appointments q
                  WHERE q.application_id = ANY(\(applications)::bigint[])
                    AND q.undone_by = \(undoing.id) OFFSET 0) p
            CROSS JOIN LATERAL \(ReadStore.gaveWay)
            CROSS JOIN LATERAL (
                SELECT q.ends_on FROM appointment_terms q
                WHERE q.appointment_id = s.appointment_id AND q.known_until = p.known_from
                ORDER BY q.id DESC LIMIT 1) f
            ORDER BY s.appointment_id
            """, within: Self.long)
        guard !found.isEmpty else { return [] }
        let terms = try found.map { try $0.int("term_id") }
        let ids = try found.map { try $0.int("appointment_id") }
        try await execute(
            """
            UPDATE appointment_terms SET known_until = \(moment.now)
            WHERE id = ANY(\(terms)::bigint[])
            """)
        try await execute(
            """
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            SELECT t.appointment_id, t.person_id, t.kind, t.fiscal_year, t.true_from, f.ends_on,
                   '', \(moment.now)::timestamptz
            FROM unnest(\(terms)::bigint[],
                        \(try found.map { try $0.string("former_end") })::date[])
                   AS f(id, ends_on)
            JOIN appointment_terms t ON t.id = f.id
            """)
        try await execute(
            """
            UPDATE applications a SET appointment_ended = false FROM appointments p
            WHERE p.id = ANY(\(ids)::bigint[]) AND a.id = p.application_id
            """)
        try await holdAgain(badgesOf: ids, at: moment.now)
        return try found.map {
            EndedTerm(
                number: try $0.string("number"), before: try $0.day("ends_on"),
                after: try $0.day("former_end"))
        }
    }

    private func holdAgain(badgesOf appointments: [Int], at now: Instant) async throws {
        try await execute(
            """
            WITH held AS (
                INSERT INTO badge_revocations_undone (badge_id, revoked_at, reason, undone_at)
                SELECT id, revoked_at, revocation_reason, \(now) FROM badges
                WHERE appointment_id = ANY(\(appointments)::bigint[])
                  AND revoked_at IS NOT NULL
                RETURNING badge_id)
            UPDATE badges b SET revoked_at = NULL, revocation_reason = ''
            FROM held WHERE held.badge_id = b.id
            """)
    }

    /// Holds back letters of appointments that wait and are not being sent, copies of them too;
    /// gives the numbers of those of whom one did not leave.
    public func holdBackAppointmentLetters(
        of undone: [UndoneAppointment]
    ) async throws -> Set<String> {
        let letter = LetterKind.appointment
        return Set(
            try await session.rows(
                """
                UPDATE outbox o SET state = 'suppressed'
                FROM (SELECT f.number, w.id
                      FROM unnest(\(undone.map(\.personID))::bigint[],
                                  \(undone.map(\.ended.number))::text[]) AS f(person, number)
                      CROSS JOIN LATERAL (
                          SELECT q.id, q.letter, q.message_id, q.lease_until FROM outbox q
                          WHERE q.person_id = f.person AND q.state = 'waiting' OFFSET 0) w
                      WHERE w.letter = \(letter) AND w.lease_until IS NULL
                        AND starts_with(w.message_id, lower(\(letter) || '-' || f.number))) found
                WHERE o.id = found.id AND o.state = 'waiting' AND o.lease_until IS NULL
                RETURNING found.number
                """, within: Self.long
            ).map { try $0.string("number") })
    }

    /// Appointments that were taken back go with their applications to another person.
    public func giveUndone(
        ofApplications ids: [Int], to personID: Int, at now: Instant
    ) async throws {
        let moved = try await rows(
            """
            UPDATE appointments p SET person_id = \(personID)
            WHERE p.application_id = ANY(\(ids)::bigint[]) AND p.undone_by IS NOT NULL
              AND p.person_id <> \(personID) RETURNING p.id
            """
        ).map { try $0.int("id") }
        guard !moved.isEmpty else { return }
        try await execute(
            """
            WITH closed AS (
                UPDATE appointment_terms SET known_until = \(now)
                WHERE appointment_id = ANY(\(moved)::bigint[]) AND known_until = 'infinity'
                RETURNING *)
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            SELECT appointment_id, \(personID), kind, fiscal_year, true_from, ends_on, end_reason,
                   \(now)::timestamptz
            FROM closed
            """)
    }
}
