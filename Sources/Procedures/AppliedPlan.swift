internal import Enrollment
internal import Secrets
public import Store

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

extension Office {
    /// The same for two plans that say the same of the same people.
    func digest(_ lines: [PlanLine]) -> String {
        Digest.sha256Hex(
            lines.map {
                "\($0.applicationID) \($0.outcome) \($0.standing.rawValue) \($0.detail)"
            }.joined(separator: "\n"))
    }
}

/// What became of applying a plan.
public enum AppliedPlan: Equatable, Sendable {
    case applied(count: Int)
    /// Since the plan was made something has changed: nothing was done, and this is what would be
    /// done now.
    case changed(newPlan: String)

    /// What a job's page is to say; nil when the plan was done.
    var failure: String? {
        guard case .changed(let number) = self else { return nil }
        return "changed:\(number)"
    }
}

extension Decision {
    /// Throws `Refusal.conflict` for what is no 決裁番号.
    func check() throws {
        guard DecisionNumber.read(number) == .number(number) else {
            throw Refusal.conflict(
                "a decision's number has 1 to \(DecisionNumber.limit) letters, all to be seen")
        }
    }
}
