public import Enrollment
internal import Postgres

/// A badge as it is kept: a token that nobody can guess, the hashed address, the days.
public struct BadgeRecord: Sendable {
    public let token: String
    public let slug: String
    public let salt: String
    public let identity: String
    public let issuedOn: Day
    public let expiresOn: Day
    public let isRevoked: Bool
    public let reason: String
    public let appointmentNumber: String

    /// Whether its appointment was wrong from the start.
    public var isCancelled: Bool { isRevoked && reason == EndReason.cancelled.rawValue }

    init(_ row: Row) throws {
        token = try row.string("token")
        slug = try row.string("class_slug")
        salt = try row.string("salt")
        identity = try row.string("identity")
        issuedOn = try row.day("issued_on")
        expiresOn = try row.day("expires_on")
        isRevoked = try row.optionalString("revoked_at") != nil
        reason = try row.string("revocation_reason")
        appointmentNumber = try row.string("number")
    }
}

/// A badge that is issued with an appointment.
public struct NewBadge: Sendable {
    public let token: String
    public let appointmentNumber: String
    public let slug: String
    public let salt: String
    public let identity: String

    public init(
        token: String, appointmentNumber: String, slug: String, salt: String, identity: String
    ) {
        self.token = token
        self.appointmentNumber = appointmentNumber
        self.slug = slug
        self.salt = salt
        self.identity = identity
    }
}

extension WriteTransaction {
    /// Issues badges from the first day to the last of their appointments.
    public func issue(_ badges: [NewBadge], at now: Instant) async throws {
        guard !badges.isEmpty else { return }
        try await executeLong(
            """
            INSERT INTO badges (token, appointment_id, class_slug, salt, identity, issued_on,
                                expires_on, known_from)
            SELECT f.token, a.id, f.slug, f.salt, f.identity, t.true_from, t.ends_on - 1,
                   \(now)::timestamptz
            FROM unnest(\(badges.map(\.token))::text[],
                        \(badges.map(\.appointmentNumber))::text[],
                        \(badges.map(\.slug))::text[], \(badges.map(\.salt))::text[],
                        \(badges.map(\.identity))::text[])
              AS f(token, number, slug, salt, identity)
            JOIN appointments a ON a.number = f.number
            JOIN appointment_terms t ON t.appointment_id = a.id AND t.known_until = 'infinity'
            """)
    }

    /// Revokes the badge of an appointment, if it has one.
    public func revokeBadge(of number: String, reason: EndReason, at now: Instant) async throws {
        try await execute(
            """
            UPDATE badges SET revoked_at = coalesce(revoked_at, \(now)),
                revocation_reason = \(reason)
            WHERE (revoked_at IS NULL OR \(reason == .cancelled))
              AND appointment_id = (SELECT id FROM appointments WHERE number = \(number))
            """)
    }
}

extension ReadStore {
    public func badge(token: String) async throws -> BadgeRecord? {
        try await rows(
            """
            SELECT b.token, b.class_slug, b.salt, b.identity, b.issued_on, b.expires_on,
                   b.revoked_at, b.revocation_reason, a.number
            FROM badges b JOIN appointments a ON a.id = b.appointment_id
            WHERE b.token = \(token)
            """
        ).first.map { try BadgeRecord($0) }
    }

    /// The name of a badge's holder, as typed; nil unless they agreed that it is shown.
    public func publicName(ofBadge token: String) async throws -> String? {
        try await rows(
            """
            SELECT \(FullName.sql(of: "p.")) AS name
            FROM badges b JOIN appointments a ON a.id = b.appointment_id
            JOIN applications p ON p.id = a.application_id
            WHERE b.token = \(token) AND p.public_consent
            """
        ).first?.string("name")
    }

    /// The term of the appointment as it stands now.
    public func term(ofBadge token: String) async throws -> Term? {
        try await rows(
            """
            SELECT t.true_from, t.ends_on, t.end_reason FROM badges b
            JOIN appointment_terms t ON t.appointment_id = b.appointment_id
            WHERE b.token = \(token) AND t.known_until = 'infinity'
            """
        ).first?.term()
    }

    public func badgeToken(ofApplication id: Int) async throws -> String? {
        try await rows(
            """
            SELECT b.token FROM badges b JOIN appointments a ON a.id = b.appointment_id
            WHERE a.application_id = \(id) AND a.undone_by IS NULL
            """
        ).first?.string("token")
    }
}

/// A badge in the operator's list.
public struct ListedBadge: Sendable {
    /// By which the next ones are asked for.
    public let id: Int
    public let token: String
    public let slug: String
    public let issuedOn: Day
    public let expiresOn: Day
    public let isRevoked: Bool

    init(_ row: Row) throws {
        id = try row.int("id")
        token = try row.string("token")
        slug = try row.string("class_slug")
        issuedOn = try row.day("issued_on")
        expiresOn = try row.day("expires_on")
        isRevoked = try row.bool("is_revoked")
    }
}

extension ReadStore {
    /// So many badges behind one, in the order in which they were issued.
    public func badges(after id: Int, limit: Int) async throws -> [ListedBadge] {
        try await rows(
            """
            SELECT id, token, class_slug, issued_on, expires_on,
                   revoked_at IS NOT NULL AS is_revoked
            FROM badges WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map { try ListedBadge($0) }
    }
}
