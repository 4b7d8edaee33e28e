public import Enrollment
internal import Postgres

/// 仕事. Work that outlives a request; a row, taken for a while by whoever does it.
public struct JobRecord: Sendable {
    public let act: String
    public let subject: String
    public let state: String
    public let failure: String

    init(_ row: Row) throws {
        act = try row.string("act")
        subject = try row.string("subject")
        state = try row.string("state")
        failure = try row.string("failure")
    }
}

extension Writing {
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
            SELECT act, subject, state, failure FROM jobs
            WHERE state = 'waiting' AND run_at <= \(now)
            ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
            """
        ).first.map { try JobRecord($0) }
    }

    public func finishJob(_ job: JobRecord, failure: String = "", at now: Instant) async throws {
        try await execute(
            """
            UPDATE jobs SET state = CASE WHEN \(failure) = '' THEN 'done' ELSE 'failed' END,
                            failure = \(failure), finished_at = \(now)
            WHERE act = \(job.act) AND subject = \(job.subject)
            """)
    }
}

extension Reading {
    public func job(_ act: String, subject: String) async throws -> JobRecord? {
        try await rows(
            """
            SELECT act, subject, state, failure FROM jobs
            WHERE act = \(act) AND subject = \(subject)
            """
        ).first.map { try JobRecord($0) }
    }
}
