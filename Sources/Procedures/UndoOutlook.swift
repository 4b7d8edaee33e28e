public import Enrollment
public import Store

/// Whether what a file did can still be taken back, and what of it was.
public struct UndoOutlook: Sendable {
    /// The last day on which it can be; nil where nothing of it is left, or its days are over.
    public let until: Day?
    /// What took it back, or is to, the newest first.
    public let plans: [PlanRecord]

    /// What has taken some of it back.
    public var done: [PlanRecord] { plans.filter { $0.state == .applied } }

    static let none = UndoOutlook(until: nil, plans: [])
}

/// A plan that takes a file back, with what its page shows.
public struct UndoPlan: Sendable {
    public let plan: PlanRecord
    public let file: GroupFileRecord
    public let counts: UndoCounts
    public let job: JobRecord?

    public func count(_ group: UndoOutcome.Group) -> Int { counts[group] ?? 0 }

    /// How many a press of its button takes back.
    public var reversedCount: Int { count(.reversed) }
}

extension Office {
    public func undoOutlook(of file: GroupFileRecord) async throws -> UndoOutlook {
        guard file.state == .applied, let applied = file.plan.appliedAt,
            let rules = try await reading.undoRules(on: applied.day)
        else { return .none }
        let last = rules.lastDay(ofFileAppliedAt: applied)
        let count = try await reading.undoableCount(of: file.id)
        let isOpen = today <= last && count > 0
        return UndoOutlook(
            until: isOpen ? last : nil, plans: try await reading.plansUndoing(file.plan.id))
    }

    /// Nil where there is no such plan.
    public func undoPlan(_ number: String) async throws -> UndoPlan? {
        guard let plan = try await reading.plan(number: number), plan.act == .undoGroup,
            let file = try await reading.groupFile(plan: plan.undoes ?? 0)
        else { return nil }
        return UndoPlan(
            plan: plan, file: file, counts: try await reading.undoCounts(of: plan.id),
            job: try await reading.job(plan.act.job, subject: number))
    }
}
