public import Enrollment
internal import Postgres

/// Which accounts are listed.
public struct AccountFilter: Sendable {
    /// Nil for all.
    public var role: Role?
    /// The code of an organization, or a part of its name as it is today; empty for all.
    public var organization = ""
    /// What is looked after; nil for all there are.
    public var scope: OrganizationScope?
    /// The last account that was seen.
    public var after: Int?
    public var limit = 50

    public init() {}
}

/// An account in the list of those who look after them.
public struct AccountLine: Sendable {
    public let account: AccountRecord
    /// As it is called today; empty for the office and the ministry.
    public let organizationName: String
    /// Empty for the whole organization.
    public let placeName: String
    public let disabledOn: Day?
    /// The first day on which its organization is there no more; nil while that is not said.
    public let organizationEndsOn: Day?
    /// Nil where nobody has signed in yet, as far as the journal knows.
    public let signedInAt: Instant?

    public var id: Int { account.id }

    init(_ row: Row) throws {
        account = try AccountRecord(row)
        organizationName = try row.optionalString("organization_name") ?? ""
        placeName = try row.optionalString("place_name") ?? ""
        disabledOn = try row.optionalInstant("disabled_at")?.day
        organizationEndsOn = try row.optionalDay("organization_ends_on")
        signedInAt = try row.optionalInstant("signed_in_at")
    }

    static let columns: SQL = """
        \(AccountRecord.columns), o.name AS organization_name, b.name AS place_name,
        nullif(o.ends_on, 'infinity') AS organization_ends_on, a.disabled_at,
        (SELECT e.known_from FROM events e
         WHERE e.subject = 'account:' || a.id AND e.act = \(EventKind.signIn)
         ORDER BY e.id DESC LIMIT 1) AS signed_in_at
        """

    /// The order of the list.
    static let place: SQL = """
        array_position(ARRAY['office', 'ministry', 'organization'], a.role),
        coalesce(o.code, ''), coalesce(b.path, ''), lower(a.email)
        """
}

extension ReadStore {
    /// Accounts, those that are disabled too: the office, the ministry, then by organization.
    public func accounts(_ filter: AccountFilter) async throws -> [AccountLine] {
        let scope: SQL =
            filter.scope.map { scope in
                "a.organization_id = \(scope.organizationID) AND \(scope.covers("a"))"
            } ?? "true"
        let role: SQL = filter.role.map { "a.role = \($0)" } ?? "true"
        let organization: SQL =
            filter.organization.isEmpty
            ? "true"
            : "(o.code = \(filter.organization) OR strpos(o.name, \(filter.organization)) > 0)"
        let after: SQL =
            filter.after.map { id in
                """
                (\(AccountLine.place)) > (SELECT \(AccountLine.place)
                                        FROM \(AccountRecord.tables) WHERE a.id = \(id))
                """
            } ?? "true"
        return try await rows(
            """
            SELECT \(AccountLine.columns) FROM \(AccountRecord.tables)
            WHERE \(scope) AND \(role) AND \(organization) AND \(after)
            ORDER BY \(AccountLine.place) LIMIT \(filter.limit)
            """
        ).map { try AccountLine($0) }
    }

    /// One account, also one that is disabled.
    public func accountLine(id: Int) async throws -> AccountLine? {
        try await rows(
            "SELECT \(AccountLine.columns) FROM \(AccountRecord.tables) WHERE a.id = \(id)"
        ).first.map { try AccountLine($0) }
    }
}

extension WriteTransaction {
    /// An account by its number, disabled or not; nobody changes it until the end.
    public func accountToChange(id: Int) async throws -> ListedAccount? {
        try await rows(
            """
            SELECT \(ListedAccount.columns) FROM \(AccountRecord.tables)
            WHERE a.id = \(id) FOR UPDATE OF a
            """
        ).first.map { try ListedAccount($0) }
    }
}
