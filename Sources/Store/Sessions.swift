public import Enrollment
internal import Postgres

/// Whose browser a session is.
public enum SessionOwner: Sendable, Equatable {
    case account(Int)
    case application(Int)

    /// As the journal names them.
    public var actor: Actor {
        switch self {
        case .account(let id): .account(id)
        case .application(let id): .application(id)
        }
    }

    var accountID: Int? { if case .account(let id) = self { id } else { nil } }
    var applicationID: Int? { if case .application(let id) = self { id } else { nil } }
}

/// A session before it is opened.
public struct NewSession: Sendable {
    public let owner: SessionOwner
    public let tokenDigest: [UInt8]
    /// Of the browser's cookie; nil for one that is not known.
    public let browserDigest: [UInt8]?
    /// From where; of an applicant's session nothing is kept.
    public let place: SessionPlace

    public init(
        _ owner: SessionOwner, tokenDigest: [UInt8], browserDigest: [UInt8]?,
        from place: SessionPlace = .unknown
    ) {
        self.owner = owner
        self.tokenDigest = tokenDigest
        self.browserDigest = browserDigest
        self.place = owner.accountID == nil ? .unknown : place
    }
}

extension WriteTransaction {
    /// Opens a session in the place of the one that its browser had.
    public func openSession(_ session: NewSession, at now: Instant, until: Instant) async throws {
        try await execute(
            """
            INSERT INTO sessions (token_hash, browser_hash, account_id, application_id, created_at,
                                  last_seen_at, expires_at, network, device)
            VALUES (\(session.tokenDigest), \(session.browserDigest), \(session.owner.accountID),
                    \(session.owner.applicationID), \(now), \(now), \(until),
                    \(session.place.network), \(session.place.device))
            ON CONFLICT (browser_hash) DO UPDATE SET token_hash = excluded.token_hash,
                account_id = excluded.account_id, application_id = excluded.application_id,
                created_at = excluded.created_at, last_seen_at = excluded.last_seen_at,
                expires_at = excluded.expires_at, network = excluded.network,
                device = excluded.device, proved_at = NULL
            """)
    }

    /// The end of a session; a copy of the cookie opens nothing. Gives whose it was.
    @discardableResult
    public func closeSession(tokenDigest: [UInt8]) async throws -> SessionOwner? {
        try await rows(
            """
            DELETE FROM sessions WHERE token_hash = \(tokenDigest)
            RETURNING account_id, application_id
            """
        ).first.flatMap { row in
            if let id = try row.optionalInt("account_id") { return .account(id) }
            return try row.optionalInt("application_id").map { .application($0) }
        }
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
    /// When a code of the second factor was typed last.
    public let provedAt: Instant?
}

extension ReadStore {
    /// Nil when there is none, it has ended, or nobody used it since `idleSince`.
    public func session(
        tokenDigest: [UInt8], at now: Instant, idleSince: Instant
    ) async throws -> SessionRecord? {
        try await rows(
            """
            SELECT s.account_id, s.application_id, s.last_seen_at, s.proved_at
            FROM session_of(\(tokenDigest)::bytea) s
            LEFT JOIN accounts a ON a.id = s.account_id
            WHERE s.expires_at > \(now)
              AND s.last_seen_at > \(idleSince) AND a.disabled_at IS NULL
            """
        ).first.flatMap { row in
            let (seen, proved) = (
                try row.instant("last_seen_at"), try row.optionalInstant("proved_at")
            )
            if let id = try row.optionalInt("account_id") {
                return SessionRecord(owner: .account(id), lastSeenAt: seen, provedAt: proved)
            }
            return try row.optionalInt("application_id").map {
                SessionRecord(owner: .application($0), lastSeenAt: seen, provedAt: nil)
            }
        }
    }
}
