public import Enrollment
internal import Postgres

/// A key of badges, as everybody may know it.
public struct BadgeKeyRecord: Sendable {
    public let id: String
    public let purpose: BadgeKeyPurpose
    /// Of Ed25519 32 octets, of RSA SubjectPublicKeyInfo.
    public let publicKey: [UInt8]
    public let madeAt: Instant
    public let retiredAt: Instant?
    public let state: SigningKeyState

    init(_ row: Row) throws {
        id = try row.string("id")
        purpose = try row.code("purpose")
        publicKey = try row.bytes("public_key")
        madeAt = try row.instant("made_at")
        retiredAt = try row.optionalInstant("retired_at")
        if let since = try row.optionalInstant("compromised_since") {
            state = .compromised(since: since)
        } else {
            state = retiredAt == nil ? .active : .retired
        }
    }
}

extension ReadStore {
    /// All that there ever were, the newest first.
    public func badgeKeys() async throws -> [BadgeKeyRecord] {
        try await rows(
            """
            SELECT id, purpose, public_key, made_at, retired_at, compromised_since FROM badge_keys
            ORDER BY made_at DESC, id
            """
        ).map { try BadgeKeyRecord($0) }
    }
}

extension WriteTransaction {
    /// Those of a purpose, the newest first, held until the end: whoever changes them waits.
    public func holdBadgeKeys(of purpose: BadgeKeyPurpose) async throws -> [BadgeKeyRecord] {
        try await rows(
            """
            SELECT id, purpose, public_key, made_at, retired_at, compromised_since FROM badge_keys
            WHERE purpose = \(purpose.rawValue) ORDER BY made_at DESC, id FOR UPDATE
            """
        ).map { try BadgeKeyRecord($0) }
    }

    /// Adds the one that signs from now on. False where another one of its purpose does already.
    public func addBadgeKey(
        _ id: String, of purpose: BadgeKeyPurpose, _ publicKey: [UInt8], at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            INSERT INTO badge_keys (id, purpose, public_key, made_at)
            VALUES (\(id), \(purpose.rawValue), \(publicKey), \(now)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The one of a purpose that signs does so no more.
    public func retireBadgeKey(of purpose: BadgeKeyPurpose, at now: Instant) async throws {
        try await execute(
            """
            UPDATE badge_keys SET retired_at = \(now)
            WHERE purpose = \(purpose.rawValue) AND retired_at IS NULL
            """)
    }

    /// 失効 from a moment on; nil takes it back. Badges that it signed last wait to be signed anew.
    public func setCompromise(ofBadgeKey id: String, since moment: Instant?) async throws {
        try await execute(
            """
            UPDATE badge_keys SET compromised_since = \(moment?.precise)::timestamptz
            WHERE id = \(id)
            """)
        guard moment != nil else { return }
        try await execute(
            """
            UPDATE badges b SET signed_salt = NULL FROM badge_credentials c
            WHERE c.key_id = \(id) AND b.id = c.badge_id AND c.salt = b.salt
              AND c.document IS NOT NULL
            """)
    }
}
