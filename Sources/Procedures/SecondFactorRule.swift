public import Enrollment
public import Store

/// 二段階の確認: of whom a second factor is asked; a setting of the installation.
public enum SecondFactorRule: String, CaseIterable, Sendable {
    /// Of nobody, and nobody is offered one.
    case off
    /// Of whoever has set one up.
    case offered
    /// Of the office and the ministry always; of organizations as where it is offered.
    case required

    func isRequired(of role: Role) -> Bool { self == .required && role != .organization }
}

/// Somebody with an account in a browser, and how far they have signed in.
public struct SignedIn: Sendable {
    public enum Stage: Sendable, Equatable {
        case complete
        /// A code of the second factor is still to come.
        case secondFactor
        /// A second factor is still to be set up.
        case setUp
    }

    public let account: AccountRecord
    public let stage: Stage
    /// When a code of the second factor was typed last in this session.
    public let provedAt: Instant?

    init(_ account: AccountRecord, provedAt: Instant?, under rule: SecondFactorRule) {
        self.account = account
        self.provedAt = provedAt
        if rule == .off || provedAt != nil && account.hasSecondFactor {
            stage = .complete
        } else if account.hasSecondFactor {
            stage = .secondFactor
        } else {
            stage = rule.isRequired(of: account.role) ? .setUp : .complete
        }
    }
}
