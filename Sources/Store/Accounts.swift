public import Enrollment
internal import Postgres

/// What an account may do; read anew on every request.
public enum Role: String, CaseIterable, Sendable {
    /// 事務局.
    case office
    /// 団体の担当者, for one organization.
    case organization
    /// 府省, numbers only.
    case ministry
}

/// An account of the office, an organization or the ministry.
public struct AccountRecord: Sendable, Equatable {
    public let id: Int
    public let email: String
    public let name: String
    public let role: Role
    public let organizationID: Int?
    public let organizationCode: String?
    /// The 事業所 that an organization's account looks after; nil for the whole organization.
    public let place: BusinessPlacePath?
    /// What it may do in the office; none of others.
    public let rights: OfficeRights
    /// Whether a code of an authenticator is asked for.
    public let hasSecondFactor: Bool

    /// What of which organization it looks after; nil for the office and the ministry.
    public var scope: OrganizationScope? {
        organizationID.map { OrganizationScope($0, at: place) }
    }

    init(_ row: Row) throws {
        id = try row.int("id")
        email = try row.string("email")
        name = try row.string("name")
        role = try row.code("role")
        organizationID = try row.optionalInt("organization_id")
        organizationCode = try row.optionalString("organization_code")
        place = try row.optionalPath("place_path")
        rights = try row.rights(of: role)
        hasSecondFactor = try row.bool("has_second_factor")
    }

    static let columns: SQL = """
        a.id, a.email, a.name, a.role, a.rights, a.organization_id, o.code AS organization_code,
        b.path AS place_path,
        EXISTS (SELECT FROM second_factors f WHERE f.account_id = a.id) AS has_second_factor
        """

    static func isUsable(on day: Day) -> SQL {
        "a.disabled_at IS NULL AND (o.id IS NULL OR o.ends_on > \(day)::date)"
    }

    static let tables: SQL = """
        accounts a LEFT JOIN organizations o ON o.id = a.organization_id
        LEFT JOIN business_places b ON b.id = a.business_place_id
        """
}

extension WriteTransaction {
    /// An account that may be used on a day, however the address is cased, with its password as it
    /// is kept. Pages cannot read that.
    public func credentials(
        of email: String, on day: Day
    ) async throws -> (account: AccountRecord, passwordHash: String)? {
        try await rows(
            """
            SELECT \(AccountRecord.columns), a.password_hash
            FROM \(AccountRecord.tables)
            WHERE lower(a.email) = lower(\(email)) AND \(AccountRecord.isUsable(on: day))
            """
        ).first.map { (try AccountRecord($0), try $0.string("password_hash")) }
    }
}

extension ReadStore {
    /// Nil for one that may not be used on a day: it is disabled, or its organization is closed.
    public func account(id: Int, on day: Day) async throws -> AccountRecord? {
        try await rows(
            """
            SELECT \(AccountRecord.columns)
            FROM \(AccountRecord.tables)
            WHERE a.id = \(id) AND \(AccountRecord.isUsable(on: day))
            """
        ).first.map { try AccountRecord($0) }
    }
}

extension ReadStore {
    /// Where the office is told what went wrong.
    public func officeAddresses() async throws -> [String] {
        try await rows(
            "SELECT email FROM accounts WHERE role = 'office' AND disabled_at IS NULL ORDER BY id"
        ).map { try $0.string("email") }
    }
}
