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
public enum PlanAct: String, CaseIterable, Sendable { case appoint, renew }

/// How far a plan of a bulk act is.
public enum PlanState: String, CaseIterable, Sendable {
    /// 下見. Nothing was done yet.
    case planned
    /// Taken for applying, in the transaction that applies it.
    case confirmed
    case applied
    /// It no longer said what would be done, and another took its place.
    case replaced
}

/// A stored plan of a bulk act.
public struct PlanRecord: Sendable {
    public let id: Int
    public let number: String
    public let act: PlanAct
    public let year: FiscalYear
    public let plannedOn: Day
    public let digest: String
    /// Nil for a rehearsal that nothing was decided on yet.
    public let decision: Decision?
    public let state: PlanState
    /// The plan whose place it took.
    public let replaces: Int?

    static let columns: SQL = """
        id, number, act, fiscal_year, planned_on, plan_hash, decided_on, decision_number, state,
        replaces
        """

    init(_ row: Row) throws {
        id = try row.int("id")
        number = try row.string("number")
        act = try row.code("act")
        digest = try row.string("plan_hash")
        year = try row.year("fiscal_year")
        plannedOn = try row.day("planned_on")
        decision = try row.optionalDay("decided_on").map {
            Decision(decidedOn: $0, number: try row.string("decision_number"))
        }
        state = try row.code("state")
        replaces = try row.optionalInt("replaces")
    }
}

/// What a plan says of one person.
public struct PlanLine: Sendable {
    /// The outcome of whoever only the plan before named.
    public static let gone = "gone"

    public let applicationID: Int
    public let personID: Int
    public let kind: Kind
    /// The word of `Appointing.Outcome` or `Renewal.Outcome`, or `gone`.
    public private(set) var outcome: String
    public let standing: AppointmentHistory
    /// Why somebody waits, or the slots of videos that are missing, with commas.
    public let detail: String
    /// What the plan before said of them, where it said something else: its outcome, or nothing for
    /// whoever it did not name. Nil where both say the same.
    public private(set) var earlier: String?

    public var appoints: Bool { outcome == Appointing.Outcome.appoint.rawValue }

    public init(_ candidate: RenewalCandidate, _ outcome: Renewal.Outcome, detail: String) {
        applicationID = candidate.applicationID
        personID = candidate.personID
        kind = candidate.facts.kind
        self.outcome = outcome.rawValue
        standing = .renewed
        self.detail = detail
    }

    public init(_ candidate: AppointmentCandidate, in year: FiscalYear, _ wait: Appointing.Wait?) {
        applicationID = candidate.applicationID
        personID = candidate.personID
        kind = candidate.facts.kind
        let outcome: Appointing.Outcome = wait == nil ? .appoint : .waits
        self.outcome = outcome.rawValue
        standing = AppointmentHistory(
            appointedIn: year, before: candidate.lastYear.map { [$0] } ?? [],
            again: candidate.firstHistory)
        detail = wait?.rawValue ?? ""
    }

    init(_ row: Row) throws {
        applicationID = try row.int("application_id")
        personID = try row.int("person_id")
        kind = try row.code("kind")
        outcome = try row.string("outcome")
        standing = try row.code("standing")
        detail = try row.string("detail")
    }

    /// The same line beside that of the plan before, if it had one.
    public func compared(with old: PlanLine?) -> PlanLine {
        var line = self
        line.earlier = old.map { $0.says == says ? nil : $0.outcome } ?? ""
        return line
    }

    /// The line of whoever is not in the plan that took this one's place.
    public var nowGone: PlanLine {
        var line = self
        line.earlier = outcome
        line.outcome = Self.gone
        return line
    }

    /// All that a plan says of somebody, in a line.
    public var says: String { "\(applicationID) \(outcome) \(standing.rawValue) \(detail)" }
}

extension WriteTransaction {
    /// Writes the head of a plan and gives its id. `digest` tells whether a later plan is the same;
    /// `old` is the plan whose place it takes.
    public func addPlan(
        _ act: PlanAct, _ number: String, in year: FiscalYear, by decision: Decision?,
        digest: String, replacing old: Int? = nil, at moment: WriteStamp
    ) async throws -> Int {
        try await rows(
            """
            INSERT INTO plans (number, act, fiscal_year, planned_on, plan_hash, decided_on,
                               decision_number, state, planned_by, planned_at, replaces)
            VALUES (\(number), \(act), \(year), \(moment.day), \(digest), \(decision?.decidedOn),
                    \(decision?.number), \(PlanState.planned), \(moment.actor), \(moment.now), \(old))
            RETURNING id
            """)[0].int("id")
    }

    /// The lines of a plan, in their order.
    public func addLines(_ lines: [PlanLine], to plan: Int) async throws {
        for start in stride(from: 0, to: lines.count, by: 5_000) {
            let part = Array(lines[start..<min(start + 5_000, lines.count)])
            try await executeLong(
                """
                INSERT INTO plan_lines (plan_id, position, person_id, application_id, kind, outcome,
                                        standing, detail, earlier)
                SELECT \(plan)::bigint, f.position, f.person, f.application, f.kind, f.outcome,
                       f.standing, f.detail, f.earlier
                FROM unnest(\((start..<start + part.count).map { $0 + 1 })::integer[],
                            \(part.map(\.personID))::bigint[], \(part.map(\.applicationID))::bigint[],
                            \(part.map(\.kind.rawValue))::text[], \(part.map(\.outcome))::text[],
                            \(part.map(\.standing.rawValue))::text[],
                            \(part.map(\.detail))::text[], \(part.map(\.earlier))::text[])
                  AS f(position, person, application, kind, outcome, standing, detail, earlier)
                """)
        }
    }

    /// Takes a plan for applying; the second to ask gets nil.
    public func claimPlan(_ number: String, act: PlanAct) async throws -> PlanRecord? {
        try await rows(
            """
            UPDATE plans SET state = \(PlanState.confirmed)
            WHERE number = \(number) AND act = \(act) AND state = \(PlanState.planned)
            RETURNING \(PlanRecord.columns)
            """
        ).first.map { try PlanRecord($0) }
    }

    /// Takes a plan for writing, so that nobody else decides on it meanwhile.
    public func lockPlan(_ number: String) async throws -> PlanRecord? {
        try await rows(
            """
            SELECT \(PlanRecord.columns) FROM plans WHERE number = \(number) FOR UPDATE
            """
        ).first.map { try PlanRecord($0) }
    }

    /// 決裁. What the ministry decided on a plan.
    public func decide(_ plan: Int, by decision: Decision) async throws {
        try await execute(
            """
            UPDATE plans SET decided_on = \(decision.decidedOn), decision_number = \(decision.number)
            WHERE id = \(plan)
            """)
    }

    /// A plan that no longer says what would be done.
    public func replacePlan(_ id: Int) async throws {
        try await execute("UPDATE plans SET state = \(PlanState.replaced) WHERE id = \(id)")
    }

    public func closePlan(_ id: Int, at now: Instant) async throws {
        try await execute(
            """
            UPDATE plans SET state = \(PlanState.applied), applied_at = \(now) WHERE id = \(id)
            """)
    }
}
