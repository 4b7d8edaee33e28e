internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// What was taken back of all that a plan of appointments did.
struct PlanTakenBack {
    /// Whom the plan appointed.
    let appointed: Int
    /// The plans that took some of them back, the newest first, and how many each.
    let by: [(plan: PlanRecord, count: Int)]

    var count: Int { by.reduce(0) { $0 + $1.count } }
    /// Who could still be named by a plan that takes back.
    var rest: Int { max(0, appointed - count) }

    var heading: String { rest == 0 ? "任命を取り消しました" : "任命の一部を取り消しました" }

    /// When, by which plan, and how many of how many.
    var sentences: HTML { each(by) { "<p>\(sentence($0.plan, $0.count))</p>" } }

    /// In the list of plans.
    var state: HTML {
        guard let last = by.first else { return .none }
        let word = rest == 0 ? "取り消しました" : "一部を取り消しました"
        let link = href(Route.plan.with("number", last.plan.number))
        return """
            \(word)（\(appointed.grouped)人のうち\(count.grouped)人、\
            \(last.plan.appliedAt?.word ?? "")、<a href="\(link)">\(last.plan.number)</a>）
            """
    }

    private func sentence(_ plan: PlanRecord, _ count: Int) -> HTML {
        let link = href(Route.plan.with("number", plan.number))
        return """
            \(plan.appliedAt?.word ?? "")に、\(appointed.grouped)人のうち\(count.grouped)人の任命を\
            取り消しました。<a href="\(link)">取消しの結果（\(plan.number)）</a>
            """
    }
}

extension Office {
    /// Nil where nothing of a plan was taken back; `undoing` are the plans that would, or have.
    func takenBack(of plan: PlanRecord, by undoing: [PlanRecord]) async throws -> PlanTakenBack? {
        guard plan.act == .appoint, plan.state == .applied else { return nil }
        var done: [(plan: PlanRecord, count: Int)] = []
        for undo in undoing where undo.state == .applied {
            let count = try await reading.outcomes(of: undo.id)[.undoing(.takenBack)] ?? 0
            if count > 0 { done.append((undo, count)) }
        }
        guard !done.isEmpty else { return nil }
        let appointed = try await reading.outcomes(of: plan.id)[.appointing(.appoint)] ?? 0
        return PlanTakenBack(appointed: appointed, by: done)
    }

    /// What was taken back of each of some plans, by their ids.
    func takenBack(of plans: [PlanRecord]) async throws -> [Int: PlanTakenBack] {
        var found: [Int: PlanTakenBack] = [:]
        for plan in plans where plan.act == .appoint && plan.state == .applied {
            found[plan.id] = try await takenBack(
                of: plan, by: reading.plansUndoing(plan.id))
        }
        return found
    }
}
