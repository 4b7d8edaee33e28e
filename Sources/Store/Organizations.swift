public import Enrollment
internal import Postgres

/// An organization that the office registers.
public struct NewOrganization: Sendable {
    public let code: String
    public let name: String
    /// 法人種別コード, three digits.
    public let kindCode: String
    /// 団体グループ of the tallies.
    public let groupCode: String

    public init(code: String, name: String, kindCode: String, groupCode: String) {
        self.code = code
        self.name = name
        self.kindCode = kindCode
        self.groupCode = groupCode
    }
}

extension WriteTransaction {
    /// The name and the terms with which an organization is open in a year, held until the end of
    /// the transaction; nil where it is not.
    public func lockTerms(
        ofOrganization code: String, in year: FiscalYear
    ) async throws -> (name: String, terms: OrganizationTerms)? {
        try await rows(
            """
            SELECT y.name, y.category, y.programme_id, y.activity_note, y.opens_on, y.closes_on
            FROM organizations o JOIN organization_years y ON y.organization_id = o.id
            WHERE o.code = \(code) AND y.fiscal_year = \(year) FOR UPDATE
            """
        ).first.map { row in
            (
                try row.string("name"),
                OrganizationTerms(
                    category: try row.code("category"),
                    programmeID: try row.optionalString("programme_id"),
                    activityNote: try row.string("activity_note"),
                    opensOn: try row.day("opens_on"), closesOn: try row.optionalDay("closes_on"))
            )
        }
    }

    public func keep(
        _ organization: NewOrganization, _ terms: OrganizationTerms, in year: FiscalYear
    ) async throws {
        try await execute(
            """
            INSERT INTO organizations (code, name, kind_code, group_code)
            VALUES (\(organization.code), \(organization.name), \(organization.kindCode),
                    \(organization.groupCode))
            ON CONFLICT (code) DO UPDATE SET name = excluded.name
            """)
        try await execute(
            """
            INSERT INTO organization_years (fiscal_year, organization_id, category, programme_id,
                opens_on, closes_on, activity_note, name, group_code)
            SELECT \(year)::smallint, id, \(terms.category), \(terms.programmeID)::text,
                   \(terms.opensOn)::date, \(terms.closesOn)::date, \(terms.activityNote), name,
                   group_code
            FROM organizations WHERE code = \(organization.code)
            ON CONFLICT (fiscal_year, organization_id) DO UPDATE SET category = excluded.category,
                programme_id = excluded.programme_id, opens_on = excluded.opens_on,
                closes_on = excluded.closes_on, activity_note = excluded.activity_note,
                name = excluded.name
            """)
    }
}
