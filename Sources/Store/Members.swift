public import Enrollment
internal import Postgres

/// Where a page of an organization's roster begins: told by the application that stands next to it.
public enum MembersPlace: Sendable, Equatable {
    case first, after(Int), before(Int)
}

/// Somebody on an organization's roster, with the 部署 that the organization itself gave.
public struct MemberRecord: Sendable {
    /// Of the application.
    public let id: Int
    public let name: String
    public let kana: String
    public let kind: Kind
    public let unit: String
    /// 事業所 where the organization has put them; nil for none.
    public let placeName: String?
    /// Nil where somebody else filed the application, and the person does not share it: then the
    /// organization is told neither its number nor its state.
    public let shown: ApplicationRecord?

    /// What the organization may know of an answer: the 事業所 and the 部署 that it gave itself, and
    /// the rest where it may know the application.
    public func text(_ field: ApplicationField) -> String? {
        switch field {
        case .unit: unit
        case .businessPlace: placeName ?? ""
        default: shown?.texts[field]
        }
    }

    init(_ row: Row) throws {
        let application = try ApplicationRecord(row)
        id = application.id
        name = application.name
        kana = application.kana
        kind = application.kind
        unit = try row.string("own_unit")
        placeName = try row.optionalString("place_name")
        shown = try row.bool("is_shown") ? application : nil
    }
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
        of scope: OrganizationScope, in year: FiscalYear, at place: MembersPlace = .first,
        limit: Int
    ) async throws -> MembersSlice {
        let (fits, order) = Self.bounds(place, of: scope.organizationID, in: year)
        let found = try await members(
            of: scope, in: year, who: fits, in: order, limit: limit + 1)
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
        case .first: ("true", forward)
        case .after(let id): ("(f.sort_key, f.id) > \(beside(id))", forward)
        case .before(let id): ("(f.sort_key, f.id) < \(beside(id))", backward)
        }
    }

    /// The people of an organization in a year who fit a query, by kana.
    public func members(
        fitting query: PersonQuery, of scope: OrganizationScope, in year: FiscalYear, limit: Int
    ) async throws -> [MemberRecord] {
        try await members(
            of: scope, in: year, who: Self.fitsMember(query), in: Self.forward,
            limit: limit)
    }

    /// A number finds only those whose number the organization may know.
    private static func fitsMember(_ query: PersonQuery) -> SQL {
        switch query {
        case .receipt, .appointment, .member: "\(fits(query)) AND \(isShown)"
        case .mail, .name, .kana: fits(query)
        // What of an address or telephone an organization may know, it has itself.
        case .phone, .postalCode: "false"
        }
    }

    private static let isShown: SQL = """
        (a.submitted_by IS NOT DISTINCT FROM f.organization_id OR a.share_consent)
        """

    private static let forward: SQL = "f.sort_key, f.id"
    private static let backward: SQL = "f.sort_key DESC, f.id DESC"

    private func members(
        of scope: OrganizationScope, in year: FiscalYear, who fits: SQL, in order: SQL, limit: Int
    ) async throws -> [MemberRecord] {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns), f.unit AS own_unit, b.name AS place_name,
                   \(Self.isShown) AS is_shown
            FROM affiliations f LEFT JOIN business_places b ON b.id = f.business_place_id
            CROSS JOIN \(ApplicationRecord.tables(of: "f.application_id"))
            WHERE f.organization_id = \(scope.organizationID) AND f.fiscal_year = \(year)
              AND f.known_until = 'infinity' AND \(scope.covers("f")) AND \(fits)
            ORDER BY \(order) LIMIT \(limit)
            """
        ).map { try MemberRecord($0) }
    }

    public func memberCount(
        of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> Int {
        try await rows(
            """
            /* tally */ SELECT count(DISTINCT f.person_id) AS n FROM affiliations f
            WHERE f.organization_id = \(scope.organizationID) AND f.fiscal_year = \(year)
              AND f.known_until = 'infinity' AND \(scope.covers("f"))
            """)[0].int("n")
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
