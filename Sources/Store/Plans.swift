public import Enrollment
internal import Postgres

/// 決裁. The ministry's decision that appoints: its day and number.
public struct Decision: Sendable, Equatable {
    public let decidedOn: Day
    public let number: String

    public init(decidedOn: Day, number: String) {
        self.decidedOn = decidedOn
        self.number = number
    }
}

/// What a plan does.
public enum PlanAct: String, Sendable { case appoint, renew }

/// A stored plan of a bulk act.
public struct PlanRecord: Sendable {
    public let id: Int
    public let number: String
    public let act: PlanAct
    public let year: FiscalYear
    public let plannedOn: Day
    public let digest: String
    public let decision: Decision
    public let state: String

    static let columns: SQL = """
        id, number, act, fiscal_year, planned_on, plan_hash, decided_on, decision_number, state
        """

    init(_ row: Row) throws {
        id = try row.int("id")
        number = try row.string("number")
        act = try row.code("act")
        digest = try row.string("plan_hash")
        year = try row.year("fiscal_year")
        plannedOn = try row.day("planned_on")
        decision = Decision(
            decidedOn: try row.day("decided_on"), number: try row.string("decision_number"))
        state = try row.string("state")
    }
}

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
    public let personID: Int
    public let kind: Kind
    public let organizationID: Int?
    public let standing: Standing
    public let name: String
    public let email: String
    public let wantsBadge: Bool

    static let columns: SQL = """
        a.id, a.person_id, a.kind, a.organization_id, a.email, a.badge_opt_in,
        concat_ws(' ', nullif(a.family_name, ''), nullif(a.given_name, '')) AS name
        """

    init(_ row: Row) throws {
        applicationID = try row.int("id")
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
/// よびかけ員 began on the day of the decision or after, or was ended after it.
private func approved(in year: FiscalYear, by decision: Decision) -> SQL {
    """
    SELECT a.id, a.person_id, a.kind,
           CASE WHEN last.year IS NULL THEN 'new'
                WHEN last.year = a.fiscal_year - 1 THEN 'renewed' ELSE 'reappointed' END AS standing,
           CASE WHEN other.kind IS NULL AND rival.id IS NULL THEN 'appoint' ELSE 'waits' END
             AS outcome,
           CASE WHEN other.kind IS NOT NULL THEN 'is_' || other.kind
                WHEN rival.id IS NOT NULL THEN 'becomes_promoter' ELSE '' END AS detail
    FROM applications a
    LEFT JOIN LATERAL (
        SELECT max(p.fiscal_year) AS year FROM appointments p
        WHERE p.person_id = a.person_id AND p.kind = a.kind
          AND p.fiscal_year < a.fiscal_year) last ON true
    LEFT JOIN applications rival
      ON rival.person_id = a.person_id AND rival.fiscal_year = a.fiscal_year
      AND rival.kind = 'promoter' AND rival.state = 'approved' AND a.kind = 'caller'
    LEFT JOIN (
        SELECT DISTINCT t.person_id, t.kind FROM appointment_terms t
        WHERE t.fiscal_year = \(year) AND t.known_until = 'infinity'
          AND \(activeDays) && daterange(\(decision.decidedOn)::date, NULL)
          AND NOT \(isSuperseded(before: decision.decidedOn))) other
      ON other.person_id = a.person_id AND other.kind <> a.kind
    WHERE a.fiscal_year = \(year) AND a.state = 'approved'
    """
}

extension Reading {
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
    /// Writes the head of a plan and gives its id. `digest` tells whether a later plan is the same.
    public func addPlan(
        _ act: PlanAct, _ number: String, in year: FiscalYear, by decision: Decision,
        digest: String, at moment: Moment
    ) async throws -> Int {
        try await rows(
            """
            INSERT INTO plans (number, act, fiscal_year, planned_on, plan_hash, decided_on,
                               decision_number, state, planned_by, planned_at)
            VALUES (\(number), \(act), \(year), \(moment.day), \(digest), \(decision.decidedOn),
                    \(decision.number), 'planned', \(moment.actor), \(moment.now))
            RETURNING id
            """)[0].int("id")
    }

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

    /// Takes a plan for applying; the second to ask gets nil.
    public func claimPlan(_ number: String, act: PlanAct) async throws -> PlanRecord? {
        try await rows(
            """
            UPDATE plans SET state = 'confirmed'
            WHERE number = \(number) AND act = \(act) AND state = 'planned'
            RETURNING \(PlanRecord.columns)
            """
        ).first.map { try PlanRecord($0) }
    }

    /// A plan that no longer says what would be done.
    public func replacePlan(_ id: Int) async throws {
        try await execute("UPDATE plans SET state = 'replaced' WHERE id = \(id)")
    }

    public func closePlan(_ id: Int, at now: Instant) async throws {
        try await execute(
            "UPDATE plans SET state = 'applied', applied_at = \(now) WHERE id = \(id)")
    }

    /// Those whom a plan appoints and who still may be, locked until the end. Whoever has been
    /// appointed under another plan meanwhile, in this kind or the other, is left out.
    public func plannedAppointments(of plan: PlanRecord) async throws -> [PlannedAppointment] {
        try await rows(
            """
            SELECT \(PlannedAppointment.columns), l.standing
            FROM plan_lines l JOIN applications a ON a.id = l.application_id
            JOIN (\(approved(in: plan.year, by: plan.decision))) f
              ON f.id = l.application_id AND f.outcome = 'appoint'
            WHERE l.plan_id = \(plan.id) AND l.outcome = 'appoint'
            ORDER BY l.position FOR UPDATE OF a
            """
        ).map { try PlannedAppointment($0) }
    }

    /// Takes `count` numbers of a gapless counter and gives the first. The row stays locked until
    /// the transaction ends, and a transaction that fails gives its numbers back.
    public func takeNumbers(_ count: Int, of counter: String) async throws -> Int {
        try await rows(
            """
            INSERT INTO counters (name, last_value) VALUES (\(counter), \(count))
            ON CONFLICT (name) DO UPDATE SET last_value = counters.last_value + \(count)
            RETURNING last_value
            """)[0].int("last_value") - count + 1
    }

    /// Those who have no 委員番号, locked so that nobody else gives them one.
    public func peopleWithoutNumber(_ people: [Int]) async throws -> [Int] {
        try await rows(
            """
            SELECT id FROM people WHERE id = ANY(\(people)::bigint[]) AND member_number IS NULL
            ORDER BY id FOR UPDATE
            """
        ).map { try $0.int("id") }
    }

    public func number(_ people: [Int], as numbers: [String]) async throws {
        try await execute(
            """
            UPDATE people SET member_number = f.number
            FROM unnest(\(people)::bigint[], \(numbers)::text[]) AS f(id, number)
            WHERE people.id = f.id AND people.member_number IS NULL
            """)
    }

    /// Writes appointments with their terms, from `first` to the end of the fiscal year.
    public func appoint(
        _ people: [(PlannedAppointment, number: String)], under plan: PlanRecord, from first: Day,
        at moment: Moment
    ) async throws {
        let all = people.map(\.0)
        try await executeLong(
            """
            WITH made AS (
                INSERT INTO appointments (number, person_id, application_id, fiscal_year, kind,
                    organization_id, standing, decided_on, decision_number, plan_id, known_from)
                SELECT f.number, f.person, f.application, \(plan.year)::smallint, f.kind, f.body,
                    f.standing, \(plan.decision.decidedOn)::date, \(plan.decision.number),
                    \(plan.id)::bigint, \(moment.now)::timestamptz
                FROM unnest(\(people.map(\.number))::text[], \(all.map(\.personID))::bigint[],
                    \(all.map(\.applicationID))::bigint[], \(all.map(\.kind.rawValue))::text[],
                    \(all.map(\.organizationID))::bigint[],
                    \(all.map(\.standing.rawValue))::text[])
                  AS f(number, person, application, kind, body, standing)
                RETURNING id, person_id, kind, fiscal_year)
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           true_until, known_from)
            SELECT id, person_id, kind, fiscal_year, \(first)::date,
                   \(plan.year.lastDay)::date, \(moment.now)::timestamptz
            FROM made
            """)
    }
}
