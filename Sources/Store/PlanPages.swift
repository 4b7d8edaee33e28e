public import Enrollment
internal import Postgres

/// A line of a plan as a page shows it.
public struct PlanLineRecord: Sendable {
    public let position: Int
    public let applicationID: Int
    public let outcome: PlanOutcome
    public let reason: PlanReason?
    public let receipt: String
    public let name: String
    public let kind: Kind
    public let organizationName: String
    /// What the plan before said; see `PlanLine.earlier`.
    public let earlier: EarlierOutcome?

    static let columns: SQL = """
        l.position, l.application_id, l.outcome, l.detail, a.receipt, l.kind,
        coalesce(o.name, '') AS body, l.earlier,
        \(FullName.sql(of: "a.")) AS name
        """

    init(_ row: Row) throws {
        position = try row.int("position")
        applicationID = try row.int("application_id")
        outcome = try row.code("outcome")
        reason = try row.planReason("detail")
        receipt = try row.string("receipt")
        name = try row.string("name")
        kind = try row.code("kind")
        organizationName = try row.string("body")
        earlier = try row.optionalCode("earlier")
    }
}

extension ReadStore {
    /// How many lines of a plan have each outcome.
    public func outcomes(of plan: Int) async throws -> [PlanOutcome: Int] {
        var counts: [PlanOutcome: Int] = [:]
        for row in try await rows(
            """
            /* tally */ SELECT outcome, count(*)::int AS lines FROM plan_lines
            WHERE plan_id = \(plan) AND outcome <> \(PlanOutcome.gone) GROUP BY outcome
            """)
        { counts[try row.code("outcome")] = try row.int("lines") }
        return counts
    }

    /// The application of a line `l`, and its organization.
    private static let applicant: SQL = """
        LATERAL (SELECT q.receipt, q.organization_id, q.family_name, q.given_name
                 FROM applications q WHERE q.id = l.application_id OFFSET 0) a
        LEFT JOIN organizations o ON o.id = a.organization_id
        """

    /// Lines of a plan with one outcome, after a position.
    public func planLines(
        of plan: Int, outcome: PlanOutcome, after position: Int = 0, limit: Int = 50
    ) async throws -> [PlanLineRecord] {
        try await rows(
            """
            SELECT \(PlanLineRecord.columns)
            FROM plan_lines l CROSS JOIN \(Self.applicant)
            WHERE l.plan_id = \(plan) AND l.outcome = \(outcome) AND l.position > \(position)
            ORDER BY l.position LIMIT \(limit)
            """
        ).map { try PlanLineRecord($0) }
    }

    /// Lines of which the plan before said something else, after a position.
    public func differingLines(
        of plan: Int, after position: Int = 0, limit: Int = 50
    ) async throws -> [PlanLineRecord] {
        try await rows(
            """
            SELECT \(PlanLineRecord.columns)
            FROM plan_lines l CROSS JOIN \(Self.applicant)
            WHERE l.plan_id = \(plan) AND l.earlier IS NOT NULL AND l.position > \(position)
            ORDER BY l.position LIMIT \(limit)
            """
        ).map { try PlanLineRecord($0) }
    }

    /// How many people came into a plan, left it, or are otherwise in it than in the one before.
    public func differences(of plan: Int) async throws -> PlanDifferences {
        let row = try await rows(
            """
            /* tally */ SELECT count(*) FILTER (WHERE earlier = '')::int AS came,
                count(*) FILTER (WHERE outcome = \(PlanOutcome.gone))::int AS left_it,
                count(*) FILTER (WHERE earlier <> '' AND outcome <> \(PlanOutcome.gone))::int
                  AS changed
            FROM plan_lines WHERE plan_id = \(plan) AND earlier IS NOT NULL
            """)[0]
        return PlanDifferences(
            came: try row.int("came"), left: try row.int("left_it"),
            changed: try row.int("changed"))
    }

    /// Every line of a plan as it was made, in its order.
    public func lines(of plan: Int) async throws -> [PlanLine] {
        try await longRows(
            """
            /* whole list */
            SELECT application_id, person_id, kind, outcome, history, detail FROM plan_lines
            WHERE plan_id = \(plan) AND outcome <> \(PlanOutcome.gone) ORDER BY position
            """
        ).map { try PlanLine($0) }
    }
}

/// What a plan says otherwise than the one whose place it took, in people.
public struct PlanDifferences: Sendable, Equatable {
    public let came: Int
    public let left: Int
    public let changed: Int

    public init(came: Int, left: Int, changed: Int) {
        self.came = came
        self.left = left
        self.changed = changed
    }
}

extension WriteTransaction {
    /// The continuing lines of a plan, in their order: the applications to renew.
    public func continuing(in plan: Int) async throws -> [Int] {
        try await session.rows(
            """
            SELECT application_id FROM plan_lines
            WHERE plan_id = \(plan) AND outcome = \(Renewal.Outcome.continues) ORDER BY position
            """, within: .seconds(60)
        ).map { try $0.int("application_id") }
    }

    /// Those whom a plan does not renew and who can be written to, with why not; nobody who has
    /// died, as their organization says.
    public func notRenewed(in plan: Int) async throws -> [NotRenewed] {
        let told = Renewal.Outcome.allCases.filter(\.isTold).map(\.rawValue)
        return try await session.rows(
            """
            SELECT l.person_id, l.kind, l.outcome, l.detail, a.email, p.number,
                   \(FullName.sql(of: "a.")) AS name
            FROM plan_lines l JOIN applications a ON a.id = l.application_id
            JOIN appointments p ON p.application_id = a.id AND p.undone_by IS NULL
            WHERE l.plan_id = \(plan) AND l.outcome = ANY(\(told)::text[])
              AND a.email <> '' AND NOT EXISTS (
                SELECT FROM affiliations f
                WHERE f.person_id = a.person_id AND f.application_id = a.id
                  AND f.known_until = 'infinity' AND f.left_because = 'deceased')
            ORDER BY l.position
            """, within: .seconds(60)
        ).map { try NotRenewed($0) }
    }
}

/// Somebody whose appointment ends without another.
public struct NotRenewed: Sendable {
    public let personID: Int
    public let kind: Kind
    public let outcome: Renewal.Outcome
    /// The videos of the year that begins that were not watched.
    public let missingSlots: [Int]
    /// 任命番号 of the appointment that ends.
    public let number: String
    public let name: String
    public let email: String

    init(_ row: Row) throws {
        personID = try row.int("person_id")
        kind = try row.code("kind")
        outcome = try row.code("outcome")
        if case .lacks(let slots) = try row.planReason("detail") {
            missingSlots = slots
        } else {
            missingSlots = []
        }
        number = try row.string("number")
        name = try row.string("name")
        email = try row.string("email")
    }
}
