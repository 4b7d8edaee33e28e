/// 訂正. What whoever applied may correct of it themselves, and whether it changes at once. The mail
/// address has an act of its own, which takes a code; the answer about the next year has one, too.
public struct CorrectionScope: Equatable, Sendable {
    /// Whether what is sent changes nothing by itself: the office is asked.
    public let asksOffice: Bool
    private let isFiledByOrganization: Bool
    private let isAppointed: Bool
    /// Nil where nothing narrows it.
    private var only: Set<ApplicationField>?

    /// Nil where nothing can be corrected any more.
    public init?(_ status: ApplicationStatus, isFiledByOrganization: Bool) {
        self.isFiledByOrganization = isFiledByOrganization
        switch status {
        case .applied(let state) where state.mayBeCorrected:
            (asksOffice, isAppointed) = (false, false)
        case .applied(.approved): (asksOffice, isAppointed) = (true, false)
        case .appointed(.scheduled), .appointed(.active):
            (asksOffice, isAppointed) = (true, true)
        default: return nil
        }
    }

    /// Whether the question may be answered anew. What was judged is frozen when it is approved;
    /// what an organization says of its own people is the organization's.
    public func includes(_ field: ApplicationField) -> Bool {
        if let only { return only.contains(field) }
        return switch field {
        case .kind, .category, .programme, .organization, .viewedOn:
            !asksOffice && !isFiledByOrganization
        case .workplaceName, .unit, .activityNote: !isFiledByOrganization
        case .badgeOptIn: !isAppointed
        case .email, .consentTerms, .consentPrivacy, .reuseOptIn, .memberNumber: false
        default: !field.isOnlyForGroups
        }
    }

    /// Only these questions, whatever else is open.
    public func limited(to fields: some Sequence<ApplicationField>) -> CorrectionScope {
        var scope = self
        scope.only = Set(fields)
        return scope
    }

    /// Whether the answer counts from the moment on which it is given, whatever was approved: what
    /// is told of somebody to others, and what they are sent, is theirs alone.
    public func isAtOnce(_ field: ApplicationField) -> Bool {
        guard asksOffice else { return true }
        switch field {
        case .consentShare, .consentPublic, .newsOptIn: return true
        default: return false
        }
    }

    /// Whether eligibility stays as it was judged.
    public var isFrozen: Bool { !includes(.category) }
}

/// What of an application a correction does not touch: it was judged on the day on which it came.
public struct FrozenAnswers: Sendable {
    let kind: Kind
    let category: EligibilityCategory
    let programmeID: String?
    let organizationID: Int?
    /// Nil where the days are asked anew.
    let viewings: [Viewing]?
    /// Whether the texts about somebody's work are asked anew.
    let asksWork: Bool

    public init(
        kind: Kind, category: EligibilityCategory, programmeID: String?, organizationID: Int?,
        viewings: [Viewing]?, asksWork: Bool
    ) {
        self.asksWork = asksWork
        self.kind = kind
        self.category = category
        self.programmeID = programmeID
        self.organizationID = organizationID
        self.viewings = viewings
    }
}

extension ApplicationDraft {
    /// The answers of `typed` in the place of these, as far as a correction may touch them. A box
    /// that is not ticked is not sent, and says no.
    public func corrected(by typed: ApplicationDraft, within scope: CorrectionScope)
        -> ApplicationDraft
    {
        var draft = self
        for field in Set(answers.map(\.field) + typed.answers.map(\.field))
        where scope.includes(field) {
            draft[field] = typed[field]
        }
        return draft
    }

    /// The answers that are others than `held`, empty ones too.
    public func differing(from held: ApplicationDraft) -> [ApplicationField] {
        Set(answers.map(\.field) + held.answers.map(\.field)).filter { self[$0] != held[$0] }
            .sorted { $0.position < $1.position }
    }

    /// Only the answers to some questions.
    public func only(_ fields: some Sequence<ApplicationField>) -> ApplicationDraft {
        var draft = ApplicationDraft()
        for field in fields { draft[field] = self[field] }
        return draft
    }
}
