public import Enrollment
internal import Postgres

extension Reading {
    /// The people of a body in a year, by reading, a page after the last one seen.
    public func members(
        of organizationID: Int, in year: FiscalYear, after last: Int = 0, limit: Int
    ) async throws -> [ApplicationRecord] {
        var next: SQL = "true"
        if last > 0 {
            next = "(a.sort_key, a.id) > (SELECT sort_key, id FROM applications WHERE id = \(last))"
        }
        return try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM affiliations f
            JOIN \(ApplicationRecord.tables) ON a.id = f.application_id
            WHERE f.organization_id = \(organizationID) AND f.fiscal_year = \(year)
              AND f.known_until = 'infinity' AND \(next)
            ORDER BY a.sort_key, a.id LIMIT \(limit)
            """
        ).map { try ApplicationRecord($0) }
    }

    public func memberCount(of organizationID: Int, in year: FiscalYear) async throws -> Int {
        try await rows(
            """
            SELECT count(*) AS n FROM affiliations
            WHERE organization_id = \(organizationID) AND fiscal_year = \(year)
              AND known_until = 'infinity'
            """)[0].int("n")
    }
}
