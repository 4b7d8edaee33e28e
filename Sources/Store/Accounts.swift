public import Enrollment
internal import Postgres

/// What an account may do; read anew on every request.
public enum Role: String, CaseIterable, Sendable {
    /// 事務局.
    case office
    /// 団体の担当者, for one body.
    case organization
    /// 府省, numbers only.
    case ministry
}

/// An account of the office, a body or the ministry.
public struct AccountRecord: Sendable, Equatable {
    public let id: Int
    public let email: String
    public let name: String
    public let role: Role
    public let organizationID: Int?
    public let organizationCode: String?
    public let passwordHash: String

    init(_ row: Row) throws {
        id = try row.int("id")
        email = try row.string("email")
        name = try row.string("name")
        role = try row.code("role")
        organizationID = try row.optionalInt("organization_id")
        organizationCode = try row.optionalString("organization_code")
        passwordHash = try row.string("password_hash")
    }
}

extension Reading {
    /// An account that is not disabled, however the address is cased.
    public func account(email: String) async throws -> AccountRecord? {
        try await rows(
            """
            SELECT a.id, a.email, a.name, a.role, a.organization_id, o.code AS organization_code,
                   a.password_hash
            FROM accounts a LEFT JOIN organizations o ON o.id = a.organization_id
            WHERE lower(a.email) = lower(\(email)) AND a.disabled_at IS NULL
            """
        ).first.map { try AccountRecord($0) }
    }

    public func account(id: Int) async throws -> AccountRecord? {
        try await rows(
            """
            SELECT a.id, a.email, a.name, a.role, a.organization_id, o.code AS organization_code,
                   a.password_hash
            FROM accounts a LEFT JOIN organizations o ON o.id = a.organization_id
            WHERE a.id = \(id) AND a.disabled_at IS NULL
            """
        ).first.map { try AccountRecord($0) }
    }
}

extension Reading {
    /// Where the office is told what went wrong.
    public func officeAddresses() async throws -> [String] {
        try await rows(
            "SELECT email FROM accounts WHERE role = 'office' AND disabled_at IS NULL ORDER BY id"
        ).map { try $0.string("email") }
    }
}

extension Writing {
    /// Adds an account or gives a known one a new password; all its sessions end. Returns false when
    /// the body is not known.
    public func keepAccount(
        _ email: String, name: String, role: Role, organizationCode: String?, passwordHash: String,
        at now: Instant
    ) async throws -> Bool {
        let kept = try await rows(
            """
            INSERT INTO accounts (email, name, role, organization_id, password_hash, created_at)
            SELECT \(email), \(name), \(role),
                   (SELECT id FROM organizations WHERE code = \(organizationCode)::text),
                   \(passwordHash), \(now)::timestamptz
            WHERE \(organizationCode)::text IS NULL
               OR EXISTS (SELECT FROM organizations WHERE code = \(organizationCode)::text)
            ON CONFLICT (lower(email)) DO UPDATE SET password_hash = excluded.password_hash,
                disabled_at = NULL
            RETURNING id
            """)
        guard let id = try kept.first?.int("id") else { return false }
        try await execute("DELETE FROM sessions WHERE account_id = \(id)")
        return true
    }

    /// An account that may no longer sign in; its sessions end at once.
    public func disableAccount(_ email: String, at now: Instant) async throws -> Bool {
        let found = try await rows(
            """
            UPDATE accounts SET disabled_at = \(now) WHERE lower(email) = lower(\(email))
            RETURNING id
            """)
        guard let id = try found.first?.int("id") else { return false }
        try await execute("DELETE FROM sessions WHERE account_id = \(id)")
        return true
    }

    public func clearAttempts(_ limiter: String, subject: String) async throws {
        try await execute(
            "DELETE FROM attempts WHERE limiter = \(limiter) AND subject = \(subject)")
    }
}
