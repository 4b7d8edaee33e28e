/// 任命の取消し of a whole plan: whether what it did to somebody is taken back, or stays because more
/// was built on it since.
public enum AppointmentUndoing {
    public enum Outcome: String, CaseIterable, Sendable {
        case takenBack = "taken_back"
        case stays
    }

    /// Why an appointment stays as it is.
    public enum Hindrance: String, CaseIterable, Sendable {
        case resigned, revoked, deceased
        /// 取消 of this one was said before, for a reason of its own.
        case cancelled
        /// Another plan made them 推進委員 since.
        case superseded
        /// They were found to be one with somebody else since.
        case merged
        /// They are appointed for a later year.
        case renewed
        /// What they held as よびかけ員 would hold again, and they have applied for it anew.
        case hasAppliedAgain = "has_applied_again"
    }

    /// What is known of somebody whom the plan appointed.
    public struct Facts: Sendable, Equatable {
        /// Why the appointment ended before its time; nil where it did not.
        public let endReason: EndReason?
        public let isMerged: Bool
        public let isRenewed: Bool
        public let hasAppliedAgain: Bool

        public init(
            endReason: EndReason? = nil, isMerged: Bool = false, isRenewed: Bool = false,
            hasAppliedAgain: Bool = false
        ) {
            self.endReason = endReason
            self.isMerged = isMerged
            self.isRenewed = isRenewed
            self.hasAppliedAgain = hasAppliedAgain
        }
    }

    /// Nil for whoever is taken back.
    public static func hindrance(of facts: Facts) -> Hindrance? {
        if let reason = facts.endReason { return hindrance(ended: reason) }
        if facts.isMerged { return .merged }
        if facts.isRenewed { return .renewed }
        return facts.hasAppliedAgain ? .hasAppliedAgain : nil
    }

    private static func hindrance(ended reason: EndReason) -> Hindrance {
        switch reason {
        case .resigned: .resigned
        case .revoked: .revoked
        case .deceased: .deceased
        case .superseded: .superseded
        case .cancelled: .cancelled
        case .merged: .merged
        }
    }
}
