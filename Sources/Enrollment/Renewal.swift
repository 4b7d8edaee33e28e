/// 年度更新. What becomes of one person at the turn of the year: whoever is active, still meets the
/// requirements and has not said no is filed and appointed anew; where the year's policy asks for
/// an answer, whoever has said yes.
public enum Renewal {
    public enum Outcome: String, CaseIterable, Sendable {
        case continues
        case lacksVideo = "lacks_video"
        case organizationClosed = "organization_closed"
        case alreadyApplied = "already_applied"
        /// They said that what they had typed may not be used.
        case declined
        /// The year's policy asks for an answer, and there is none.
        case unanswered
        /// The organization by which they applied says that they have left it.
        case left

        /// Whether somebody is told by a letter that they are not renewed, and why.
        public var isTold: Bool { self != .continues && self != .alreadyApplied }

        /// Whether a renewal is under way that an application would put aside: nothing stands in
        /// its way but a day that can still be told.
        public var isOpen: Bool { self == .continues || self == .lacksVideo }
    }

    /// Somebody with an active appointment on the last day of the year.
    public struct Candidate: Sendable {
        public let kind: Kind
        public let category: EligibilityCategory
        public let programmeID: String?
        public let organizationID: Int?
        public let viewings: [Viewing]
        public let reuse: ReuseAnswer
        public let hasApplied: Bool
        /// Whether the organization by which they applied says that they have left it.
        public let hasLeft: Bool

        public init(
            kind: Kind, category: EligibilityCategory, programmeID: String?, organizationID: Int?,
            viewings: [Viewing], reuse: ReuseAnswer, hasApplied: Bool, hasLeft: Bool = false
        ) {
            self.hasLeft = hasLeft
            self.kind = kind
            self.category = category
            self.programmeID = programmeID
            self.organizationID = organizationID
            self.viewings = viewings
            self.reuse = reuse
            self.hasApplied = hasApplied
        }
    }

    /// The outcome under the rules of the year that begins, and the slots of missing videos.
    public static func outcome(
        of candidate: Candidate, under next: FiscalYearRules
    ) -> (outcome: Outcome, missing: [Int]) {
        if candidate.hasApplied { return (.alreadyApplied, []) }
        if candidate.reuse == .no { return (.declined, []) }
        if candidate.hasLeft { return (.left, []) }
        if next.policy == .answer, candidate.reuse != .yes { return (.unanswered, []) }
        if !eligibilityHolds(candidate, next) { return (.organizationClosed, []) }
        let missing = next.missingSlots(
            candidate.viewings, for: candidate.kind, candidate.category)
        return missing.isEmpty ? (.continues, []) : (.lacksVideo, missing)
    }

    private static func eligibilityHolds(_ candidate: Candidate, _ next: FiscalYearRules) -> Bool {
        if let id = candidate.organizationID {
            let organization = next.organization(id: id)
            guard let organization, organization.isOpen(on: next.year.firstDay) else {
                return false
            }
        }
        if let id = candidate.programmeID {
            return next.programmes.contains { $0.id == id }
        }
        return true
    }
}
