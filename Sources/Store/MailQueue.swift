public import Enrollment
internal import Postgres

/// Why no letter leaves, since when, and when it is tried again.
public struct MailHold: Sendable, Equatable {
    public let why: String
    public let since: Instant
    public let until: Instant
    /// How often it was tried in vain.
    public let tries: Int

    public init(why: String, since: Instant, until: Instant, tries: Int) {
        self.why = why
        self.since = since
        self.until = until
        self.tries = tries
    }
}

/// What waits in a lane.
public struct WaitingLane: Sendable {
    public let lane: MailLane
    public let count: Int
    /// When the oldest was written; nil when none waits.
    public let oldest: Instant?
}

/// A letter as the operator sees it: without the address and without what it says.
public struct LetterInQueue: Sendable {
    public let id: Int
    public let lane: MailLane
    public let letter: LetterKind
    public let state: LetterState
    public let domain: String
    public let attempts: Int
    public let createdAt: Instant
    public let sendAt: Instant
    public let failure: String
}

extension ReadStore {
    /// The hold on the queue, if there is one.
    public func mailHold() async throws -> MailHold? {
        try await rows("SELECT why, since, until, tries FROM mail_hold").first.map {
            MailHold(
                why: try $0.string("why"), since: try $0.instant("since"),
                until: try $0.instant("until"), tries: try $0.int("tries"))
        }
    }

    /// How many letters wait in each lane.
    public func waitingLanes() async throws -> [WaitingLane] {
        let found = try await rows(
            """
            /* tally */ SELECT lane, count(*)::int AS letters, min(created_at) AS oldest
            FROM outbox WHERE state = 'waiting' GROUP BY lane ORDER BY lane
            """
        ).map {
            WaitingLane(
                lane: try $0.code("lane"), count: try $0.int("letters"),
                oldest: try $0.optionalInstant("oldest"))
        }
        return MailLane.allCases.map { lane in
            found.first { $0.lane == lane } ?? WaitingLane(lane: lane, count: 0, oldest: nil)
        }
    }

    /// Letters that wait and were refused before, or that ended without having arrived; oldest
    /// first.
    public func lettersInTrouble(ended: Bool, limit: Int) async throws -> [LetterInQueue] {
        let which: SQL =
            ended ? "state = 'failed'" : "state = 'waiting' AND failure <> ''"
        return try await rows(
            """
            SELECT id, lane, letter, state, split_part(recipient, '@', 2) AS domain, attempts,
                   created_at, send_at, failure
            FROM outbox WHERE \(which) ORDER BY id LIMIT \(limit)
            """
        ).map {
            LetterInQueue(
                id: try $0.int("id"), lane: try $0.code("lane"), letter: try $0.code("letter"),
                state: try $0.code("state"), domain: try $0.string("domain"),
                attempts: try $0.int("attempts"), createdAt: try $0.instant("created_at"),
                sendAt: try $0.instant("send_at"), failure: try $0.string("failure"))
        }
    }

    /// How often letters came to each end since the beginning, by the word of `MailOutcome`.
    public func mailOutcomes() async throws -> [MailOutcome: Int] {
        var counts: [MailOutcome: Int] = [:]
        for outcome in MailOutcome.allCases {
            counts[outcome] = try await rows(
                "SELECT last_value AS n FROM counters WHERE name = \(outcome.counter)"
            ).first?.int("n")
        }
        return counts
    }
}

/// What can become of one try to send a letter.
public enum MailOutcome: String, CaseIterable, Sendable {
    case delivered, refused, putOff = "put_off"

    var counter: String { "mail-\(rawValue)" }
}

extension WriteTransaction {
    /// Counts how a try ended, for whoever watches the installation.
    public func count(_ outcome: MailOutcome) async throws {
        _ = try await takeNumbers(1, of: outcome.counter)
    }

    /// Holds every letter until then. Says whether the hold is new.
    public func holdMail(why: String, at now: Instant, until later: Instant) async throws -> Bool {
        try await rows(
            """
            INSERT INTO mail_hold (why, since, until, tries)
            VALUES (\(why), \(now), \(later), 1)
            ON CONFLICT (only_row) DO UPDATE SET why = excluded.why, until = excluded.until,
                tries = mail_hold.tries + 1
            RETURNING tries
            """)[0].int("tries") == 1
    }

    /// Lets letters go again. Says whether they were held.
    public func releaseMail(at now: Instant) async throws -> Bool {
        try await bringBackHeld(at: now)
        return try await execute("DELETE FROM mail_hold") > 0
    }

    /// A hold is tried anew at once: something may have been put right.
    public func endMailPause(at now: Instant) async throws {
        try await bringBackHeld(at: now)
        try await execute("UPDATE mail_hold SET until = \(now) WHERE until > \(now)")
    }

    /// The letters with which it was tried in vain are due again.
    private func bringBackHeld(at now: Instant) async throws {
        try await execute(
            """
            UPDATE outbox SET send_at = \(now) WHERE state = 'waiting' AND send_at > \(now)
              AND failure IN (SELECT why FROM mail_hold)
            """)
    }

    /// Letters are tried again now: those that wait, or of `ids` only those; with `ended` also
    /// those that were given up, except codes, which nobody waits for any more, and those whose
    /// text was forgotten. Gives how many wait to be sent now, those among them that were due
    /// already.
    public func retryLetters(_ ids: [Int]?, ended: Bool, at now: Instant) async throws -> Int {
        let which: SQL = ids.map { "AND id = ANY(\($0)::bigint[])" } ?? ""
        let states = ended ? ["waiting", "failed"] : ["waiting"]
        return try await executeLong(
            """
            UPDATE outbox SET state = 'waiting', attempts = 0, send_at = least(send_at, \(now))
            WHERE state = ANY(\(states)::text[])
              AND (state = 'waiting' OR (letter <> 'code' AND body <> ''))
              \(which)
            """)
    }
}
