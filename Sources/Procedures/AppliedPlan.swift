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
