/// 任命の可否. Whether somebody whose application is approved is appointed under a decision of a day,
/// or waits for another one.
public enum Appointing {
    public enum Outcome: String, CaseIterable, Sendable { case appoint, waits }

    /// Why somebody waits.
    public enum Wait: String, CaseIterable, Sendable {
        /// They are appointed of the kind already, by another application: they were two persons
        /// who are one, or applied by another name or address.
        case isAppointed = "is_appointed"
        /// They are 推進委員, and want to be よびかけ員.
        case isPromoter = "is_promoter"
        /// They are よびかけ員 from the day of the decision on or later, or were until after it.
        case isCaller = "is_caller"
        /// They are approved as 推進委員 too, which counts for more.
        case becomesPromoter = "becomes_promoter"
        /// Nobody can have decided on them: they applied after the day of the decision.
        case appliedLater = "applied_later"
        /// Their organization waits for their own word, and there is none.
        case memberIsUnasked = "member_is_unasked"
        /// They were left out of the decision one by one (`DecisionScope`).
        case leftOut = "left_out"
        /// An organization has reported that they died.
        case reportedDead = "reported_dead"
    }

    /// What somebody holds in the other kind, in the same year.
    public struct Held: Equatable, Sendable {
        public let kind: Kind
        public let term: Term

        public init(_ kind: Kind, _ term: Term) {
            self.kind = kind
            self.term = term
        }

        /// Whether it holds on `day` or on any day after it.
        func holds(onOrAfter day: Day) -> Bool { term.endsOn > max(day, term.from) }

        /// 区分変更: what of よびかけ員 began before ends by itself when 推進委員 begins.
        func givesWay(to day: Day) -> Bool {
            kind == .caller && term.endReason == nil && term.from < day && term.endsOn > day
        }
    }

    /// Somebody approved.
    public struct Candidate: Sendable {
        /// Whether an organization has said in this year that they died, and says so still.
        public let isReportedDead: Bool
        public let kind: Kind
        public let receivedOn: Day
        /// Whether another application of theirs, for 推進委員, is approved as well.
        public let isApprovedAsPromoter: Bool
        public let held: Held?
        /// The first day on which they hold none of the kind; nil where they never held one.
        public let isFreeFrom: Day?
        /// Whether an organization has listed them that waits for their own word, which there is
        /// not.
        public let isUnasked: Bool

        public init(
            isReportedDead: Bool = false,
            kind: Kind, receivedOn: Day, isApprovedAsPromoter: Bool, held: Held?,
            isFreeFrom: Day? = nil, isUnasked: Bool = false
        ) {
            self.isFreeFrom = isFreeFrom
            self.isUnasked = isUnasked
            self.kind = kind
            self.isReportedDead = isReportedDead
            self.receivedOn = receivedOn
            self.isApprovedAsPromoter = isApprovedAsPromoter
            self.held = held
        }
    }

    /// Nobody is 推進委員 and よびかけ員 on one day, nobody either of them twice, and nobody is
    /// appointed by the decision of a day on which they had not applied. Nil for whoever is
    /// appointed from `day` on.
    public static func wait(of candidate: Candidate, decidedOn day: Day) -> Wait? {
        if candidate.isReportedDead { return .reportedDead }
        if let held = candidate.held, held.holds(onOrAfter: day), !held.givesWay(to: day) {
            return held.kind == .promoter ? .isPromoter : .isCaller
        }
        if let free = candidate.isFreeFrom, free > day { return .isAppointed }
        if candidate.kind == .caller, candidate.isApprovedAsPromoter { return .becomesPromoter }
        if candidate.isUnasked { return .memberIsUnasked }
        return candidate.receivedOn > day ? .appliedLater : nil
    }
}
