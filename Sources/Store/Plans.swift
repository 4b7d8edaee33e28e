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

/// A stored plan of a bulk act.
public struct PlanRecord: Sendable {
    public let id: Int
    public let number: String
    public let year: FiscalYear
    public let plannedOn: Day
    public let decision: Decision
    public let state: String

    init(_ row: Row) throws {
        id = try row.int("id")
        number = try row.string("number")
        year = try row.year("fiscal_year")
        plannedOn = try row.day("planned_on")
        decision = Decision(
            decidedOn: try row.day("decided_on"), number: try row.string("decision_number"))
        state = try row.string("state")
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
}

extension Writing {
    /// Plans the appointment of everybody whose application of the year is approved.
    public func planAppointments(
        _ number: String, in year: FiscalYear, by decision: Decision, at moment: Moment
    ) async throws -> Int {
        let id = try await rows(
            """
            INSERT INTO plans (number, act, fiscal_year, planned_on, plan_hash, decided_on,
                               decision_number, state, planned_by, planned_at)
            VALUES (\(number), 'appoint', \(year), \(moment.day), \(number), \(decision.decidedOn),
                    \(decision.number), 'planned', \(moment.actor), \(moment.now))
            RETURNING id
            """)[0].int("id")
        return try await executeLong(
            """
            INSERT INTO plan_lines (plan_id, position, person_id, application_id, kind, outcome,
                                    standing)
            SELECT \(id)::bigint, row_number() OVER (ORDER BY a.id), a.person_id, a.id, a.kind,
                   'appoint',
                   CASE WHEN last.year IS NULL THEN 'new'
                        WHEN last.year = a.fiscal_year - 1 THEN 'renewed' ELSE 'reappointed' END
            FROM applications a
            LEFT JOIN LATERAL (
                SELECT max(p.fiscal_year) AS year FROM appointments p
                WHERE p.person_id = a.person_id AND p.kind = a.kind
                  AND p.fiscal_year < a.fiscal_year) last ON true
            WHERE a.fiscal_year = \(year) AND a.state = 'approved'
            """)
    }

    /// Takes a plan for applying; the second to ask gets nil.
    public func claimPlan(_ number: String, act: String) async throws -> PlanRecord? {
        try await rows(
            """
            UPDATE plans SET state = 'confirmed'
            WHERE number = \(number) AND act = \(act) AND state = 'planned'
            RETURNING id, number, fiscal_year, planned_on, decided_on, decision_number, state
            """
        ).first.map { try PlanRecord($0) }
    }

    public func closePlan(_ id: Int, at now: Instant) async throws {
        try await execute(
            "UPDATE plans SET state = 'applied', applied_at = \(now) WHERE id = \(id)")
    }

    /// The lines of a plan whose applications are still approved, locked until the end.
    public func plannedAppointments(of plan: Int) async throws -> [PlannedAppointment] {
        try await rows(
            """
            SELECT a.id, a.person_id, a.kind, a.organization_id, l.standing,
                   concat_ws(' ', nullif(a.family_name, ''), nullif(a.given_name, '')) AS name,
                   a.email, a.badge_opt_in
            FROM plan_lines l JOIN applications a ON a.id = l.application_id
            WHERE l.plan_id = \(plan) AND a.state = 'approved'
            ORDER BY l.position FOR UPDATE OF a
            """
        ).map {
            PlannedAppointment(
                applicationID: try $0.int("id"), personID: try $0.int("person_id"),
                kind: try $0.code("kind"), organizationID: try $0.optionalInt("organization_id"),
                standing: try $0.code("standing"), name: try $0.string("name"),
                email: try $0.string("email"), wantsBadge: try $0.bool("badge_opt_in"))
        }
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

/// An appointment as a page shows it.
public struct AppointmentRecord: Sendable {
    public let number: String
    public let kind: Kind
    public let from: Day
    public let until: Day
    public let endReason: EndReason?

    /// The state on a day follows from the days alone.
    public func state(on day: Day) -> AppointmentState {
        AppointmentState(from: from, until: until, ended: endReason, on: day)
    }
}

extension Reading {
    /// The appointment that came of an application.
    public func appointment(ofApplication id: Int) async throws -> AppointmentRecord? {
        try await rows(
            """
            SELECT a.number, a.kind, t.true_from, t.true_until, t.end_reason
            FROM appointments a
            JOIN appointment_terms t ON t.appointment_id = a.id AND t.known_until = 'infinity'
            WHERE a.application_id = \(id)
            """
        ).first.map {
            AppointmentRecord(
                number: try $0.string("number"), kind: try $0.code("kind"),
                from: try $0.day("true_from"), until: try $0.day("true_until"),
                endReason: EndReason(rawValue: try $0.string("end_reason")))
        }
    }
}
