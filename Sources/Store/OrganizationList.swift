public import Enrollment
internal import Postgres

/// Which organizations are listed.
public struct OrganizationFilter: Sendable {
    /// A part of a name, also of one before; the code; or the 法人番号. Empty for all.
    public var typed = ""
    /// The code of a 団体グループ; nil for all.
    public var group: String?
    /// The code of the last one that was seen; empty for the first page.
    public var after = ""
    public var limit = 50

    public init() {}
}

/// An organization, as those see it who look after them.
public struct OrganizationLine: Sendable, Equatable {
    public let id: Int
    public let code: String
    public let name: String
    /// Empty where none is known.
    public let corporateNumber: String
    public let kindCode: String
    public let groupCode: String
    public let groupName: String
    /// The first day on which it is there no more; nil while that is not said.
    public let endsOn: Day?
    /// As it is open in the year that was asked for; nil where it is not.
    public let terms: OrganizationTerms?
    public let placeCount: Int
    /// Who may sign in for it.
    public let accountCount: Int

    init(_ row: Row) throws {
        id = try row.int("id")
        code = try row.string("code")
        name = try row.string("name")
        corporateNumber = try row.string("corporate_number")
        kindCode = try row.string("kind_code")
        groupCode = try row.string("group_code")
        groupName = try row.string("group_name")
        endsOn = try row.optionalDay("ends_on")
        let programme = try row.optionalString("programme_id")
        let (closesOn, note) = (
            try row.optionalDay("closes_on"), try row.optionalString("activity_note")
        )
        terms = try row.optionalDay("opens_on").map {
            OrganizationTerms(
                category: try row.code("category"), programmeID: programme,
                activityNote: note ?? "", opensOn: $0, closesOn: closesOn)
        }
        placeCount = try row.int("places")
        accountCount = try row.int("accounts")
    }

    static let columns: SQL = """
        o.id, o.code, o.name, o.corporate_number, o.kind_code, o.group_code, g.name AS group_name,
        nullif(o.ends_on, 'infinity') AS ends_on, y.category, y.programme_id, y.activity_note,
        y.opens_on, y.closes_on,
        (SELECT count(*) FROM business_places b WHERE b.organization_id = o.id) AS places,
        (SELECT count(*) FROM accounts a
         WHERE a.organization_id = o.id AND a.disabled_at IS NULL) AS accounts
        """

    static func tables(_ year: FiscalYear) -> SQL {
        """
        organizations o JOIN organization_groups g ON g.code = o.group_code
        LEFT JOIN organization_years y
          ON y.organization_id = o.id AND y.fiscal_year = \(year)::smallint
        """
    }
}

/// What an organization was called before.
public struct FormerName: Sendable, Equatable {
    public let name: String
    /// The first day on which it was called otherwise.
    public let endsOn: Day
}

extension ReadStore {
    /// By code.
    public func organizations(
        _ filter: OrganizationFilter, in year: FiscalYear
    ) async throws -> [OrganizationLine] {
        let typed: SQL =
            filter.typed.isEmpty
            ? "true"
            : """
            (o.code = \(filter.typed) OR o.corporate_number = \(filter.typed)
             OR strpos(o.name, \(filter.typed)) > 0
             OR EXISTS (SELECT FROM organization_names n
                        WHERE n.organization_id = o.id AND strpos(n.name, \(filter.typed)) > 0))
            """
        let group: SQL = filter.group.map { "o.group_code = \($0)" } ?? "true"
        return try await rows(
            """
            SELECT \(OrganizationLine.columns) FROM \(OrganizationLine.tables(year))
            WHERE o.code > \(filter.after) AND \(typed) AND \(group)
            ORDER BY o.code LIMIT \(filter.limit)
            """
        ).map { try OrganizationLine($0) }
    }

    /// One of them; nil for a code that is none.
    public func organization(
        code: String, in year: FiscalYear
    ) async throws -> OrganizationLine? {
        try await rows(
            """
            SELECT \(OrganizationLine.columns) FROM \(OrganizationLine.tables(year))
            WHERE o.code = \(code)
            """
        ).first.map { try OrganizationLine($0) }
    }

    /// The newest first.
    public func formerNames(ofOrganization id: Int) async throws -> [FormerName] {
        try await rows(
            """
            SELECT name, ends_on FROM organization_names
            WHERE organization_id = \(id) ORDER BY ends_on DESC
            """
        ).map { FormerName(name: try $0.string("name"), endsOn: try $0.day("ends_on")) }
    }

    /// To whom it is told what becomes of an organization.
    public func addresses(
        ofOrganization id: Int
    ) async throws -> [(email: String, name: String)] {
        try await rows(
            """
            SELECT email, name FROM accounts
            WHERE organization_id = \(id) AND disabled_at IS NULL ORDER BY id
            """
        ).map { (try $0.string("email"), try $0.string("name")) }
    }
}

extension WriteTransaction {
    /// Nobody changes it until the end; nil for a code that is none.
    public func lockOrganization(
        _ code: String, in year: FiscalYear
    ) async throws -> OrganizationLine? {
        try await rows(
            """
            SELECT \(OrganizationLine.columns) FROM \(OrganizationLine.tables(year))
            WHERE o.code = \(code) FOR UPDATE OF o
            """
        ).first.map { try OrganizationLine($0) }
    }

    /// 改称: from a day on it is called so, in the year of that day and later ones too; until then
    /// as it was.
    public func rename(
        _ organization: OrganizationLine, to name: String, from day: Day, at now: Instant
    ) async throws {
        try await execute(
            """
            INSERT INTO organization_names (organization_id, ends_on, name, known_from)
            VALUES (\(organization.id), \(day)::date, \(organization.name), \(now)::timestamptz)
            """)
        try await correctName(of: organization, to: name, from: day)
    }

    /// From a day on it is called otherwise than was said of that day before.
    public func correctName(
        of organization: OrganizationLine, to name: String, from day: Day
    ) async throws {
        try await execute(
            "UPDATE organizations SET name = \(name) WHERE id = \(organization.id)")
        try await execute(
            """
            UPDATE organization_years SET name = \(name)
            WHERE organization_id = \(organization.id)
              AND fiscal_year >= \(FiscalYear(containing: day))::smallint
            """)
    }

    /// 法人番号, and the 団体グループ from a year on.
    public func change(
        _ organization: OrganizationLine, corporateNumber: String, group: String,
        from year: FiscalYear
    ) async throws {
        try await execute(
            """
            UPDATE organizations SET corporate_number = \(corporateNumber), group_code = \(group)
            WHERE id = \(organization.id)
            """)
        try await execute(
            """
            UPDATE organization_years SET group_code = \(group)
            WHERE organization_id = \(organization.id) AND fiscal_year >= \(year)::smallint
            """)
    }

    /// From a day on it is there no more; nil takes that back.
    public func end(_ organization: OrganizationLine, on day: Day?) async throws {
        try await execute(
            """
            UPDATE organizations SET ends_on = coalesce(\(day)::date, 'infinity')
            WHERE id = \(organization.id)
            """)
    }

    /// Sessions of those who sign in for an organization end; gives how many.
    @discardableResult
    public func closeSessions(ofOrganization id: Int) async throws -> Int {
        try await execute(
            """
            DELETE FROM sessions s USING accounts a
            WHERE a.id = s.account_id AND a.organization_id = \(id)
            """)
    }

    /// What is known beside the name of an organization that was opened just now.
    public func setCorporateNumber(_ number: String, ofOrganization code: String) async throws {
        try await execute(
            "UPDATE organizations SET corporate_number = \(number) WHERE code = \(code)")
    }
}
