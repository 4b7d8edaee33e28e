public import Enrollment
internal import Postgres

/// What waits for the office from one organization, or from those who apply alone.
public struct WaitingOrganization: Sendable, Equatable {
    /// Nil for those who apply alone.
    public let organizationID: Int?
    public let name: String
    public let count: Int
    /// The newest that is counted; what comes later is not part of it.
    public let lastID: Int

    public var applicants: Applicants { organizationID.map { .organization($0) } ?? .alone }
}

extension ReadStore {
    /// Whether anybody has ever applied.
    public func hasApplications() async throws -> Bool {
        try await rows("SELECT max(id) IS NOT NULL AS found FROM applications")[0].bool("found")
    }

    /// Who has applications waiting in a year for the office, or in other states, the most first.
    public func waitingOrganizations(
        in year: FiscalYear, _ states: [ApplicationState] = [.submitted, .reviewing]
    ) async throws -> [WaitingOrganization] {
        try await rows(
            """
            /* tally */
            SELECT a.organization_id, coalesce(o.name, '') AS name, count(*)::int AS n,
                   max(a.id) AS last
            FROM applications a LEFT JOIN organizations o ON o.id = a.organization_id
            WHERE a.fiscal_year = \(year)
              AND a.state = ANY(\(states.map(\.rawValue))::text[])
            GROUP BY a.organization_id, o.name ORDER BY n DESC, name
            """
        ).map {
            WaitingOrganization(
                organizationID: try $0.optionalInt("organization_id"),
                name: try $0.string("name"), count: try $0.int("n"), lastID: try $0.int("last"))
        }
    }

    /// The waiting applications of an organization up to one of them; `nil` for those who apply
    /// alone.
    public func waiting(
        of organizationID: Int?, in year: FiscalYear, upTo last: Int
    ) async throws -> [Int] {
        try await longRows(
            """
            SELECT id FROM applications
            WHERE fiscal_year = \(year) AND state IN ('submitted', 'reviewing') AND id <= \(last)
              AND organization_id IS NOT DISTINCT FROM \(organizationID)::bigint
            ORDER BY id
            """
        ).map { try $0.int("id") }
    }
}
