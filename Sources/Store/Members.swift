public import Enrollment
internal import Postgres

/// Where a page of an organization's roster begins: told by the application that stands next to it.
public enum MembersPlace: Sendable, Equatable {
    case first, after(Int), before(Int)
}

/// A page of an organization's roster, and whether there are people before and after it.
public struct MembersSlice: Sendable {
    public let members: [MemberRecord]
    public let hasEarlier: Bool
    public let hasLater: Bool
}

extension ReadStore {
    /// The people of an organization in a year, as far as somebody looks after it, by kana.
    public func members(
        of scope: OrganizationScope, in year: FiscalYear, _ list: MemberList = .present,
        at place: MembersPlace = .first, limit: Int
    ) async throws -> MembersSlice {
        let (fits, order) = Self.bounds(place, of: scope.organizationID, in: year)
        let question = MembersQuestion(scope: scope, year: year)
        let found = try await rows(
            question.rows(who: "\(fits) AND \(question.isOf(list))", in: order, limit: limit + 1)
        ).map { try MemberRecord($0) }
        let (members, isFull) = (Array(found.prefix(limit)), found.count > limit)
        return switch place {
        case .first: MembersSlice(members: members, hasEarlier: false, hasLater: isFull)
        case .after: MembersSlice(members: members, hasEarlier: true, hasLater: isFull)
        case .before:
            MembersSlice(members: members.reversed(), hasEarlier: isFull, hasLater: true)
        }
    }

    private static func bounds(
        _ place: MembersPlace, of organizationID: Int, in year: FiscalYear
    ) -> (fits: SQL, order: SQL) {
        func beside(_ id: Int) -> SQL {
            """
            (SELECT sort_key, id FROM affiliations
             WHERE organization_id = \(organizationID) AND fiscal_year = \(year)
               AND application_id = \(id) AND known_until = 'infinity')
            """
        }
        return switch place {
        case .first: ("true", MembersQuestion.forward)
        case .after(let id): ("(f.sort_key, f.id) > \(beside(id))", MembersQuestion.forward)
        case .before(let id): ("(f.sort_key, f.id) < \(beside(id))", MembersQuestion.backward)
        }
    }

    /// The people of an organization in a year who fit a query, by kana, also who has left.
    public func members(
        fitting query: PersonQuery, of scope: OrganizationScope, in year: FiscalYear, limit: Int
    ) async throws -> [MemberRecord] {
        let question = MembersQuestion(scope: scope, year: year)
        return try await rows(
            question.rows(
                who: Self.fitsMember(query), in: MembersQuestion.forward, limit: limit)
        ).map { try MemberRecord($0) }
    }

    /// A number finds only those whose number the organization may know.
    private static func fitsMember(_ query: PersonQuery) -> SQL {
        switch query {
        case .receipt, .appointment, .member: "\(fits(query)) AND \(MembersQuestion.isShown)"
        case .mail, .name, .kana: fits(query)
        // What of an address or telephone an organization may know, it has itself.
        case .phone, .postalCode: "false"
        }
    }

    /// Some of them, by their applications; whoever is no member, or none that somebody looks
    /// after, is not among them.
    public func members(
        among applications: [Int], of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> [MemberRecord] {
        let question = MembersQuestion(scope: scope, year: year)
        return try await rows(question.rows(among: applications)).map { try MemberRecord($0) }
    }

    /// How many people who have not left an organization has in a year.
    public func memberCount(
        of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> Int {
        try await rows(
            """
            /* tally */ SELECT count(DISTINCT f.person_id) AS n FROM affiliations f
            WHERE f.organization_id = \(scope.organizationID) AND f.fiscal_year = \(year)
              AND f.known_until = 'infinity' AND f.left_because = ''
              AND \(scope.covers("f"))
            """)[0].int("n")
    }

    /// How many of an organization's people of a year each list has.
    public func memberCounts(
        of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> [MemberList: Int] {
        let question = MembersQuestion(scope: scope, year: year)
        let row = try await longRows(question.counts)[0]
        var counts: [MemberList: Int] = [:]
        for list in MemberList.allCases { counts[list] = try row.int(list.rawValue) }
        return counts
    }

    /// When the people whom an organization has sent watched the videos of some years, by
    /// application; of whoever applied alone it is not the organization's to know.
    public func viewingDays(
        of members: [ApplicationRecord], sentBy organizationID: Int
    ) async throws -> [Int: [VideoOfYear: Day]] {
        let sent = members.filter {
            $0.organizationID == organizationID && $0.route != .individual
        }
        var days: [Int: [VideoOfYear: Day]] = [:]
        for row in try await rows(
            """
            SELECT application_id, fiscal_year, video_slot, max(viewed_on) AS viewed_on
            FROM viewings WHERE application_id = ANY(\(sent.map(\.id))::bigint[])
              AND known_until = 'infinity' GROUP BY 1, 2, 3
            """)
        {
            let video = VideoOfYear(
                year: try row.year("fiscal_year"), slot: try row.int("video_slot"))
            days[try row.int("application_id"), default: [:]][video] = try row.day("viewed_on")
        }
        return days
    }
}

/// A video by its number in a year.
public struct VideoOfYear: Hashable, Sendable {
    public let year: FiscalYear
    public let slot: Int

    public init(year: FiscalYear, slot: Int) {
        self.year = year
        self.slot = slot
    }
}
