public import Enrollment
internal import Postgres

/// About where a session was opened, and with what: enough for its owner to know it again, and no
/// more.
public struct SessionPlace: Sendable, Equatable {
    /// Part of an address of the network; empty where it says nothing.
    public let network: String
    /// A kind of browser and of system; empty for one that is not known.
    public let device: String

    public init(network: String, device: String) {
        self.network = network
        self.device = device
    }

    public static let unknown = SessionPlace(network: "", device: "")
}

/// A session that can still be used, as its owner sees it.
public struct ListedSession: Sendable {
    public let number: Int
    /// Whether it is that of the browser that asks.
    public let isThis: Bool
    public let openedAt: Instant
    public let lastSeenAt: Instant
    public let place: SessionPlace

    init(_ row: Row) throws {
        number = try row.int("id")
        isThis = try row.bool("is_this")
        openedAt = try row.instant("created_at")
        lastSeenAt = try row.instant("last_seen_at")
        place = SessionPlace(
            network: try row.string("network"), device: try row.string("device"))
    }
}

extension ReadStore {
    /// The sessions of an account that somebody used since `idleSince`, the newest first; `digest`
    /// is of the one that asks, nil for a command.
    public func sessions(
        ofAccount id: Int, seenBy digest: [UInt8]?, at now: Instant, idleSince: Instant
    ) async throws -> [ListedSession] {
        try await rows(
            """
            SELECT s.id, s.is_this, s.created_at, s.last_seen_at, s.network, s.device
            FROM sessions_of(\(id)::bigint, \(digest)::bytea) s
            WHERE s.expires_at > \(now) AND s.last_seen_at > \(idleSince)
            ORDER BY s.created_at DESC, s.id DESC
            """
        ).map { try ListedSession($0) }
    }
}

extension WriteTransaction {
    /// The password of an account as it is kept; nil where it is disabled, or none.
    public func passwordHash(ofAccount id: Int) async throws -> String? {
        try await rows(
            "SELECT password_hash FROM accounts WHERE id = \(id) AND disabled_at IS NULL"
        ).first?.string("password_hash")
    }

    /// Sets the password of an account that is not disabled; false where the one that is kept is
    /// not `earlier` any more.
    public func setPassword(
        _ hash: String, ofAccount id: Int, insteadOf earlier: String
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE accounts SET password_hash = \(hash)
            WHERE id = \(id) AND password_hash = \(earlier) AND disabled_at IS NULL
            """) == 1
    }
}
