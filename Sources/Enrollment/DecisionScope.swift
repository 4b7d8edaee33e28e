/// Who applied, as far as the office tells them apart.
public enum Applicants: Hashable, Sendable {
    /// Without an organization.
    case alone
    case organization(Int)
}

/// 決裁の範囲. Whom a decision of the ministry is about, of all whose applications are approved.
public struct DecisionScope: Equatable, Sendable {
    public static let everybody = DecisionScope()

    /// Nil for both.
    public var kind: Kind?
    /// Empty for all.
    public var applicants: Set<Applicants>
    /// Numbers of applications that are left out one by one.
    public var leftOut: Set<Int>

    public init(
        kind: Kind? = nil, applicants: Set<Applicants> = [], leavingOut leftOut: Set<Int> = []
    ) {
        self.kind = kind
        self.applicants = applicants
        self.leftOut = leftOut
    }

    /// Whether it is about those who apply for a kind from somewhere; some of them may be left out.
    public func covers(_ kind: Kind, of applicants: Applicants) -> Bool {
        (self.kind ?? kind) == kind
            && (self.applicants.isEmpty || self.applicants.contains(applicants))
    }
}
