public import Enrollment
internal import Postgres

/// 署名鍵, as everybody may know it.
public struct SigningKeyRecord: Sendable {
    public let id: String
    /// 64 octets, x and y.
    public let publicKey: [UInt8]
    public let madeAt: Instant
    public let retiredAt: Instant?
    public let state: SigningKeyState

    init(_ row: Row) throws {
        id = try row.string("id")
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
    public func signingKeys() async throws -> [SigningKeyRecord] {
        try await rows(
            """
            SELECT id, public_key, made_at, retired_at, compromised_since FROM signing_keys
            ORDER BY made_at DESC, id
            """
        ).map { try SigningKeyRecord($0) }
    }
}

extension WriteTransaction {
    /// All, held until the end: whoever changes them waits.
    public func holdSigningKeys() async throws -> [SigningKeyRecord] {
        try await rows(
            """
            SELECT id, public_key, made_at, retired_at, compromised_since FROM signing_keys
            ORDER BY made_at DESC, id FOR UPDATE
            """
        ).map { try SigningKeyRecord($0) }
    }

    /// Adds the one that signs from now on. False where another one does already.
    public func addSigningKey(
        _ id: String, _ publicKey: [UInt8], at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            INSERT INTO signing_keys (id, public_key, made_at)
            VALUES (\(id), \(publicKey), \(now)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The one that signs does so no more.
    public func retireSigningKey(at now: Instant) async throws {
        try await execute(
            "UPDATE signing_keys SET retired_at = \(now) WHERE retired_at IS NULL")
    }

    /// 失効 from a moment on; nil takes it back.
    public func setCompromise(of id: String, since moment: Instant?) async throws {
        try await execute(
            """
            UPDATE signing_keys SET compromised_since = \(moment?.precise)::timestamptz
            WHERE id = \(id)
            """)
    }
}
