public import Enrollment
internal import Postgres

/// The second factor of an account, as it is kept.
public struct SecondFactorRecord: Sendable {
    /// Opened by a key that is not in the database.
    public let sealedSecret: String
    /// Of the last code that was taken.
    public let lastStep: Int

    init(_ row: Row) throws {
        sealedSecret = try row.string("sealed_secret")
        lastStep = try row.int("last_step")
    }
}

/// What is known of an account's second factor without its secret.
public struct SecondFactorState: Sendable {
    public let setUpAt: Instant
    public let unusedCodes: Int
}

extension ReadStore {
    /// Nil while there is none.
    public func secondFactor(ofAccount id: Int) async throws -> SecondFactorState? {
        try await rows(
            """
            SELECT f.set_up_at, (SELECT count(*) FROM recovery_codes c
                                 WHERE c.account_id = f.account_id AND c.used_at IS NULL) AS n
            FROM second_factors f WHERE f.account_id = \(id)
            """
        ).first.map {
            SecondFactorState(
                setUpAt: try $0.instant("set_up_at"), unusedCodes: try $0.int("n"))
        }
    }
}

extension WriteTransaction {
    /// The second factor of an account; whoever types a code at the same moment waits.
    public func lockSecondFactor(ofAccount id: Int) async throws -> SecondFactorRecord? {
        try await rows(
            """
            SELECT sealed_secret, last_step FROM second_factors WHERE account_id = \(id)
            FOR UPDATE
            """
        ).first.map { try SecondFactorRecord($0) }
    }

    /// Sets one up whose code of a step was typed; false where the account has one.
    public func addSecondFactor(
        _ sealed: String, ofAccount id: Int, lastStep: Int, at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            INSERT INTO second_factors (account_id, sealed_secret, set_up_at, last_step)
            VALUES (\(id), \(sealed), \(now), \(lastStep)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// A code of a step was taken: neither it nor an earlier one is taken again.
    public func tookCode(ofStep step: Int, ofAccount id: Int) async throws {
        try await execute(
            "UPDATE second_factors SET last_step = \(step) WHERE account_id = \(id)")
    }

    /// Takes the second factor of an account away, with its codes; false where it has none.
    public func dropSecondFactor(ofAccount id: Int) async throws -> Bool {
        try await execute("DELETE FROM recovery_codes WHERE account_id = \(id)")
        return try await execute("DELETE FROM second_factors WHERE account_id = \(id)") == 1
    }

    /// Puts recovery codes, as digests, in the place of those that there were.
    public func keepRecoveryCodes(_ digests: [[UInt8]], ofAccount id: Int) async throws {
        try await execute("DELETE FROM recovery_codes WHERE account_id = \(id)")
        try await execute(
            """
            INSERT INTO recovery_codes (account_id, code_hash)
            SELECT \(id), digest FROM unnest(\(digests.map { Optional($0) })::bytea[]) AS digest
            """)
    }

    /// Uses a recovery code up; false for one that is none, or was used.
    public func useRecoveryCode(
        _ digest: [UInt8], ofAccount id: Int, at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE recovery_codes SET used_at = \(now)
            WHERE account_id = \(id) AND code_hash = \(digest) AND used_at IS NULL
            """) == 1
    }

    /// Whoever has a session has proved themselves: it goes on under a new token, and a copy of the
    /// old one opens nothing. False where it has ended.
    public func proveSession(
        tokenDigest: [UInt8], as new: [UInt8], at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE sessions SET token_hash = \(new), proved_at = \(now), last_seen_at = \(now)
            WHERE token_hash = \(tokenDigest) AND expires_at > \(now)
            """) == 1
    }
}
