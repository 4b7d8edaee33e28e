public import Enrollment
internal import Postgres

/// Whose browser a session is.
public enum SessionOwner: Sendable, Equatable {
    case account(Int)
    case application(Int)
}

extension Writing {
    public func openSession(
        _ owner: SessionOwner, tokenDigest: [UInt8], at now: Instant, until: Instant
    ) async throws {
        var (account, application): (Int?, Int?) = (nil, nil)
        switch owner {
        case .account(let id): account = id
        case .application(let id): application = id
        }
        try await execute(
            """
            INSERT INTO sessions (token_hash, account_id, application_id, created_at, last_seen_at,
                                  expires_at)
            VALUES (\(tokenDigest), \(account), \(application), \(now), \(now), \(until))
            """)
    }

    /// The end of a session; a copy of the cookie opens nothing.
    public func closeSession(tokenDigest: [UInt8]) async throws {
        try await execute("DELETE FROM sessions WHERE token_hash = \(tokenDigest)")
    }

    /// Notes that a session is in use; at most once a minute, so that reading pages stays reading.
    public func touchSession(tokenDigest: [UInt8], at now: Instant) async throws {
        try await execute(
            "UPDATE sessions SET last_seen_at = \(now) WHERE token_hash = \(tokenDigest)")
    }
}

/// A session that is still good.
public struct SessionRecord: Sendable {
    public let owner: SessionOwner
    public let lastSeenAt: Instant
}

extension Reading {
    /// Nil when there is none, it has ended, or nobody used it since `idleSince`.
    public func session(
        tokenDigest: [UInt8], at now: Instant, idleSince: Instant
    ) async throws -> SessionRecord? {
        try await rows(
            """
            SELECT s.account_id, s.application_id, s.last_seen_at FROM sessions s
            LEFT JOIN accounts a ON a.id = s.account_id
            WHERE s.token_hash = \(tokenDigest) AND s.expires_at > \(now)
              AND s.last_seen_at > \(idleSince) AND a.disabled_at IS NULL
            """
        ).first.flatMap { row in
            let seen = try row.instant("last_seen_at")
            if let id = try row.optionalInt("account_id") {
                return SessionRecord(owner: .account(id), lastSeenAt: seen)
            }
            return try row.optionalInt("application_id").map {
                SessionRecord(owner: .application($0), lastSeenAt: seen)
            }
        }
    }
}
