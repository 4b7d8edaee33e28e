public import Enrollment
internal import Postgres

/// A badge of which a credential is to be made.
public struct BadgeToSign: Sendable {
    public let id: Int
    public let token: String
    public let slug: String
    public let salt: String
    public let identity: String
    public let issuedOn: Day
    public let expiresOn: Day
    /// Its place in the list of its year; nil before it was given one.
    public let status: BadgeStatus?
    /// From when the newest credential of before holds.
    public let lastFrom: Instant?

    init(_ row: Row) throws {
        id = try row.int("id")
        token = try row.string("token")
        slug = try row.string("class_slug")
        salt = try row.string("salt")
        identity = try row.string("identity")
        issuedOn = try row.day("issued_on")
        expiresOn = try row.day("expires_on")
        status = try row.optionalString("subject").map {
            BadgeStatus(
                badgeID: try row.int("id"), index: try row.int("status_index"), subject: $0)
        }
        lastFrom = try row.optionalInstant("last_from")
    }
}

/// The place of a badge in the status list of its year, and whom its credential is about.
public struct BadgeStatus: Sendable {
    public let badgeID: Int
    public let index: Int
    /// A UUID.
    public let subject: String

    public init(badgeID: Int, index: Int, subject: String) {
        self.badgeID = badgeID
        self.index = index
        self.subject = subject
    }
}

/// A credential that was signed.
public struct NewCredential: Sendable {
    public let badgeID: Int
    public let salt: String
    public let from: Instant
    public let document: String

    public init(badgeID: Int, salt: String, from: Instant, document: String) {
        self.badgeID = badgeID
        self.salt = salt
        self.from = from
        self.document = document
    }
}

/// A credential as it is given out.
public struct CredentialRecord: Sendable {
    public let id: Int
    public let keyID: String
    /// Nil once what stands in it is forgotten.
    public let document: String?

    init(_ row: Row) throws {
        id = try row.int("id")
        keyID = try row.string("key_id")
        document = try row.optionalString("document")
    }
}

/// Which credentials of a year are revoked.
public struct RevokedPlaces: Sendable, Equatable {
    public let indices: [Int]
    /// The highest place that was given out; -1 for none.
    public let last: Int
    /// When one was last revoked, or held again; nil for never.
    public let changedAt: Instant?
}

extension ReadStore {
    /// The newest credential of a badge as it is bound now, by a key that is trusted; nil before
    /// there is one.
    public func credential(ofBadge token: String) async throws -> CredentialRecord? {
        try await rows(
            """
            SELECT c.id, c.key_id, c.document FROM badges b
            JOIN badge_credentials c ON c.badge_id = b.id AND c.salt = b.salt
            JOIN badge_keys k ON k.id = c.key_id AND k.compromised_since IS NULL
            WHERE b.token = \(token) ORDER BY c.id DESC LIMIT 1
            """
        ).first.map { try CredentialRecord($0) }
    }

    /// All that were signed of a badge, for whichever address, the oldest first; without those that
    /// are forgotten.
    public func credentialDocuments(ofBadge token: String) async throws -> [String] {
        try await rows(
            """
            SELECT c.document FROM badges b JOIN badge_credentials c ON c.badge_id = b.id
            WHERE b.token = \(token) AND c.document IS NOT NULL ORDER BY c.id
            """
        ).map { try $0.string("document") }
    }

    /// The newest JWT of a credential, by a key that is trusted; nil before there is one.
    public func token(ofCredential id: Int) async throws -> String? {
        try await rows(
            """
            SELECT t.token FROM badge_tokens t
            JOIN badge_keys k ON k.id = t.key_id AND k.compromised_since IS NULL
            WHERE t.credential_id = \(id) ORDER BY k.made_at DESC, k.id LIMIT 1
            """
        ).first?.optionalString("token")
    }

    /// What the status list of a year says, from the badges themselves.
    public func revokedPlaces(of year: FiscalYear) async throws -> RevokedPlaces {
        let revoked = try await rows(
            """
            SELECT s.status_index, greatest(b.revoked_at, s.known_from) AS changed
            FROM badges b JOIN badge_statuses s ON s.badge_id = b.id
            WHERE b.revoked_at IS NOT NULL AND s.fiscal_year = \(year.startYear)
            ORDER BY s.status_index
            """)
        let rest = try await rows(
            """
            SELECT (SELECT coalesce(max(status_index), -1) FROM badge_statuses
                    WHERE fiscal_year = \(year.startYear)) AS last,
                   (SELECT max(u.undone_at) FROM badge_revocations_undone u
                    JOIN badge_statuses s ON s.badge_id = u.badge_id
                    WHERE s.fiscal_year = \(year.startYear)) AS undone
            """
        ).first
        let moments = try revoked.map { try $0.instant("changed") }
        return RevokedPlaces(
            indices: try revoked.map { try $0.int("status_index") },
            last: try rest?.int("last") ?? -1,
            changedAt: (moments + [try rest?.optionalInstant("undone")].compactMap(\.self)).max())
    }
}

extension WriteTransaction {
    /// Badges that wait to be signed, the oldest first, of people who are not forgotten; held until
    /// the end. Those that another transaction holds are its own.
    public func holdBadgesToSign(_ limit: Int) async throws -> [BadgeToSign] {
        try await badgesToSign(
            """
            WHERE b.signed_salt IS DISTINCT FROM b.salt ORDER BY b.id LIMIT \(limit)
            FOR NO KEY UPDATE OF b SKIP LOCKED
            """)
    }

    /// The same of one badge, whether it waits or not; waits for whoever holds it. Nil for none,
    /// and where its person is forgotten.
    public func holdBadgeToSign(_ token: String) async throws -> BadgeToSign? {
        try await badgesToSign("WHERE b.token = \(token) FOR NO KEY UPDATE OF b").first
    }

    private func badgesToSign(_ which: SQL) async throws -> [BadgeToSign] {
        try await rows(
            """
            SELECT b.id, b.token, b.class_slug, b.salt, b.identity, b.issued_on, b.expires_on,
                   s.status_index, s.subject::text AS subject,
                   (SELECT max(c.valid_from) FROM badge_credentials c WHERE c.badge_id = b.id)
                     AS last_from
            FROM badges b
            JOIN appointments a ON a.id = b.appointment_id
            JOIN applications p ON p.id = a.application_id AND p.forgotten_at IS NULL
            LEFT JOIN badge_statuses s ON s.badge_id = b.id
            \(which)
            """
        ).map { try BadgeToSign($0) }
    }

    /// The highest place of a year that was given out; nil for none.
    public func lastStatus(in year: FiscalYear) async throws -> Int? {
        try await rows(
            """
            SELECT max(status_index) AS last FROM badge_statuses
            WHERE fiscal_year = \(year.startYear)
            """
        ).first?.optionalInt("last")
    }

    /// Gives badges their places, but for those whose place is another's; the badges that have one.
    public func give(
        _ statuses: [BadgeStatus], in year: FiscalYear, at now: Instant
    ) async throws -> Set<Int> {
        let given = try await rows(
            """
            INSERT INTO badge_statuses (badge_id, fiscal_year, status_index, subject, known_from)
            SELECT f.badge, \(year.startYear)::smallint, f.place, f.subject, \(now)::timestamptz
            FROM unnest(\(statuses.map(\.badgeID))::bigint[], \(statuses.map(\.index))::integer[],
                        \(statuses.map(\.subject))::uuid[]) AS f(badge, place, subject)
            ON CONFLICT DO NOTHING RETURNING badge_id
            """)
        return Set(try given.map { try $0.int("badge_id") })
    }

    /// Keeps credentials that a key signed; the badges wait no more. Gives how many are new.
    @discardableResult
    public func keep(
        _ credentials: [NewCredential], by keyID: String, at now: Instant
    ) async throws -> Int {
        let salts = credentials.map(\.salt)
        let count = try await execute(
            """
            INSERT INTO badge_credentials (badge_id, salt, key_id, valid_from, document, digest,
                                           known_from)
            SELECT f.badge, f.salt, \(keyID)::text, f.first::timestamptz, f.document,
                   sha256(convert_to(f.document, 'UTF8')), \(now)::timestamptz
            FROM unnest(\(credentials.map(\.badgeID))::bigint[], \(salts)::text[],
                        \(credentials.map(\.from.precise))::text[],
                        \(credentials.map(\.document))::text[])
              AS f(badge, salt, first, document)
            ON CONFLICT ON CONSTRAINT badge_credentials_one_of_an_address_and_key DO NOTHING
            """)
        try await execute(
            """
            UPDATE badges b SET signed_salt = b.salt
            WHERE b.id = ANY(\(credentials.map(\.badgeID))::bigint[])
            """)
        return count
    }

    /// Keeps the JWT of a credential, unless there is one by the same key.
    public func keepToken(
        _ token: String, ofCredential id: Int, by keyID: String, at now: Instant
    ) async throws {
        try await execute(
            """
            INSERT INTO badge_tokens (credential_id, key_id, token, known_from)
            VALUES (\(id), \(keyID), \(token), \(now)) ON CONFLICT DO NOTHING
            """)
    }
}
