public import Enrollment
internal import Postgres

/// What the operator says of an account.
public struct AccountFacts: Sendable, Equatable {
    public var email: String
    public var name: String
    public var role: Role
    /// The code of the organization; only of an organization's account.
    public var organizationCode: String?
    /// The 事業所 of the organization that it looks after; nil for the whole.
    public var place: BusinessPlacePath?
    /// What it may do in the office; none of others.
    public var rights: OfficeRights

    /// Without `rights`, all that the role may have.
    public init(
        email: String, name: String, role: Role, organizationCode: String?,
        place: BusinessPlacePath? = nil, rights: OfficeRights? = nil
    ) {
        self.email = email
        self.name = name
        self.role = role
        self.organizationCode = organizationCode
        self.place = place
        self.rights = role == .office ? rights ?? .every : .none
    }
}

/// The organization of an account, and the 事業所 of it, by their numbers.
public struct AccountScope: Sendable {
    public let organizationID: Int
    public let placeID: Int?

    public init(_ organizationID: Int, placeID: Int?) {
        self.organizationID = organizationID
        self.placeID = placeID
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
            organizationCode: try row.optionalString("organization_code"),
            place: try row.optionalPath("place_path"),
            rights: try row.rights(of: try row.code("role")))
        disabledOn = try row.optionalInstant("disabled_at")?.day
    }

    static let columns: SQL = """
        a.id, a.email, a.name, a.role, a.rights, o.code AS organization_code, a.disabled_at,
        b.path AS place_path
        """
}

extension ReadStore {
    /// Every account, by role and address.
    public func accounts() async throws -> [ListedAccount] {
        try await rows(
            """
            SELECT \(ListedAccount.columns) FROM \(AccountRecord.tables)
            ORDER BY array_position(ARRAY['office', 'ministry', 'organization'], a.role), o.code,
                     b.path NULLS FIRST, lower(a.email)
            """
        ).map { try ListedAccount($0) }
    }

    /// The number of an organization; nil when its code is not known.
    public func organizationID(_ code: String) async throws -> Int? {
        try await rows("SELECT id FROM organizations WHERE code = \(code)").first?.int("id")
    }
}

extension WriteTransaction {
    /// The number of an organization; nil when its code is not known.
    public func organizationID(_ code: String) async throws -> Int? {
        try await reading.organizationID(code)
    }

    /// An account by its address in any case, disabled or not; nobody changes it until the end.
    public func accountToChange(_ email: String) async throws -> ListedAccount? {
        try await rows(
            """
            SELECT \(ListedAccount.columns) FROM \(AccountRecord.tables)
            WHERE lower(a.email) = lower(\(email)) FOR UPDATE OF a
            """
        ).first.map { try ListedAccount($0) }
    }

    /// Adds an account; nil when the address is taken.
    public func addAccount(
        _ facts: AccountFacts, of scope: AccountScope?, passwordHash: String, at now: Instant
    ) async throws -> Int? {
        try await rows(
            """
            INSERT INTO accounts (email, name, role, organization_id, business_place_id,
                rights, password_hash, created_at)
            VALUES (\(facts.email), \(facts.name), \(facts.role.rawValue),
                    \(scope?.organizationID), \(scope?.placeID), \(facts.rights.kept)::text[],
                    \(passwordHash), \(now))
            ON CONFLICT DO NOTHING RETURNING id
            """
        ).first?.int("id")
    }

    /// Changes what an account is; with a hash, its password too. False when the address is taken.
    public func changeAccount(
        _ id: Int, to facts: AccountFacts, of scope: AccountScope?, passwordHash: String?
    ) async throws -> Bool {
        try await !rows(
            """
            UPDATE accounts SET email = \(facts.email), name = \(facts.name),
                role = \(facts.role.rawValue), organization_id = \(scope?.organizationID),
                business_place_id = \(scope?.placeID), rights = \(facts.rights.kept)::text[],
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

    /// Ends the sessions of an account, but for the one of a digest; gives how many.
    @discardableResult
    public func closeSessions(ofAccount id: Int, butOf kept: [UInt8]? = nil) async throws -> Int {
        try await execute(
            """
            DELETE FROM sessions
            WHERE account_id = \(id) AND token_hash IS DISTINCT FROM \(kept)::bytea
            """)
    }

    /// Ends one session of an account, by its number. False where it has ended, or is another's.
    public func closeSession(_ number: Int, ofAccount id: Int) async throws -> Bool {
        try await execute(
            "DELETE FROM sessions WHERE id = \(number) AND account_id = \(id)") == 1
    }
}
