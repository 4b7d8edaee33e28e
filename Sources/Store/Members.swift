public import Enrollment
internal import Postgres

extension Reading {
    /// The people of a body in a year, by reading, a page after the last one seen.
    public func members(
        of organizationID: Int, in year: FiscalYear, after last: Int = 0, limit: Int
    ) async throws -> [ApplicationRecord] {
        var next: SQL = "true"
        if last > 0 {
            next = """
                (f.sort_key, f.id) > (
                SELECT sort_key, id FROM affiliations
                WHERE organization_id = \(organizationID) AND fiscal_year = \(year)
                  AND application_id = \(last) AND known_until = 'infinity')
                """
        }
        return try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM affiliations f
            JOIN \(ApplicationRecord.tables) ON a.id = f.application_id
            WHERE f.organization_id = \(organizationID) AND f.fiscal_year = \(year)
              AND f.known_until = 'infinity' AND \(next)
            ORDER BY f.sort_key, f.id LIMIT \(limit)
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
