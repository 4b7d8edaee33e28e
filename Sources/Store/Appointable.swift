public import Enrollment
internal import Postgres

/// How many a plan appoints, and how many approved people it lets wait.
public struct PlannedCount: Sendable, Equatable {
    public let appoint: Int
    public let wait: Int

    public init(appoint: Int, wait: Int) {
        self.appoint = appoint
        self.wait = wait
    }
}

/// Somebody whom a plan appoints.
public struct PlannedAppointment: Sendable {
    public let applicationID: Int
    public let receipt: String
    public let personID: Int
    public let kind: Kind
    public let organizationID: Int?
    public let standing: Standing
    public let name: String
    public let email: String
    public let wantsBadge: Bool

    static let columns: SQL = """
        a.id, a.receipt, a.person_id, a.kind, a.organization_id, a.email, a.badge_opt_in,
        concat_ws(' ', nullif(a.family_name, ''), nullif(a.given_name, '')) AS name
        """

    init(_ row: Row) throws {
        applicationID = try row.int("id")
        receipt = try row.string("receipt")
        personID = try row.int("person_id")
        kind = try row.code("kind")
        organizationID = try row.optionalInt("organization_id")
        standing = try row.code("standing")
        name = try row.string("name")
        email = try row.string("email")
        wantsBadge = try row.bool("badge_opt_in")
    }
}

/// What a plan made now says of everybody approved. Nobody is both 推進委員 and よびかけ員 on one day: the
/// よびかけ員 of somebody who is, or is about to be, 推進委員 waits; so does the 推進委員 whose time as
/// よびかけ員 began on the day of the decision or after, or was ended after it. Nobody is appointed by
/// the decision of a day on which they had not applied. Everybody is looked up by person: a join of
/// whole tables, planned while they were small, is one of minutes when they have grown.
private func approved(in year: FiscalYear, by decision: Decision) -> SQL {
    """
    SELECT a.id, a.person_id, a.kind,
           CASE WHEN last.year IS NULL THEN 'new'
                WHEN last.year = a.fiscal_year - 1 THEN 'renewed' ELSE 'reappointed' END AS standing,
           CASE WHEN w.reason = '' THEN 'appoint' ELSE 'waits' END AS outcome, w.reason AS detail
    FROM applications a
    LEFT JOIN LATERAL (
        SELECT max(p.fiscal_year) AS year FROM appointments p
        WHERE p.person_id = a.person_id AND p.kind = a.kind
          AND p.fiscal_year < a.fiscal_year) last ON true
    LEFT JOIN LATERAL (
        SELECT b.id FROM applications b
        WHERE b.person_id = a.person_id AND b.fiscal_year = a.fiscal_year
          AND b.kind = 'promoter' AND b.state = 'approved' AND a.kind = 'caller' LIMIT 1) rival ON true
    LEFT JOIN LATERAL (
        SELECT t.kind FROM appointment_terms t
        WHERE t.person_id = a.person_id AND t.kind <> a.kind AND t.fiscal_year = \(year)
          AND t.known_until = 'infinity'
          AND \(activeDays) && daterange(\(decision.decidedOn)::date, NULL)
          AND NOT \(isSuperseded(before: decision.decidedOn)) LIMIT 1) other ON true
    CROSS JOIN LATERAL (
        SELECT CASE WHEN other.kind IS NOT NULL THEN 'is_' || other.kind
                    WHEN rival.id IS NOT NULL THEN 'becomes_promoter'
                    WHEN a.received_on > \(decision.decidedOn) THEN 'applied_later'
                    ELSE '' END AS reason) w
    WHERE a.fiscal_year = \(year) AND a.state = 'approved'
    """
}

extension Reading {
    /// How many a plan appoints, as it was made.
    func appointCount(of plan: PlanRecord) async throws -> Int {
        try await outcomes(of: plan.id)["appoint"] ?? 0
    }

    /// Whether a plan of appointments, made again now, would say the same of the same people.
    public func isStillSo(_ plan: PlanRecord) async throws -> Bool {
        try await longRows(
            """
            SELECT NOT EXISTS (
                SELECT FROM (\(approved(in: plan.year, by: plan.decision))) f
                FULL JOIN (SELECT application_id, standing, outcome, detail FROM plan_lines
                           WHERE plan_id = \(plan.id)) l
                  ON l.application_id = f.id AND l.standing = f.standing
                  AND l.outcome = f.outcome AND l.detail = f.detail
                WHERE f.id IS NULL OR l.application_id IS NULL) AS is_so
            """)[0].bool("is_so")
    }
}

extension Writing {
    /// Plans the appointment of everybody whose application of the year is approved.
    public func planAppointments(
        _ number: String, in year: FiscalYear, by decision: Decision, at moment: Moment
    ) async throws -> PlannedCount {
        let id = try await addPlan(
            .appoint, number, in: year, by: decision, digest: number, at: moment)
        let all = try await executeLong(
            """
            INSERT INTO plan_lines (plan_id, position, person_id, application_id, kind, outcome,
                                    standing, detail)
            SELECT \(id)::bigint, row_number() OVER (ORDER BY f.id), f.person_id, f.id, f.kind,
                   f.outcome, f.standing, f.detail
            FROM (\(approved(in: year, by: decision))) f
            """)
        let waiting = try await reading.outcomes(of: id)["waits"] ?? 0
        return PlannedCount(appoint: all - waiting, wait: waiting)
    }

    /// Those whom a plan appoints, locked until the end; nil when not all of them may be appointed any
    /// more, because another plan or a withdrawal came first.
    public func plannedAppointments(of plan: PlanRecord) async throws -> [PlannedAppointment]? {
        let people = try await rows(
            """
            SELECT \(PlannedAppointment.columns), l.standing
            FROM plan_lines l JOIN applications a ON a.id = l.application_id
            JOIN (\(approved(in: plan.year, by: plan.decision))) f
              ON f.id = l.application_id AND f.outcome = 'appoint'
            WHERE l.plan_id = \(plan.id) AND l.outcome = 'appoint'
            ORDER BY l.position FOR UPDATE OF a
            """
        ).map { try PlannedAppointment($0) }
        return try await people.count == reading.appointCount(of: plan) ? people : nil
    }
}
