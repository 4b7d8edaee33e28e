public import Enrollment
internal import Postgres

/// What a plan says of one person.
public struct PlanLine: Sendable {
    public let applicationID: Int
    public let personID: Int
    public let kind: Kind
    public private(set) var outcome: PlanOutcome
    public let history: AppointmentHistory
    /// Why, where there is more to say than the outcome.
    public let reason: PlanReason?
    /// Nil where the plan before said the same, and where there was none.
    public private(set) var earlier: EarlierOutcome?

    public var appoints: Bool { outcome == .appointing(.appoint) }

    public init(_ candidate: RenewalCandidate, _ outcome: Renewal.Outcome, missing: [Int]) {
        applicationID = candidate.applicationID
        personID = candidate.personID
        kind = candidate.facts.kind
        self.outcome = .renewing(outcome)
        history = .renewed
        reason = missing.isEmpty ? nil : .lacks(slots: missing)
    }

    public init(_ candidate: AppointmentCandidate, in year: FiscalYear, _ wait: Appointing.Wait?) {
        applicationID = candidate.applicationID
        personID = candidate.personID
        kind = candidate.facts.kind
        outcome = .appointing(wait == nil ? .appoint : .waits)
        history = AppointmentHistory(
            appointedIn: year, before: candidate.lastYear.map { [$0] } ?? [],
            again: candidate.firstHistory)
        reason = wait.map { .waits($0) }
    }

    /// Of somebody whose appointment is to be taken back.
    public init(undoing appointed: AppointedByPlan) {
        applicationID = appointed.applicationID
        personID = appointed.personID
        kind = appointed.kind
        let hindrance = AppointmentUndoing.hindrance(of: appointed.facts)
        outcome = .undoing(hindrance == nil ? .takenBack : .stays)
        history = appointed.history
        reason = hindrance.map { .stays($0) }
    }

    init(_ row: Row) throws {
        applicationID = try row.int("application_id")
        personID = try row.int("person_id")
        kind = try row.code("kind")
        outcome = try row.code("outcome")
        history = try row.code("history")
        reason = try row.planReason("detail")
    }

    /// The same line beside that of the plan before, if it had one.
    public func compared(with old: PlanLine?) -> PlanLine {
        var line = self
        line.earlier = old.map { $0.says == says ? nil : .said($0.outcome) } ?? .notNamed
        return line
    }

    /// The line of whoever is not in the plan that took this one's place.
    public var nowGone: PlanLine {
        var line = self
        line.earlier = .said(outcome)
        line.outcome = .gone
        return line
    }

    /// All that a plan says of somebody, in a line.
    public var says: String {
        "\(applicationID) \(outcome.rawValue) \(history.rawValue) \(reason?.rawValue ?? "")"
    }
}

extension Row {
    /// Nil where there is no more to say.
    func planReason(_ column: String) throws -> PlanReason? {
        try string(column).isEmpty ? nil : code(column)
    }
}

extension WriteTransaction {
    /// The lines of a plan, in their order.
    public func addLines(_ lines: [PlanLine], to plan: Int) async throws {
        for start in stride(from: 0, to: lines.count, by: 5_000) {
            let part = Array(lines[start..<min(start + 5_000, lines.count)])
            try await executeLong(
                """
                INSERT INTO plan_lines (plan_id, position, person_id, application_id, kind, outcome,
                                        history, detail, earlier)
                SELECT \(plan)::bigint, f.position, f.person, f.application, f.kind, f.outcome,
                       f.history, f.detail, f.earlier
                FROM unnest(\((start..<start + part.count).map { $0 + 1 })::integer[],
                            \(part.map(\.personID))::bigint[],
                            \(part.map(\.applicationID))::bigint[],
                            \(part.map(\.kind.rawValue))::text[],
                            \(part.map(\.outcome.rawValue))::text[],
                            \(part.map(\.history.rawValue))::text[],
                            \(part.map { $0.reason?.rawValue ?? "" })::text[],
                            \(part.map(\.earlier?.rawValue))::text[])
                  AS f(position, person, application, kind, outcome, history, detail, earlier)
                """)
        }
    }
}
