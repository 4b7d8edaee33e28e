public import Enrollment
internal import Postgres

// The plans of all bulk acts: made, decided on or attested, taken once, applied or replaced. What
// their lines say is of each act.

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
    public let act: PlanAct
    public let year: FiscalYear
    public let plannedOn: Day
    public let plannedAt: Instant
    /// Tells whether a later plan says the same.
    public let digest: String
    /// Nil for a rehearsal that nothing was decided on yet, and for a file of an organization.
    public let decision: Decision?
    /// Whether the coordinator has stated that everybody in the file consents; of no other act.
    public let isAttested: Bool
    public let state: PlanState
    /// The plan whose place it took.
    public let replaces: Int?
    /// The plan whose doing it takes back.
    public let undoes: Int?
    /// Why appointments are taken back, as they are told; nil until somebody has said it.
    public let because: String?
    /// Nil until it is applied.
    public let appliedAt: Instant?

    /// Of plans `p`.
    static let columns: SQL = """
        p.id AS plan_id, p.number, p.act, p.fiscal_year, p.planned_on, p.planned_at, p.plan_hash,
        p.decided_on, p.decision_number, p.attested, p.state, p.replaces, p.undoes, p.because,
        p.applied_at
        """

    init(_ row: Row) throws {
        id = try row.int("plan_id")
        number = try row.string("number")
        act = try row.code("act")
        digest = try row.string("plan_hash")
        year = try row.year("fiscal_year")
        plannedOn = try row.day("planned_on")
        plannedAt = try row.instant("planned_at")
        decision = try row.optionalDay("decided_on").map {
            Decision(decidedOn: $0, number: try row.string("decision_number"))
        }
        isAttested = try row.bool("attested")
        state = try row.code("state")
        replaces = try row.optionalInt("replaces")
        undoes = try row.optionalInt("undoes")
        because = try row.optionalString("because")
        appliedAt = try row.optionalInstant("applied_at")
    }
}

/// A plan on its way into the tables.
public struct NewPlan: Sendable {
    public let act: PlanAct
    public let number: String
    public let year: FiscalYear
    public let digest: String
    public let decision: Decision?
    public let isAttested: Bool
    /// The plan whose place it takes.
    public let replaces: Int?
    /// The plan whose doing it takes back.
    public let undoes: Int?

    public init(
        _ act: PlanAct, _ number: String, in year: FiscalYear, digest: String,
        by decision: Decision? = nil, isAttested: Bool = false, replacing old: Int? = nil
    ) {
        self.act = act
        self.number = number
        self.year = year
        self.digest = digest
        self.decision = decision
        self.isAttested = isAttested
        replaces = old
        undoes = nil
    }

    /// Takes back what a plan did, of a file or of appointments.
    public init(
        undoing plan: PlanRecord, _ number: String, digest: String, replacing old: Int? = nil
    ) {
        act = plan.act == .appoint ? .undoAppoint : .undoGroup
        self.number = number
        year = plan.year
        self.digest = digest
        decision = nil
        isAttested = false
        replaces = old
        undoes = plan.id
    }
}

extension ReadStore {
    public func plan(number: String) async throws -> PlanRecord? {
        try await rows("SELECT \(PlanRecord.columns) FROM plans p WHERE p.number = \(number)")
            .first.map { try PlanRecord($0) }
    }

    /// The newest plan that took a plan's place.
    public func plan(replacing id: Int) async throws -> PlanRecord? {
        try await rows(
            """
            SELECT \(PlanRecord.columns) FROM plans p WHERE p.replaces = \(id)
            ORDER BY p.id DESC LIMIT 1
            """
        ).first.map { try PlanRecord($0) }
    }

    public func plan(id: Int) async throws -> PlanRecord? {
        try await rows("SELECT \(PlanRecord.columns) FROM plans p WHERE p.id = \(id)")
            .first.map { try PlanRecord($0) }
    }

    /// The plans of a year's turn or appointments, newest first.
    public func plans(_ act: PlanAct, limit: Int = 20) async throws -> [PlanRecord] {
        try await rows(
            """
            SELECT \(PlanRecord.columns) FROM plans p WHERE p.act = \(act)
            ORDER BY p.id DESC LIMIT \(limit)
            """
        ).map { try PlanRecord($0) }
    }
}

extension WriteTransaction {
    /// Writes the head of a plan and gives its id.
    public func add(_ plan: NewPlan, at moment: WriteStamp) async throws -> Int {
        try await rows(
            """
            INSERT INTO plans (number, act, fiscal_year, planned_on, plan_hash, decided_on,
                decision_number, attested, state, planned_by, planned_at, replaces, undoes)
            VALUES (\(plan.number), \(plan.act), \(plan.year), \(moment.day), \(plan.digest),
                \(plan.decision?.decidedOn), \(plan.decision?.number), \(plan.isAttested),
                \(PlanState.planned), \(moment.actor), \(moment.now), \(plan.replaces),
                \(plan.undoes))
            RETURNING id
            """)[0].int("id")
    }

    /// Takes a plan for applying; the second to ask gets nil, as does who asks for a file before
    /// its coordinator has attested.
    public func claimPlan(_ number: String, act: PlanAct) async throws -> PlanRecord? {
        try await rows(
            """
            UPDATE plans p SET state = \(PlanState.confirmed)
            WHERE p.number = \(number) AND p.act = \(act) AND p.state = \(PlanState.planned)
              AND (p.act <> \(PlanAct.group) OR p.attested)
            RETURNING \(PlanRecord.columns)
            """
        ).first.map { try PlanRecord($0) }
    }

    /// Takes a plan for writing, so that nobody else decides on it meanwhile.
    public func lockPlan(_ number: String) async throws -> PlanRecord? {
        try await rows(
            """
            SELECT \(PlanRecord.columns) FROM plans p WHERE p.number = \(number) FOR UPDATE
            """
        ).first.map { try PlanRecord($0) }
    }

    /// 決裁. What the ministry decided on a plan.
    public func decide(_ plan: Int, by decision: Decision) async throws {
        try await execute(
            """
            UPDATE plans SET decided_on = \(decision.decidedOn),
                             decision_number = \(decision.number)
            WHERE id = \(plan)
            """)
    }

    /// Why a plan takes appointments back.
    public func explain(_ plan: Int, because reason: String) async throws {
        try await execute("UPDATE plans SET because = \(reason) WHERE id = \(plan)")
    }

    /// The coordinator states that everybody in the file of a plan consents.
    public func attest(_ plan: Int) async throws {
        try await execute("UPDATE plans SET attested = true WHERE id = \(plan)")
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
