/// What holds in one fiscal year: dated data, loaded by the store.
public struct FiscalYearRules: Sendable {
    public let year: FiscalYear
    public let opensOn: Day
    public let closesOn: Day?
    public let graceUntil: Day
    public let policy: RenewalPolicy
    public let inquiryPhone: String
    public let programmes: [Programme]
    public let organizations: [OpenOrganization]
    public private(set) var videos: [Video]
    /// What the year after this one requires besides, to be told by organizations before it begins.
    public let early: [Video]
    public private(set) var requirements: [Requirement]
    public let consents: [ConsentText]
    public let gazetteer: Gazetteer

    public init(
        _ dates: FiscalYearDates, lists: FiscalYearLists, gazetteer: Gazetteer
    ) {
        year = dates.year
        opensOn = dates.opensOn
        closesOn = dates.closesOn
        graceUntil = dates.graceUntil
        policy = dates.policy
        inquiryPhone = dates.inquiryPhone
        programmes = lists.programmes
        organizations = lists.organizations
        videos = lists.videos
        early = lists.early
        requirements = lists.requirements
        consents = lists.consents
        self.gazetteer = gazetteer
    }

    /// The rules as they hold on a day: a video of which every requirement is withdrawn by then is
    /// not asked for any more.
    public func inForce(on day: Day) -> FiscalYearRules {
        let holding = requirements.filter { $0.holds(on: day) }
        guard holding.count < requirements.count else { return self }
        let withdrawn = Set(requirements.map(\.slot)).subtracting(holding.map(\.slot))
        var rules = self
        rules.requirements = holding
        rules.videos.removeAll { withdrawn.contains($0.slot) }
        return rules
    }

    /// The videos that somebody needs, of whatever kind and on whatever category.
    public var requiredVideos: [Video] {
        let slots = Set(requirements.map(\.slot))
        return videos.filter { slots.contains($0.slot) }
    }

    /// The videos that a kind needs in a category.
    public func videos(for kind: Kind, _ category: EligibilityCategory) -> [Video] {
        let slots = requirements.filter { $0.kind == kind && $0.category == category }.map(\.slot)
        return videos.filter { slots.contains($0.slot) }
    }

    /// The same, as long as the category is not chosen: all that any category of the kind needs.
    public func videos(forAny kind: Kind) -> [Video] {
        let slots = requirements.filter { $0.kind == kind }.map(\.slot)
        return videos.filter { slots.contains($0.slot) }
    }

    /// The slots of required videos that were not watched on a day that counts; empty when the
    /// requirement is met.
    public func missingSlots(
        _ viewings: [Viewing], for kind: Kind, _ category: EligibilityCategory
    ) -> [Int] {
        videos(for: kind, category).filter { video in
            !viewings.contains { $0.slot == video.slot && $0.viewedOn >= video.viewValidFrom }
        }.map(\.slot)
    }

    public func organization(id: Int) -> OpenOrganization? {
        organizations.first { $0.id == id }
    }

    public func organization(code: String) -> OpenOrganization? {
        organizations.first { $0.code == code }
    }

    /// Whether applications are taken on a day; the problem says why not.
    public func closed(on day: Day) -> Problem? {
        if day < opensOn { return Problem(.applicationsNotYetOpen) }
        if let closesOn, day > closesOn {
            return Problem(.applicationsClosed, nil, [.day: closesOn.description])
        }
        return nil
    }
}

/// The dates and the desk of a fiscal year.
public struct FiscalYearDates: Sendable {
    public let year: FiscalYear
    public let opensOn: Day
    public let closesOn: Day?
    public let graceUntil: Day
    public let inquiryPhone: String
    public var policy = RenewalPolicy.automatic

    public init(
        year: FiscalYear, opensOn: Day, closesOn: Day?, graceUntil: Day, inquiryPhone: String
    ) {
        self.year = year
        self.opensOn = opensOn
        self.closesOn = closesOn
        self.graceUntil = graceUntil
        self.inquiryPhone = inquiryPhone
    }
}

/// The lists of a fiscal year.
public struct FiscalYearLists: Sendable {
    public var programmes: [Programme] = []
    public var organizations: [OpenOrganization] = []
    public var videos: [Video] = []
    public var early: [Video] = []
    public var requirements: [Requirement] = []
    public var consents: [ConsentText] = []

    public init() {}

    /// Takes over what the year that follows requires on its first day and this one does not know,
    /// where its number is not another video's this year.
    public mutating func lookAhead(
        to videos: [Video], _ requirements: [Requirement], of next: FiscalYear
    ) {
        let needed = Set(requirements.filter { $0.holds(on: next.firstDay) }.map(\.slot))
        early = videos.filter { video in
            needed.contains(video.slot)
                && !self.videos.contains { $0.code == video.code || $0.slot == video.slot }
        }
    }
}

/// 別表1: a project in which people may take part.
public struct Programme: Equatable, Sendable {
    public let id: String
    public let category: EligibilityCategory
    public let ministry: String
    public let name: String

    public init(id: String, category: EligibilityCategory, ministry: String, name: String) {
        self.id = id
        self.category = category
        self.ministry = ministry
        self.name = name
    }
}

/// An organization as it may apply in the year: 別表2, or opened by the office.
public struct OpenOrganization: Equatable, Sendable {
    public let id: Int
    public let code: String
    public let name: String
    public let groupName: String
    public let terms: OrganizationTerms
    /// What it was called before: people are still found by it.
    public var formerNames: [String] = []
    /// What a row of its file may name; none until they are asked for (`with`).
    public private(set) var places = BusinessPlaces.none

    public var category: EligibilityCategory { terms.category }
    public var programmeID: String? { terms.programmeID }
    public var activityNote: String { terms.activityNote }
    public var opensOn: Day { terms.opensOn }
    public var closesOn: Day? { terms.closesOn }

    public init(
        id: Int, code: String, name: String, groupName: String, terms: OrganizationTerms
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.groupName = groupName
        self.terms = terms
    }

    /// The same, with its 事業所.
    public func with(_ places: BusinessPlaces) -> OpenOrganization {
        var organization = self
        organization.places = places
        return organization
    }

    public func isOpen(on day: Day) -> Bool {
        day >= opensOn && (closesOn.map { day <= $0 } ?? true)
    }
}

/// In which category, and when, an organization's people apply in a year.
public struct OrganizationTerms: Equatable, Sendable {
    public let category: EligibilityCategory
    public let programmeID: String?
    public let activityNote: String
    public let opensOn: Day
    public let closesOn: Day?

    public init(
        category: EligibilityCategory, programmeID: String?, activityNote: String, opensOn: Day,
        closesOn: Day?
    ) {
        self.category = category
        self.programmeID = programmeID
        self.activityNote = activityNote
        self.opensOn = opensOn
        self.closesOn = closesOn
    }
}

/// A video that somebody must have watched.
public struct Video: Equatable, Sendable {
    public let slot: Int
    public let code: String
    public let title: String
    public let url: String
    /// The first day on which watching it counts for the year.
    public let viewValidFrom: Day

    public init(slot: Int, code: String, title: String, url: String, viewValidFrom: Day) {
        self.slot = slot
        self.code = code
        self.title = title
        self.url = url
        self.viewValidFrom = viewValidFrom
    }
}

/// One kind in one category needs one video.
public struct Requirement: Equatable, Sendable {
    public let kind: Kind
    public let category: EligibilityCategory
    public let slot: Int
    /// From this day on it does not hold; nil while nobody has withdrawn it.
    public let withdrawnFrom: Day?

    public init(
        kind: Kind, category: EligibilityCategory, slot: Int, withdrawnFrom: Day? = nil
    ) {
        self.kind = kind
        self.category = category
        self.slot = slot
        self.withdrawnFrom = withdrawnFrom
    }

    public func holds(on day: Day) -> Bool { withdrawnFrom.map { day < $0 } ?? true }
}

/// A text that people agree to, with its version.
public struct ConsentText: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable { case terms, privacy, share, `public` }

    public let kind: Kind
    public let version: String
    public let title: String
    public let body: String
    public let isRequired: Bool

    public init(kind: Kind, version: String, title: String, body: String, isRequired: Bool) {
        self.kind = kind
        self.version = version
        self.title = title
        self.body = body
        self.isRequired = isRequired
    }
}
