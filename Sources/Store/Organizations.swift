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
