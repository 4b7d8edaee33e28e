public import Enrollment
internal import Postgres

/// An application of somebody who changes their address, as it was before.
public struct MovedMail: Sendable {
    public let applicationID: Int
    public let email: String
}

/// A badge that is bound to an address.
public struct BoundBadge: Sendable {
    public let token: String
    public let salt: String
    public let identity: String

    public init(token: String, salt: String, identity: String) {
        self.token = token
        self.salt = salt
        self.identity = identity
    }
}

/// メールアドレスの変更.
extension WriteTransaction {
    /// The applications of the same person that have the address of one, of all years; held until
    /// the end of this transaction.
    public func holdApplications(withMailOf id: Int) async throws -> [MovedMail] {
        try await rows(
            """
            SELECT o.id, o.email FROM applications o
            JOIN applications a ON a.person_id = o.person_id AND lower(a.email) = lower(o.email)
            WHERE a.id = \(id) AND a.email <> '' AND o.forgotten_at IS NULL
            ORDER BY o.id FOR UPDATE OF o
            """
        ).map { MovedMail(applicationID: try $0.int("id"), email: try $0.string("email")) }
    }

    /// Whether a live application of somebody else would say the same name, kana and address as one
    /// of these, for the same kind and year: two people would be one.
    public func isAnothers(_ address: EmailAddress, for ids: [Int]) async throws -> Bool {
        let states = ApplicationState.live.map(\.rawValue)
        return try await !rows(
            """
            SELECT o.id FROM applications a
            JOIN applications o
              ON o.match_key COLLATE "C" = a.loose_key || '|' || \(address.key)
             AND o.kind = a.kind AND o.fiscal_year = a.fiscal_year
            WHERE a.id = ANY(\(ids)::bigint[]) AND o.id <> ALL(\(ids)::bigint[])
              AND a.state = ANY(\(states)::text[]) AND NOT a.appointment_ended
              AND o.state = ANY(\(states)::text[]) AND NOT o.appointment_ended
            LIMIT 1
            """
        ).isEmpty
    }

    /// Whoever typed the code that was sent to it is reached there from now on.
    public func move(_ ids: [Int], to address: EmailAddress, at now: Instant) async throws {
        try await execute(
            """
            UPDATE applications SET email = \(address.text), mail_confirmed_at = \(now),
                match_key = loose_key || '|' || \(address.key)
            WHERE id = ANY(\(ids)::bigint[])
            """)
    }

    /// What the old address still opens is closed: codes on their way, and every session but one.
    public func closeStatus(
        of ids: [Int], butOf tokenDigest: [UInt8]
    ) async throws {
        try await execute(
            """
            UPDATE mail_codes SET tries_left = 0
            WHERE purpose = 'status' AND tries_left > 0
              AND subject = ANY(\(ids.map(String.init))::text[])
            """)
        try await execute(
            """
            DELETE FROM sessions
            WHERE application_id = ANY(\(ids)::bigint[]) AND token_hash <> \(tokenDigest)
            """)
    }

    /// The badges of applications that are not revoked: their tokens.
    public func badges(ofApplications ids: [Int]) async throws -> [String] {
        try await rows(
            """
            SELECT b.token FROM badges b JOIN appointments a ON a.id = b.appointment_id
            WHERE a.application_id = ANY(\(ids)::bigint[]) AND b.revoked_at IS NULL
            ORDER BY b.id
            """
        ).map { try $0.string("token") }
    }

    /// The same badges, bound to another address: where they are read stays the same.
    public func bind(_ badges: [BoundBadge]) async throws {
        guard !badges.isEmpty else { return }
        try await execute(
            """
            UPDATE badges b SET salt = f.salt, identity = f.identity
            FROM unnest(\(badges.map(\.token))::text[], \(badges.map(\.salt))::text[],
                        \(badges.map(\.identity))::text[]) AS f(token, salt, identity)
            WHERE b.token = f.token
            """)
    }
}

extension ReadStore {
    /// Where the newest code of a purpose was sent; nil where none can be used any more.
    public func newestCodeAddress(
        _ purpose: String, subject: String, at now: Instant
    ) async throws -> String? {
        try await rows(
            """
            SELECT email FROM mail_codes
            WHERE purpose = \(purpose) AND subject = \(subject) AND used_at IS NULL
              AND tries_left > 0 AND expires_at > \(now)
            ORDER BY expires_at DESC LIMIT 1
            """
        ).first?.string("email")
    }
}
