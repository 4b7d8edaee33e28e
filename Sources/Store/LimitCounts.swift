public import Enrollment
internal import Postgres

extension WriteTransaction {
    /// Counts one more of a subject's, unless `ceiling` of them were counted since the first, which
    /// was after `start`; gives how many there are, or nil. A refused one changes nothing, so that
    /// nobody makes a wait longer by asking. Whoever asks at the same moment waits for this
    /// transaction.
    public func countOne(
        _ limiter: String, of subject: String, upTo ceiling: Int, since start: Instant,
        at now: Instant
    ) async throws -> Int? {
        try await rows(
            """
            INSERT INTO limit_counts AS c (limiter, subject, began_at, count)
            VALUES (\(limiter), \(subject), \(now), 1)
            ON CONFLICT (limiter, subject) DO UPDATE SET
                count = CASE WHEN c.began_at > \(start) AND c.began_at <= \(now)
                             THEN c.count + 1 ELSE 1 END,
                began_at = CASE WHEN c.began_at > \(start) AND c.began_at <= \(now)
                                THEN c.began_at ELSE excluded.began_at END
            WHERE c.count < \(ceiling) OR c.began_at <= \(start) OR c.began_at > \(now)
            RETURNING count
            """
        ).first.map { try $0.int("count") }
    }

    /// One was counted that is none after all.
    public func giveBackOne(_ limiter: String, of subject: String) async throws {
        try await execute(
            """
            UPDATE limit_counts SET count = count - 1
            WHERE limiter = \(limiter) AND subject = \(subject) AND count > 0
            """)
    }

    /// A subject begins anew.
    public func forgetCount(_ limiter: String, of subject: String) async throws {
        try await execute(
            "DELETE FROM limit_counts WHERE limiter = \(limiter) AND subject = \(subject)")
    }
}

extension ReadStore {
    /// When the count of a subject began.
    public func countBegan(_ limiter: String, of subject: String) async throws -> Instant? {
        try await rows(
            """
            SELECT began_at FROM limit_counts
            WHERE limiter = \(limiter) AND subject = \(subject)
            """
        ).first.map { try $0.instant("began_at") }
    }

    /// What was counted of all subjects together whose count began after `start`.
    public func countOfAll(_ limiter: String, since start: Instant) async throws -> Int {
        try await rows(
            """
            SELECT coalesce(sum(count), 0)::bigint AS n FROM limit_counts
            WHERE limiter = \(limiter) AND began_at > \(start)
            """)[0].int("n")
    }
}
