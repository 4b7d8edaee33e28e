/// 年度更新. What becomes of one person at the turn of the year under the policy 自動: whoever is
/// active and still meets the requirements is filed and appointed anew.
public enum Renewal {
    public enum Outcome: String, CaseIterable, Sendable {
        case continues
        case lacksVideo = "lacks_video"
        case organizationClosed = "organization_closed"
        case alreadyApplied = "already_applied"
    }

    /// Somebody with an active appointment on the last day of the year.
    public struct Candidate: Sendable {
        public let kind: Kind
        public let category: EligibilityCategory
        public let programmeID: String?
        public let organizationID: Int?
        public let viewings: [Viewing]
        public let hasApplied: Bool

        public init(
            kind: Kind, category: EligibilityCategory, programmeID: String?, organizationID: Int?,
            viewings: [Viewing], hasApplied: Bool
        ) {
            self.kind = kind
            self.category = category
            self.programmeID = programmeID
            self.organizationID = organizationID
            self.viewings = viewings
            self.hasApplied = hasApplied
        }
    }

    /// The outcome under the rules of the year that begins, and the slots of missing videos.
    public static func outcome(
        of candidate: Candidate, under next: FiscalYearRules
    ) -> (outcome: Outcome, missing: [Int]) {
        if candidate.hasApplied { return (.alreadyApplied, []) }
        if !groundHolds(candidate, next) { return (.organizationClosed, []) }
        let missing = next.missingSlots(
            candidate.viewings, for: candidate.kind, candidate.category)
        return missing.isEmpty ? (.continues, []) : (.lacksVideo, missing)
    }

    private static func groundHolds(_ candidate: Candidate, _ next: FiscalYearRules) -> Bool {
        if let id = candidate.organizationID {
            let body = next.organizations.first { $0.id == id }
            guard let body, body.isOpen(on: next.year.firstDay) else { return false }
        }
        if let id = candidate.programmeID {
            return next.programmes.contains { $0.id == id }
        }
        return true
    }
}
