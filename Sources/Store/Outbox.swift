public import Enrollment
internal import Postgres

/// A letter that waits to be sent, written in the transaction that has reason to send it.
public struct OutgoingLetter: Sendable {
    public let messageID: String
    public let letter: String
    public let recipient: String
    public let subject: String
    public let body: String
    public let personID: Int?
    /// Written for the record only: invented people's letters are never sent.
    public let isSuppressed: Bool

    public init(
        _ letter: String, to recipient: String, subject: String, body: String, messageID: String,
        personID: Int? = nil, isSuppressed: Bool = false
    ) {
        self.messageID = messageID
        self.letter = letter
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
    public let messageID: String
    public let recipient: String
    public let subject: String
    public let body: String
    public let attempts: Int
    public let createdAt: Instant
}

extension Writing {
    /// Lays letters into the outbox, with what is said next.
    public func post(_ letters: [OutgoingLetter], at now: Instant) {
        guard !letters.isEmpty else { return }
        let states = letters.map { $0.isSuppressed ? "suppressed" : "waiting" }
        executeLater(
            """
            INSERT INTO outbox (message_id, letter, recipient, subject, body, person_id, state,
                                send_at, created_at)
            SELECT f.message, f.letter, f.recipient, f.subject, f.body, f.person, f.state,
                   \(now)::timestamptz, \(now)::timestamptz
            FROM unnest(\(letters.map(\.messageID))::text[], \(letters.map(\.letter))::text[],
                        \(letters.map(\.recipient))::text[], \(letters.map(\.subject))::text[],
                        \(letters.map(\.body))::text[], \(letters.map(\.personID))::bigint[],
                        \(states)::text[])
              AS f(message, letter, recipient, subject, body, person, state)
            """, rows: letters.count)
    }

    /// Takes letters that are due, so that nobody else does until `until`; those that were written
    /// first come first, because of two codes the newer one counts.
    public func leaseLetters(
        _ count: Int, token: String, at now: Instant, until: Instant
    ) async throws -> [LeasedLetter] {
        try await rows(
            """
            WITH taken AS (
                UPDATE outbox SET lease_until = \(until), lease_token = \(token),
                                  attempts = attempts + 1
                WHERE id IN (
                    SELECT id FROM outbox WHERE state = 'waiting' AND send_at <= \(now)
                      AND (lease_until IS NULL OR lease_until <= \(now))
                    ORDER BY send_at, id LIMIT \(count) FOR UPDATE SKIP LOCKED)
                RETURNING id, message_id, recipient, subject, body, attempts, created_at)
            SELECT * FROM taken ORDER BY id
            """
        ).map {
            LeasedLetter(
                id: try $0.int("id"), messageID: try $0.string("message_id"),
                recipient: try $0.string("recipient"), subject: try $0.string("subject"),
                body: try $0.string("body"), attempts: try $0.int("attempts"),
                createdAt: try $0.instant("created_at"))
        }
    }

    /// Records that a letter was taken by the mail server.
    public func delivered(_ letter: Int, token: String, at now: Instant) async throws {
        try await execute(
            """
            UPDATE outbox SET state = 'delivered', delivered_at = \(now), lease_until = NULL
            WHERE id = \(letter) AND lease_token = \(token)
            """)
    }

    /// Records that it was not; with `again` it is tried then, without never.
    public func notDelivered(
        _ letter: Int, token: String, why: String, again: Instant?
    ) async throws {
        try await execute(
            """
            UPDATE outbox SET failure = \(why), lease_until = NULL,
                state = CASE WHEN \(again?.precise)::timestamptz IS NULL
                             THEN 'failed' ELSE 'waiting' END,
                send_at = coalesce(\(again?.precise)::timestamptz, send_at)
            WHERE id = \(letter) AND lease_token = \(token)
            """)
    }
}

extension Reading {
    /// The newest letters, for the demo's page of what it would have sent. Those of invented people
    /// were written before anybody else came, and there are tens of thousands of them.
    public func newestLetters(_ count: Int) async throws -> [LeasedLetter] {
        try await rows(
            """
            SELECT id, message_id, recipient, subject, body, attempts, created_at
            FROM (SELECT * FROM outbox ORDER BY id DESC LIMIT 500) newest
            WHERE state <> 'suppressed' ORDER BY id DESC LIMIT \(count)
            """
        ).map {
            LeasedLetter(
                id: try $0.int("id"), messageID: try $0.string("message_id"),
                recipient: try $0.string("recipient"), subject: try $0.string("subject"),
                body: try $0.string("body"), attempts: try $0.int("attempts"),
                createdAt: try $0.instant("created_at"))
        }
    }
}
