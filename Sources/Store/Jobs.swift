public import Enrollment
internal import Postgres

/// 仕事. Work that outlives a request; a row, held by the transaction of whoever does it.
public struct JobRecord: Sendable {
    public let id: Int
    public let act: String
    public let subject: String
    public let state: String
    public let failure: String
    /// How often it broke.
    public let attempts: Int
    /// Nil before anything was said of it.
    public let progress: JobProgress?

    init(_ row: Row) throws {
        id = try row.int("id")
        act = try row.string("act")
        subject = try row.string("subject")
        state = try row.string("state")
        failure = try row.string("failure")
        attempts = try row.int("attempts")
        progress = try row.optionalInt("done_count").map {
            JobProgress(done: $0, of: try row.int("total_count"))
        }
    }
}

/// How far a job is, in whatever it counts: rows, people.
public struct JobProgress: Sendable, Equatable {
    public let done: Int
    public let total: Int

    public init(done: Int, of total: Int) {
        self.done = done
        self.total = total
    }
}

extension WriteTransaction {
    /// Asks for work once; asking again changes nothing.
    public func enqueue(_ act: String, subject: String, at now: Instant) async throws {
        try await execute(
            """
            INSERT INTO jobs (act, subject, run_at, created_at)
            VALUES (\(act), \(subject), \(now), \(now)) ON CONFLICT DO NOTHING
            """)
    }

    /// Takes the oldest work that is due, inside the caller's transaction: whoever dies gives it
    /// back, and what was half done is undone with it.
    public func takeJob(at now: Instant) async throws -> JobRecord? {
        try await rows(
            """
            SELECT id, act, subject, state, failure, attempts, NULL::integer AS done_count
            FROM jobs WHERE state = 'waiting' AND run_at <= \(now)
            ORDER BY run_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
            """
        ).first.map { try JobRecord($0) }
    }

    /// Ends work that still waits. Says whether it did: work whose commit was not heard of may have
    /// been done in the meantime, and then stays as it is.
    @discardableResult
    public func finishJob(
        _ job: JobRecord, failure: String = "", at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE jobs SET state = CASE WHEN \(failure) = '' THEN 'done' ELSE 'failed' END,
                            failure = \(failure), finished_at = \(now)
            WHERE id = \(job.id) AND state = 'waiting'
            """) > 0
    }

    /// Work that broke is tried again later. Does nothing to work that was done in the meantime.
    public func putOffJob(_ job: JobRecord, until later: Instant) async throws {
        try await execute(
            """
            UPDATE jobs SET attempts = attempts + 1, run_at = \(later)
            WHERE id = \(job.id) AND state = 'waiting'
            """)
    }

    /// Says how far a job is, in a transaction of its own.
    public func tell(_ progress: JobProgress, of job: JobRecord, at now: Instant) async throws {
        try await execute(
            """
            INSERT INTO job_progress (job_id, done_count, total_count, seen_at)
            VALUES (\(job.id), \(progress.done), \(progress.total), \(now))
            ON CONFLICT (job_id) DO UPDATE SET done_count = excluded.done_count,
                total_count = excluded.total_count, seen_at = excluded.seen_at
            """)
    }
}

extension ReadStore {
    public func job(_ act: String, subject: String) async throws -> JobRecord? {
        try await rows(
            """
            SELECT j.id, act, subject, state, failure, attempts, done_count, total_count
            FROM jobs j LEFT JOIN job_progress p ON p.job_id = j.id
            WHERE act = \(act) AND subject = \(subject)
            """
        ).first.map { try JobRecord($0) }
    }
}
