public import Enrollment
internal import Postgres

/// Somebody whose appointment lasts to the end of the year, with the application it came of.
public struct RenewalCandidate: Sendable {
    public let applicationID: Int
    public let personID: Int
    public let facts: Renewal.Candidate
}

extension ReadStore {
    /// Everybody whose appointment of the year before `next` lasts to its last day, in the order of
    /// their numbers. Whoever has applied for the kind in `next`, or is appointed in the other kind
    /// already, has decided for themselves. What they watched is counted by the code of the video,
    /// under next year's slots.
    public func renewalCandidates(for next: FiscalYear) async throws -> [RenewalCandidate] {
        try await longRows(Self.candidates(for: next, who: "true")).map { try RenewalCandidate($0) }
    }

    /// The same of some people.
    public func renewalCandidates(
        for next: FiscalYear, ofPeople people: [Int]
    ) async throws -> [RenewalCandidate] {
        let who: SQL = "a.person_id = ANY(\(people)::bigint[])"
        return try await longRows(Self.candidates(for: next, who: who))
            .map { try RenewalCandidate($0) }
    }

    /// The same of one application; nil where no appointment of it lasts to the end of its year.
    public func renewalCandidate(
        for next: FiscalYear, of application: Int
    ) async throws -> RenewalCandidate? {
        try await rows(Self.candidates(for: next, who: "p.application_id = \(application)")).first
            .map { try RenewalCandidate($0) }
    }

    private static func candidates(for next: FiscalYear, who: SQL) -> SQL {
        """
        SELECT a.id, a.person_id, a.kind, a.organization_id,
               coalesce(oy.category, a.category) AS category,
               CASE WHEN oy.category IS NULL THEN a.programme_id ELSE oy.programme_id END
                 AS programme_id,
               a.reuse_answer, coalesce(w.slots, '{}') AS slots, coalesce(w.days, '{}') AS days,
               n.is_there IS NOT NULL AS has_applied, l.left_because IS NOT NULL AS has_left
        FROM appointment_terms t
        JOIN appointments p ON p.id = t.appointment_id
        JOIN applications a ON a.id = p.application_id
        LEFT JOIN organization_years oy
          ON oy.fiscal_year = \(next) AND oy.organization_id = a.organization_id
        LEFT JOIN LATERAL (
            SELECT array_agg(later.slot) AS slots, array_agg(v.viewed_on) AS days
            FROM (SELECT q.fiscal_year, q.video_slot, q.viewed_on, q.known_until
                  FROM viewings q WHERE q.person_id = a.person_id OFFSET 0) v
            JOIN videos now ON now.fiscal_year = v.fiscal_year AND now.slot = v.video_slot
            JOIN videos later ON later.fiscal_year = \(next) AND later.code = now.code
            WHERE v.known_until = 'infinity') w ON true
        LEFT JOIN LATERAL (
            SELECT true AS is_there
            FROM (SELECT q.fiscal_year, q.kind, q.state FROM applications q
                  WHERE q.person_id = a.person_id OFFSET 0) b
            WHERE b.fiscal_year = \(next) AND b.kind = a.kind AND b.state IN
                ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
            UNION ALL SELECT true
            FROM (SELECT q.fiscal_year, q.kind FROM appointments q
                  WHERE q.person_id = a.person_id AND q.undone_by IS NULL OFFSET 0) b
            WHERE b.fiscal_year = \(next) AND b.kind <> a.kind LIMIT 1) n ON true
        LEFT JOIN LATERAL (
            SELECT f.left_because FROM affiliations f
            WHERE f.person_id = a.person_id AND f.application_id = a.id
              AND f.organization_id = a.organization_id AND f.known_until = 'infinity'
              AND f.left_because <> '' LIMIT 1) l ON true
        WHERE t.fiscal_year = \(next.previous) AND t.known_until = 'infinity'
          AND t.end_reason = '' AND t.ends_on = \(next.firstDay) AND \(who)
        ORDER BY p.id
        """
    }
}

extension RenewalCandidate {
    fileprivate init(_ row: Row) throws {
        applicationID = try row.int("id")
        personID = try row.int("person_id")
        facts = Renewal.Candidate(
            kind: try row.code("kind"), category: try row.code("category"),
            programmeID: try row.optionalString("programme_id"),
            organizationID: try row.optionalInt("organization_id"),
            viewings: try row.viewings(), reuse: try row.code("reuse_answer"),
            hasApplied: try row.bool("has_applied"), hasLeft: try row.bool("has_left"))
    }
}

extension WriteTransaction {
    /// Files next year's applications with what this year's say, already appointed: going through
    /// the states one by one would write every row, and every index of it, twice. Gives whom to
    /// appoint; whoever has said no in this moment is not among them. Throws
    /// `StoreConflict.appliedMeanwhile`.
    public func submitRenewals(
        _ old: [(id: Int, receipt: String)], in next: FiscalYear, at moment: WriteStamp
    ) async throws -> [(old: Int, new: PlannedAppointment)] {
        do {
            return try await session.rows(
                """
                INSERT INTO applications (\(ApplicationColumn.named(.carriedOver)), receipt,
                    fiscal_year, route, state, category, programme_id, once_key, state_changed_at,
                    received_on, received_at)
                SELECT \(ApplicationColumn.named(.carriedOver, of: "a.")), f.receipt,
                    \(next)::smallint, 'renewal', 'appointed', coalesce(oy.category, a.category),
                    CASE WHEN oy.category IS NULL THEN a.programme_id ELSE oy.programme_id END,
                    'renewal-' || \(next.startYear)::int || '-' || a.id, \(moment.now)::timestamptz,
                    \(moment.day)::date, \(moment.now)::timestamptz
                FROM unnest(\(old.map(\.id))::bigint[], \(old.map(\.receipt))::text[])
                  WITH ORDINALITY AS f(id, receipt, place)
                JOIN applications a ON a.id = f.id AND a.reuse_answer <> 'no'
                LEFT JOIN organization_years oy
                  ON oy.fiscal_year = \(next) AND oy.organization_id = a.organization_id
                ORDER BY f.place
                RETURNING split_part(once_key, '-', 3)::bigint AS old, 'renewed' AS history,
                    id, receipt, person_id, kind, organization_id, email, badge_opt_in,
                    \(FullName.sql(of: "")) AS name
                """, within: .seconds(120)
            ).map { (try $0.int("old"), try PlannedAppointment($0)) }
        } catch { throw StoreConflict.naming(error, .appliedMeanwhile) }
    }

    /// What goes with a renewed application: its states, what was watched, consents, bodies.
    public func carryOver(
        _ pairs: [(old: Int, new: Int)], under plan: PlanRecord, by decision: Decision,
        at moment: WriteStamp
    ) async throws {
        let next = plan.year
        let (old, new) = (pairs.map(\.old), pairs.map(\.new))
        try await executeLong(
            """
            INSERT INTO application_states (application_id, state, true_on, known_from, reason)
            SELECT f.id, s.state, \(moment.day)::date, \(moment.now)::timestamptz, s.reason
            FROM unnest(\(new)::bigint[]) AS f(id)
            CROSS JOIN (VALUES ('approved', 'renewal'), ('appointed', \(decision.number)))
              AS s(state, reason)
            """)
        try await executeLong(
            """
            INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                                  viewed_on, recorded_by, known_from)
            SELECT v.person_id, f.new, \(next)::smallint, later.slot, v.grade, max(v.viewed_on),
                   'renewal', \(moment.now)::timestamptz
            FROM unnest(\(old)::bigint[], \(new)::bigint[]) AS f(old, new)
            JOIN applications a ON a.id = f.old
            JOIN viewings v ON v.person_id = a.person_id AND v.known_until = 'infinity'
              AND v.application_id <> f.new
            JOIN videos now ON now.fiscal_year = v.fiscal_year AND now.slot = v.video_slot
            JOIN videos later ON later.fiscal_year = \(next) AND later.code = now.code
              AND v.viewed_on >= later.view_valid_from
            GROUP BY v.person_id, f.new, later.slot, v.grade
            """)
        try await executeLong(
            """
            INSERT INTO application_consents (application_id, kind, version, given_by, known_from)
            SELECT f.new, c.kind, c.version, c.given_by, \(moment.now)::timestamptz
            FROM unnest(\(old)::bigint[], \(new)::bigint[]) AS f(old, new)
            JOIN application_consents c ON c.application_id = f.old
            """)
        // What somebody asked the office for and is not decided is asked of what goes on.
        try await executeLong(
            """
            UPDATE correction_requests r SET application_id = f.new
            FROM unnest(\(old)::bigint[], \(new)::bigint[]) AS f(old, new)
            WHERE r.application_id = f.old AND r.state = 'open'
            """)
        try await executeLong(
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                business_place_id, is_primary, row_hash, sort_key, true_from, true_until,
                known_from)
            SELECT m.person_id, m.organization_id, f.new, \(next)::smallint, m.unit,
                   m.business_place_id, m.is_primary,
                   m.row_hash, m.sort_key, \(next.firstDay)::date, \(next.lastDay)::date,
                   \(moment.now)::timestamptz
            FROM unnest(\(old)::bigint[], \(new)::bigint[]) AS f(old, new)
            JOIN affiliations m ON m.application_id = f.old AND m.known_until = 'infinity'
              AND m.left_because = ''
            JOIN organization_years oy
              ON oy.fiscal_year = \(next) AND oy.organization_id = m.organization_id
            """)
    }
}
