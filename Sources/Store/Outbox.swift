public import Enrollment
internal import Postgres

/// A letter that waits to be sent, written in the transaction that has reason to send it.
public struct OutgoingLetter: Sendable {
    public let messageID: String
    public let kind: LetterKind
    public let recipient: String
    public let subject: String
    public let body: String
    public let personID: Int?
    /// Written for the record only: invented people's letters are never sent.
    public let isSuppressed: Bool
    /// The letter that it says once more.
    public var repeats: Int?

    public init(
        _ kind: LetterKind, to recipient: String, subject: String, body: String, messageID: String,
        personID: Int? = nil, isSuppressed: Bool = false
    ) {
        self.messageID = messageID
        self.kind = kind
        self.recipient = recipient
        self.subject = subject
        self.body = body
        self.personID = personID
        self.isSuppressed = isSuppressed
    }
}

/// A letter that a worker has taken for a while.
public struct LeasedLetter: Sendable {
    public let id: Int
    public let lane: MailLane
    public let messageID: String
    public let recipient: String
    public let subject: String
    public let body: String
    /// How often it was tried, this time included.
    public let attempts: Int
    public let createdAt: Instant

    static let columns: SQL =
        "id, lane, message_id, recipient, subject, body, attempts, created_at"

    init(_ row: Row) throws {
        id = try row.int("id")
        lane = try row.code("lane")
        messageID = try row.string("message_id")
        recipient = try row.string("recipient")
        subject = try row.string("subject")
        body = try row.string("body")
        attempts = try row.int("attempts")
        createdAt = try row.instant("created_at")
    }

    /// What letters are shared out by: the part of the address behind the sign.
    public var domain: String { recipient.split(separator: "@").last.map(String.init) ?? "" }
}

/// Whose letters are for a while, by a token that nobody else has.
public struct LetterLease: Sendable {
    public let token: String
    public let now: Instant
    public let until: Instant

    public init(token: String, at now: Instant, until: Instant) {
        self.token = token
        self.now = now
        self.until = until
    }
}

extension WriteTransaction {
    /// Lays letters into the outbox, with what is said next. Those to whoever has died are kept for
    /// the record. None leaves before `later`.
    public func post(
        _ letters: [OutgoingLetter], at now: Instant, leaving later: Instant? = nil
    ) {
        guard !letters.isEmpty else { return }
        let states = letters.map { ($0.isSuppressed ? LetterState.suppressed : .waiting).rawValue }
        let lanes = letters.map { MailLane(of: $0.kind, among: letters.count).rawValue }
        executeLater(
            """
            INSERT INTO outbox (message_id, letter, recipient, subject, body, person_id, state,
                                lane, repeats, send_at, created_at)
            SELECT f.message, f.letter, f.recipient, f.subject, f.body, f.person,
                   CASE WHEN \(ReadStore.hasDied("f.person")) THEN 'suppressed' ELSE f.state END,
                   f.lane, f.repeats, \(later ?? now)::timestamptz, \(now)::timestamptz
            FROM unnest(\(letters.map(\.messageID))::text[],
                        \(letters.map(\.kind.rawValue))::text[],
                        \(letters.map(\.recipient))::text[], \(letters.map(\.subject))::text[],
                        \(letters.map(\.body))::text[], \(letters.map(\.personID))::bigint[],
                        \(states)::text[], \(lanes)::text[],
                        \(letters.map(\.repeats))::bigint[])
              AS f(message, letter, recipient, subject, body, person, state, lane, repeats)
            """, rows: letters.count)
    }

    /// Takes letters of a lane that are due, so that nobody else does until `until`. The domains
    /// take turns, the one after `domain` first, and share the places; of one domain those that
    /// were written first come first, because of two codes the newer one counts.
    public func leaseLetters(
        _ count: Int, in lane: MailLane, after domain: String, under lease: LetterLease
    ) async throws -> [LeasedLetter] {
        let due: SQL = """
            o.state = 'waiting' AND o.lane = \(lane.rawValue) AND o.send_at <= \(lease.now)
              AND (o.lease_until IS NULL OR o.lease_until <= \(lease.now))
            """
        return try await rows(
            """
            WITH RECURSIVE domains AS (
                (SELECT \(Self.domain) AS domain, 1 AS place FROM outbox o
                 WHERE \(due) AND \(Self.domain) > \(domain) ORDER BY \(Self.domain) LIMIT 1)
                UNION ALL
                SELECT next.domain, d.place + 1 FROM domains d CROSS JOIN LATERAL (
                    SELECT \(Self.domain) AS domain FROM outbox o
                    WHERE \(due) AND \(Self.domain) > d.domain ORDER BY \(Self.domain) LIMIT 1) next
                WHERE d.place < \(count)::integer),
            picked AS MATERIALIZED (
                SELECT f.id FROM domains d CROSS JOIN LATERAL (
                    SELECT o.id FROM outbox o WHERE \(due) AND \(Self.domain) = d.domain
                    ORDER BY o.send_at, o.id
                    LIMIT (SELECT greatest(1, \(count)::integer / count(*)) FROM domains)
                    FOR UPDATE SKIP LOCKED) f),
            taken AS (
                UPDATE outbox SET lease_until = \(lease.until), lease_token = \(lease.token),
                                  attempts = attempts + 1
                WHERE id IN (SELECT id FROM picked) RETURNING send_at,
                \(LeasedLetter.columns))
            SELECT * FROM taken ORDER BY send_at, id
            """
        ).map { try LeasedLetter($0) }
    }

    private static let domain: SQL =
        "(lower(split_part(o.recipient, '@', 2)) COLLATE \"C\")"

    /// Records that a letter was taken by the mail server; `body` is what is kept of it.
    public func delivered(
        _ letter: Int, token: String, keeping body: String, at now: Instant
    ) async throws {
        try await execute(
            """
            UPDATE outbox SET state = 'delivered', delivered_at = \(now), lease_until = NULL,
                              failure = '', body = \(body)
            WHERE id = \(letter) AND lease_token = \(token)
            """)
    }

    /// Records that its recipient will never take it.
    public func ended(_ letter: Int, token: String, why: String) async throws {
        try await execute(
            """
            UPDATE outbox SET state = 'failed', failure = \(why), lease_until = NULL
            WHERE id = \(letter) AND lease_token = \(token)
            """)
    }

    /// Records that it was not taken, and when it is tried again. What was nothing of its own does
    /// not count as a try.
    public func putOff(
        _ letter: Int, token: String, why: String, until later: Instant, counts: Bool
    ) async throws {
        try await execute(
            """
            UPDATE outbox SET failure = \(why), lease_until = NULL, send_at = \(later),
                              attempts = attempts - CASE WHEN \(counts) THEN 0 ELSE 1 END
            WHERE id = \(letter) AND lease_token = \(token)
            """)
    }

    /// Gives back letters that were taken and not tried.
    public func giveBack(_ letters: [Int], token: String) async throws {
        try await execute(
            """
            UPDATE outbox SET lease_until = NULL, attempts = attempts - 1
            WHERE id = ANY(\(letters)::bigint[]) AND lease_token = \(token) AND state = 'waiting'
            """)
    }
}

extension WriteTransaction {
    /// The newest letters, for the demo's page of what it would have sent. Those of invented people
    /// were written before anybody else came, and there are tens of thousands of them.
    /// Pages cannot read what letters say.
    public func newestLetters(_ count: Int) async throws -> [LeasedLetter] {
        try await rows(
            """
            SELECT \(LeasedLetter.columns)
            FROM (SELECT * FROM outbox ORDER BY id DESC LIMIT 500) newest
            WHERE state <> 'suppressed' ORDER BY id DESC LIMIT \(count)
            """
        ).map { try LeasedLetter($0) }
    }
}
