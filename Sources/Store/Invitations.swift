public import Enrollment
internal import Postgres

/// 招待: somebody who is to have an account, before they have said which password.
public struct NewInvitation: Sendable {
    /// What the account will be.
    public let facts: AccountFacts
    public let scope: AccountScope?
    /// The account that ends when it begins.
    public let takesOver: Int?
    public let tokenDigest: [UInt8]
    public let expiresAt: Instant

    public init(
        _ facts: AccountFacts, of scope: AccountScope?, inPlaceOf former: Int?,
        tokenDigest: [UInt8], until expiresAt: Instant
    ) {
        self.facts = facts
        self.scope = scope
        takesOver = former
        self.tokenDigest = tokenDigest
        self.expiresAt = expiresAt
    }
}

/// An invitation as it is kept.
public struct InvitationRecord: Sendable {
    public let id: Int
    public let facts: AccountFacts
    public let scope: OrganizationScope?
    public let placeID: Int?
    public let organizationName: String
    public let placeName: String
    public let takesOver: Int?
    public let inviter: ActorRecord
    public let sentAt: Instant
    public let expiresAt: Instant
    public let acceptedAt: Instant?
    public let withdrawnAt: Instant?

    init(_ row: Row) throws {
        id = try row.int("id")
        let role: Role = try row.code("role")
        facts = AccountFacts(
            email: try row.string("email"), name: try row.string("name"), role: role,
            organizationCode: try row.optionalString("organization_code"),
            place: try row.optionalPath("place_path"), rights: try row.rights(of: role))
        let place = facts.place
        scope = try row.optionalInt("organization_id").map { OrganizationScope($0, at: place) }
        placeID = try row.optionalInt("business_place_id")
        organizationName = try row.optionalString("organization_name") ?? ""
        placeName = try row.optionalString("place_name") ?? ""
        takesOver = try row.optionalInt("takes_over")
        inviter = try ActorRecord(row, "invited_by")
        sentAt = try row.instant("sent_at")
        expiresAt = try row.instant("expires_at")
        acceptedAt = try row.optionalInstant("accepted_at")
        withdrawnAt = try row.optionalInstant("withdrawn_at")
    }

    static let columns: SQL = """
        i.id, i.email, i.name, i.role, i.rights, i.organization_id, i.business_place_id,
        o.code AS organization_code, o.name AS organization_name, b.path AS place_path,
        b.name AS place_name, i.takes_over, i.invited_by, u.name AS invited_by_name,
        u.role AS invited_by_role, i.sent_at, i.expires_at, i.accepted_at, i.withdrawn_at
        """

    static let tables: SQL = """
        invitations i LEFT JOIN organizations o ON o.id = i.organization_id
        LEFT JOIN business_places b ON b.id = i.business_place_id
        LEFT JOIN accounts u ON u.id = i.invited_by_account
        """
}

extension ReadStore {
    /// Those that nobody has used or withdrawn, the newest first; of a scope, or all.
    public func invitations(
        within scope: OrganizationScope?, limit: Int
    ) async throws -> [InvitationRecord] {
        let within: SQL =
            scope.map { "i.organization_id = \($0.organizationID) AND \($0.covers("i"))" } ?? "true"
        return try await rows(
            """
            SELECT \(InvitationRecord.columns) FROM \(InvitationRecord.tables)
            WHERE i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND \(within)
            ORDER BY i.id DESC LIMIT \(limit)
            """
        ).map { try InvitationRecord($0) }
    }
}

extension WriteTransaction {
    /// Adds an invitation; nil where the address is invited already.
    public func addInvitation(
        _ invitation: NewInvitation, at moment: WriteStamp
    ) async throws -> Int? {
        let facts = invitation.facts
        return try await rows(
            """
            INSERT INTO invitations (email, name, role, organization_id, business_place_id, rights,
                takes_over, token_hash, invited_by, sent_at, expires_at)
            VALUES (\(facts.email), \(facts.name), \(facts.role),
                    \(invitation.scope?.organizationID), \(invitation.scope?.placeID),
                    \(facts.rights.kept)::text[], \(invitation.takesOver),
                    \(invitation.tokenDigest), \(moment.actor), \(moment.now)::timestamptz,
                    \(invitation.expiresAt)::timestamptz)
            ON CONFLICT DO NOTHING RETURNING id
            """
        ).first?.int("id")
    }

    /// Whether an address has an invitation that was neither used nor withdrawn.
    public func isInvited(_ email: String) async throws -> Bool {
        try await !rows(
            """
            SELECT FROM invitations WHERE lower(email) = lower(\(email))
              AND accepted_at IS NULL AND withdrawn_at IS NULL
            """
        ).isEmpty
    }

    /// Whether somebody is invited to take an account over, and has neither begun nor been
    /// taken back.
    public func isBeingTakenOver(_ account: Int) async throws -> Bool {
        try await !rows(
            """
            SELECT FROM invitations WHERE takes_over = \(account)
              AND accepted_at IS NULL AND withdrawn_at IS NULL
            """
        ).isEmpty
    }

    /// An invitation that nobody changes until the end; nil where there is none.
    public func lockInvitation(_ id: Int) async throws -> InvitationRecord? {
        try await invitation("i.id = \(id)")
    }

    /// That of a link, used or not.
    public func lockInvitation(tokenDigest: [UInt8]) async throws -> InvitationRecord? {
        try await invitation("i.token_hash = \(tokenDigest)")
    }

    private func invitation(_ which: SQL) async throws -> InvitationRecord? {
        try await rows(
            """
            SELECT \(InvitationRecord.columns) FROM \(InvitationRecord.tables)
            WHERE \(which) FOR UPDATE OF i
            """
        ).first.map { try InvitationRecord($0) }
    }

    /// A new link in the place of the one before.
    public func renewInvitation(
        _ id: Int, tokenDigest: [UInt8], at now: Instant, until expiresAt: Instant
    ) async throws {
        try await execute(
            """
            UPDATE invitations SET token_hash = \(tokenDigest), sent_at = \(now)::timestamptz,
                expires_at = \(expiresAt)::timestamptz
            WHERE id = \(id)
            """)
    }

    public func withdrawInvitation(_ id: Int, at now: Instant) async throws {
        try await execute(
            "UPDATE invitations SET withdrawn_at = \(now)::timestamptz WHERE id = \(id)")
    }

    public func acceptInvitation(
        _ id: Int, asAccount account: Int, at now: Instant
    ) async throws {
        try await execute(
            """
            UPDATE invitations SET accepted_at = \(now)::timestamptz, account_id = \(account)
            WHERE id = \(id)
            """)
    }
}
