public import Enrollment
internal import Postgres

/// Somebody whom a plan appoints.
public struct PlannedAppointment: Sendable {
    public let applicationID: Int
    public let receipt: String
    public let personID: Int
    public let kind: Kind
    public let organizationID: Int?
    public let history: AppointmentHistory
    public let name: String
    public let email: String
    public let wantsBadge: Bool

    static let columns: SQL = """
        a.id, a.receipt, a.person_id, a.kind, a.organization_id, a.email, a.badge_opt_in,
        \(FullName.sql(of: "a.")) AS name
        """

    init(_ row: Row) throws {
        applicationID = try row.int("id")
        receipt = try row.string("receipt")
        personID = try row.int("person_id")
        kind = try row.code("kind")
        organizationID = try row.optionalInt("organization_id")
        history = try row.code("history")
        name = try row.string("name")
        email = try row.string("email")
        wantsBadge = try row.bool("badge_opt_in")
    }
}

/// Somebody whose application is approved, with what decides whether a decision appoints them.
public struct AppointmentCandidate: Sendable {
    public let applicationID: Int
    public let personID: Int
    public let applicants: Applicants
    public let facts: Appointing.Candidate
    /// The last year before this one with an appointment of the kind.
    public let lastYear: FiscalYear?
    /// What they were by their first appointment of the kind in this year, which has ended.
    public let firstHistory: AppointmentHistory?

    init(_ row: Row) throws {
        applicationID = try row.int("id")
        personID = try row.int("person_id")
        applicants = try row.optionalInt("organization_id").map { .organization($0) } ?? .alone
        lastYear = try row.optionalInt("last_year").map { FiscalYear(startYear: $0) }
        firstHistory = try row.optionalCode("first_history")
        facts = Appointing.Candidate(
            isReportedDead: try row.bool("is_reported_dead"),
            kind: try row.code("kind"), receivedOn: try row.day("received_on"),
            isApprovedAsPromoter: try row.bool("is_rival"), held: try Self.held(row),
            isFreeFrom: try row.optionalDay("is_free_from"), isUnasked: try row.bool("is_unasked"))
    }

    private static func held(_ row: Row) throws -> Appointing.Held? {
        try row.optionalTerm().map { Appointing.Held(try row.code("held_kind"), $0) }
    }
}

extension ReadStore {
    /// Everybody approved in a year, in the order of their applications. What else they have is
    /// looked up by person and then looked at; OFFSET 0 keeps the two apart. Without it the
    /// database, as long as it does not know of a bulk approval, looks up everybody approved for
    /// each of them.
    public func appointmentCandidates(in year: FiscalYear) async throws -> [AppointmentCandidate] {
        try await longRows(
            """
            SELECT a.id, a.person_id, a.organization_id, a.kind, a.received_on,
                   last.year AS last_year,
                   dead.is_so IS NOT NULL AS is_reported_dead,
                   first.history AS first_history,
                   rival.id IS NOT NULL AS is_rival, unasked.is_so IS NOT NULL AS is_unasked,
                   held.kind AS held_kind, held.true_from,
                   held.ends_on, held.end_reason, same.ends_on AS is_free_from
            FROM applications a
            LEFT JOIN LATERAL (
                SELECT max(p.fiscal_year) AS year FROM \(Self.appointments) p
                WHERE p.kind = a.kind AND p.fiscal_year < a.fiscal_year) last ON true
            LEFT JOIN LATERAL (
                SELECT p.history FROM \(Self.appointments) p
                WHERE p.kind = a.kind AND p.fiscal_year = a.fiscal_year
                ORDER BY p.id LIMIT 1) first ON true
            LEFT JOIN LATERAL (
                SELECT b.id FROM (
                    SELECT q.id, q.fiscal_year, q.kind, q.state FROM applications q
                    WHERE q.person_id = a.person_id OFFSET 0) b
                WHERE b.fiscal_year = a.fiscal_year
                  AND b.kind = 'promoter' AND b.kind <> a.kind AND b.state = 'approved'
                LIMIT 1) rival ON true
            LEFT JOIN LATERAL (
                SELECT t.kind, t.true_from, t.ends_on, t.end_reason
                FROM \(Self.appointments) p CROSS JOIN LATERAL (
                    SELECT q.kind, q.true_from, q.ends_on, q.end_reason, q.known_until
                    FROM appointment_terms q WHERE q.appointment_id = p.id OFFSET 0) t
                WHERE p.kind <> a.kind AND p.fiscal_year = a.fiscal_year
                  AND t.known_until = 'infinity'
                ORDER BY t.ends_on DESC LIMIT 1) held ON true
            LEFT JOIN LATERAL (
                SELECT max(t.ends_on) AS ends_on
                FROM \(Self.appointments) p CROSS JOIN LATERAL (
                    SELECT q.ends_on, q.known_until
                    FROM appointment_terms q WHERE q.appointment_id = p.id OFFSET 0) t
                WHERE p.kind = a.kind AND p.fiscal_year = a.fiscal_year
                  AND t.known_until = 'infinity') same ON true
            LEFT JOIN LATERAL (
                SELECT true AS is_so FROM organization_years y
                WHERE y.fiscal_year = a.fiscal_year AND y.organization_id = a.submitted_by
                  AND y.consent_rule = 'member' AND NOT EXISTS (
                    SELECT FROM listing_answers n
                    WHERE n.application_id = a.id AND n.organization_id = a.submitted_by
                      AND n.answer = 'agreed')) unasked ON true
            LEFT JOIN LATERAL (
                SELECT true AS is_so FROM affiliations f
                WHERE f.person_id = a.person_id AND f.fiscal_year = a.fiscal_year
                  AND f.known_until = 'infinity' AND f.left_because = 'deceased'
                LIMIT 1) dead ON true
            WHERE a.fiscal_year = \(year) AND a.state = 'approved' ORDER BY a.id
            """
        ).map { try AppointmentCandidate($0) }
    }

    /// All that the person of an application `a` was ever appointed to; 取消 and 統合 never
    /// was.
    private static let appointments: SQL = """
        (SELECT q.id, q.fiscal_year, q.kind, q.history FROM appointments q
         WHERE q.person_id = a.person_id AND NOT EXISTS (
             SELECT FROM appointment_terms c WHERE c.appointment_id = q.id
               AND c.known_until = 'infinity' AND c.end_reason IN ('cancelled', 'merged'))
         OFFSET 0)
        """

    /// The applications that a plan appoints, as it was made.
    public func appointed(by plan: Int) async throws -> [Int] {
        try await longRows(
            """
            SELECT application_id FROM plan_lines
            WHERE plan_id = \(plan) AND outcome = \(Appointing.Outcome.appoint) ORDER BY position
            """
        ).map { try $0.int("application_id") }
    }
}

extension WriteTransaction {
    /// Those whom a plan appoints and who are still approved, locked until the end.
    public func plannedAppointments(of plan: Int) async throws -> [PlannedAppointment] {
        try await rows(
            """
            SELECT \(PlannedAppointment.columns), l.history
            FROM plan_lines l CROSS JOIN LATERAL (
                SELECT * FROM applications q WHERE q.id = l.application_id OFFSET 0) a
            WHERE l.plan_id = \(plan) AND l.outcome = \(Appointing.Outcome.appoint)
              AND a.state = 'approved'
            ORDER BY l.position FOR UPDATE OF a
            """
        ).map { try PlannedAppointment($0) }
    }
}
