public import Enrollment
internal import Postgres

/// An organization as the tallies of a year name it.
public struct CountedOrganization: Sendable {
    public let code: String
    public let name: String
    public let corporateNumber: String
    public let kindCode: String
    public let groupCode: String
    public let groupName: String
    public let category: EligibilityCategory?
    /// The last day on which it sent an application.
    public let lastReceivedOn: Day?
}

extension ReadStore {
    /// The organizations that may apply in a year, and those that people were appointed under.
    public func countedOrganizations(
        in year: FiscalYear, on basis: TallyBasis
    ) async throws -> [CountedOrganization] {
        try await longRows(
            """
            /* tally */
            SELECT o.code, coalesce(nullif(y.name, ''), o.name) AS name, o.corporate_number,
                   o.kind_code, g.code AS group_code, g.name AS group_name, y.category, l.day
            FROM organizations o
            LEFT JOIN organization_years y ON y.organization_id = o.id AND y.fiscal_year = \(year)
            JOIN organization_groups g ON g.code = coalesce(y.group_code, o.group_code)
            LEFT JOIN (SELECT organization_id, max(received_on) AS day FROM applications
                       WHERE fiscal_year = \(year) AND received_on <= \(basis.asOf)
                         AND received_at < \(basis.known) AND route <> 'renewal'
                       GROUP BY 1) l ON l.organization_id = o.id
            WHERE y.organization_id IS NOT NULL OR EXISTS (
                SELECT FROM appointments p WHERE p.organization_id = o.id
                  AND p.fiscal_year <= \(year))
            ORDER BY g.position, y.position NULLS LAST, o.code
            """
        ).map {
            CountedOrganization(
                code: try $0.string("code"), name: try $0.string("name"),
                corporateNumber: try $0.string("corporate_number"),
                kindCode: try $0.string("kind_code"), groupCode: try $0.string("group_code"),
                groupName: try $0.string("group_name"),
                category: try $0.optionalCode("category"), lastReceivedOn: try $0.optionalDay("day")
            )
        }
    }

    /// 団体グループ, in their order.
    public func organizationGroups() async throws -> [(code: String, name: String)] {
        try await rows("SELECT code, name FROM organization_groups ORDER BY position")
            .map { (try $0.string("code"), try $0.string("name")) }
    }

    /// 都道府県 by code.
    public func prefectures() async throws -> [(code: String, name: String)] {
        try await rows("SELECT code, name FROM prefectures ORDER BY code")
            .map { (try $0.string("code"), try $0.string("name")) }
    }
}
