public import Enrollment
internal import Postgres

/// What the operator says of an account.
public struct AccountFacts: Sendable, Equatable {
    public var email: String
    public var name: String
    public var role: Role
    /// The code of the organization; only of an organization's account.
    public var organizationCode: String?

    public init(email: String, name: String, role: Role, organizationCode: String?) {
        self.email = email
        self.name = name
        self.role = role
        self.organizationCode = organizationCode
    }
}

/// An account as the operator sees it.
public struct ListedAccount: Sendable, Equatable {
    public let id: Int
    public let facts: AccountFacts
    /// Since when it may not sign in; nil while it may.
    public let disabledOn: Day?

    init(_ row: Row) throws {
        id = try row.int("id")
        facts = AccountFacts(
            email: try row.string("email"), name: try row.string("name"),
            role: try row.code("role"),
            organizationCode: try row.optionalString("organization_code"))
        disabledOn = try row.optionalInstant("disabled_at")?.day
    }
}

extension ReadStore {
    /// Every account, by role and address.
    public func accounts() async throws -> [ListedAccount] {
        try await rows(
            """
            SELECT a.id, a.email, a.name, a.role, o.code AS organization_code, a.disabled_at
            FROM accounts a LEFT JOIN organizations o ON o.id = a.organization_id
            ORDER BY array_position(ARRAY['office', 'ministry', 'organization'], a.role), o.code,
                     lower(a.email)
            """
        ).map { try ListedAccount($0) }
    }
}

extension WriteTransaction {
    /// An account by its address in any case, disabled or not; nobody changes it until the end.
    public func accountToChange(_ email: String) async throws -> ListedAccount? {
        try await rows(
            """
            SELECT a.id, a.email, a.name, a.role, o.code AS organization_code, a.disabled_at
            FROM accounts a LEFT JOIN organizations o ON o.id = a.organization_id
            WHERE lower(a.email) = lower(\(email)) FOR UPDATE OF a
            """
        ).first.map { try ListedAccount($0) }
    }

    /// The number of an organization; nil when its code is not known.
    public func organizationID(_ code: String) async throws -> Int? {
        try await rows("SELECT id FROM organizations WHERE code = \(code)").first?.int("id")
    }

    /// Adds an account; nil when the address is taken.
    public func addAccount(
        _ facts: AccountFacts, organizationID: Int?, passwordHash: String, at now: Instant
    ) async throws -> Int? {
        try await rows(
            """
            INSERT INTO accounts (email, name, role, organization_id, password_hash, created_at)
            VALUES (\(facts.email), \(facts.name), \(facts.role.rawValue), \(organizationID),
                    \(passwordHash), \(now))
            ON CONFLICT DO NOTHING RETURNING id
            """
        ).first?.int("id")
    }

    /// Changes what an account is; with a hash, its password too. False when the address is taken.
    public func changeAccount(
        _ id: Int, to facts: AccountFacts, organizationID: Int?, passwordHash: String?
    ) async throws -> Bool {
        try await !rows(
            """
            UPDATE accounts SET email = \(facts.email), name = \(facts.name),
                role = \(facts.role.rawValue), organization_id = \(organizationID),
                password_hash = coalesce(\(passwordHash)::text, password_hash)
            WHERE id = \(id) AND NOT EXISTS (
                SELECT FROM accounts other
                WHERE lower(other.email) = lower(\(facts.email)) AND other.id <> \(id))
            RETURNING id
            """
        ).isEmpty
    }

    /// From now on it may not sign in, or may again.
    public func setAccount(_ id: Int, disabledAt moment: Instant?) async throws {
        try await execute(
            """
            UPDATE accounts SET disabled_at = \(moment?.precise)::timestamptz WHERE id = \(id)
            """)
    }

    public func closeSessions(ofAccount id: Int) async throws {
        try await execute("DELETE FROM sessions WHERE account_id = \(id)")
    }
}
