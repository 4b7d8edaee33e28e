internal import Enrollment
internal import Secrets
internal import Store

/// How many a plan appoints, and how many approved people it lets wait.
public struct PlannedCount: Sendable, Equatable {
    public let appoint: Int
    public let wait: Int

    public init(appoint: Int, wait: Int) {
        self.appoint = appoint
        self.wait = wait
    }

    init(_ lines: [PlanLine]) {
        let count = lines.count(where: \.appoints)
        self.init(appoint: count, wait: lines.count - count)
    }
}

/// All that a plan says of a person or of a row, in a line.
protocol PlanSaying { var says: String { get } }

extension PlanLine: PlanSaying {}

extension GroupPlan.Line: PlanSaying {
    var says: String {
        let codes = problems.map(\.code.rawValue).joined(separator: ",")
        let place = application?.businessPlace.word ?? ""
        let said = Digest.sha256Hex(application?.content ?? "") + place
        return "\(row) \(told.rawValue) \(codes) \(said)"
    }
}

extension BusinessPlaceAnswer {
    /// Nothing for a row that says nothing.
    fileprivate var word: String {
        switch self {
        case .unsaid: ""
        case .wholeOrganization: " /"
        case .at(let place): " \(place.path)"
        }
    }
}

extension Digest {
    /// The same for two plans that say the same of the same people or rows. Of a file's lines it is
    /// much work: away from the loop.
    static func ofPlan(_ lines: [some PlanSaying]) -> String {
        sha256Hex(lines.map(\.says).joined(separator: "\n"))
    }
}

extension Office {
    /// Lines beside those of the plan whose place they take, and at the end whoever only that one
    /// named.
    func compared(
        _ lines: [PlanLine], with old: Int?, _ reading: ReadStore
    ) async throws -> [PlanLine] {
        guard let old else { return lines }
        func who(_ line: PlanLine) -> String { "\(line.personID) \(line.kind.rawValue)" }
        let before = try await reading.lines(of: old)
        let known = Dictionary(
            before.map { (who($0), $0) }, uniquingKeysWith: { first, _ in first })
        let named = Set(lines.map(who))
        return lines.map { $0.compared(with: known[who($0)]) }
            + before.filter { !named.contains(who($0)) }.map(\.nowGone)
    }
}

/// What became of applying a plan.
public enum AppliedPlan: Equatable, Sendable {
    case applied(count: Int)
    /// Since the plan was made something has changed: nothing was done, and this is what would be
    /// done now.
    case changed(newPlan: String)

    /// Why a job did nothing; nil when the plan was done.
    var failure: JobFailure? {
        guard case .changed(let number) = self else { return nil }
        return .changed(newPlan: number)
    }
}

extension PlanRecord {
    /// The decision under which a plan is applied. Throws `Refusal.conflict` when there is none.
    func decided(_ decision: Decision?) throws -> Decision {
        guard let decision = decision ?? self.decision else {
            throw Refusal.conflict(.decisionIsMissing)
        }
        return decision
    }
}

extension Decision {
    /// Throws `Refusal.conflict` for what is no 決裁番号, for a day that is still to come, and for one
    /// before `first`.
    func check(on today: Day, from first: Day) throws {
        guard (first...max(first, today)).contains(decidedOn), decidedOn <= today else {
            throw Refusal.conflict(.decisionDayIsOutside(decidedOn, from: first))
        }
        guard DecisionNumber.read(number) == .number(number) else {
            throw Refusal.conflict(.decisionNumberIsNone)
        }
    }
}
