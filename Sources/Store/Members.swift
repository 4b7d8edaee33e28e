public import Enrollment
internal import Postgres

/// Where a page of a body's roster begins: told by the application that stands next to it.
public enum MembersPlace: Sendable, Equatable {
    case first, after(Int), before(Int)
}

/// A page of a body's roster, and whether there are people before and after it.
public struct MembersSlice: Sendable {
    public let members: [ApplicationRecord]
    public let hasEarlier: Bool
    public let hasLater: Bool
}

extension Reading {
    /// The people of a body in a year, by reading.
    public func members(
        of organizationID: Int, in year: FiscalYear, at place: MembersPlace = .first, limit: Int
    ) async throws -> MembersSlice {
        let (fits, order) = Self.bounds(place, of: organizationID, in: year)
        let found = try await members(
            of: organizationID, in: year, who: fits, in: order, limit: limit + 1)
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

    /// The people of a body in a year who fit a query, by reading.
    public func members(
        fitting query: PersonQuery, of organizationID: Int, in year: FiscalYear, limit: Int
    ) async throws -> [ApplicationRecord] {
        try await members(
            of: organizationID, in: year, who: Self.fits(query), in: Self.forward, limit: limit)
    }

    private static let forward: SQL = "f.sort_key, f.id"
    private static let backward: SQL = "f.sort_key DESC, f.id DESC"

    private func members(
        of organizationID: Int, in year: FiscalYear, who fits: SQL, in order: SQL, limit: Int
    ) async throws -> [ApplicationRecord] {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM affiliations f
            JOIN \(ApplicationRecord.tables) ON a.id = f.application_id
            WHERE f.organization_id = \(organizationID) AND f.fiscal_year = \(year)
              AND f.known_until = 'infinity' AND \(fits)
            ORDER BY \(order) LIMIT \(limit)
            """
        ).map { try ApplicationRecord($0) }
    }

    public func memberCount(of organizationID: Int, in year: FiscalYear) async throws -> Int {
        try await rows(
            """
            /* tally */ SELECT count(*) AS n FROM affiliations
            WHERE organization_id = \(organizationID) AND fiscal_year = \(year)
              AND known_until = 'infinity'
            """)[0].int("n")
    }
}
