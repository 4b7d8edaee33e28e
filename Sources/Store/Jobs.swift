public import Enrollment
internal import Postgres

/// What a job does; its subject says to what.
public enum JobAct: String, CaseIterable, Sendable {
    case applyGroupFile = "apply_group_file"
    case applyAppointments = "apply_appointments"
    case applyRenewal = "apply_renewal"
    case undoGroupFile = "undo_group_file"
    case undoAppointments = "undo_appointments"
    case exportMinistry = "export_ministry"
}

/// Whether a job is still to be done.
public enum JobState: String, CaseIterable, Sendable { case waiting, done, failed }

/// Why a job ended without having done anything.
public enum JobFailure: Sendable, Equatable {
    /// The plan no longer said what would be done; another one took its place.
    case changed(newPlan: String)
    /// A rule said no, by the name of the refusal.
    case refused(String)
    /// It broke too often. The log knows the reference.
    case broke(reference: String)

    /// How a failure stands in the tables: what it is, and its plan, name or reference.
    public enum Kind: String, CaseIterable, Sendable { case changed, refused, broke }

    public var kind: Kind {
        switch self {
        case .changed: .changed
        case .refused: .refused
        case .broke: .broke
        }
    }

    var detail: String {
        switch self {
        case .changed(let newPlan): newPlan
        case .refused(let reason): reason
        case .broke(let reference): reference
        }
    }

    init(_ kind: Kind, _ detail: String) {
        self =
            switch kind {
            case .changed: .changed(newPlan: detail)
            case .refused: .refused(detail)
            case .broke: .broke(reference: detail)
            }
    }
}

/// 仕事. Work that outlives a request; a row, held by the transaction of whoever does it.
public struct JobRecord: Sendable {
    public let id: Int
    public let act: JobAct
    /// The number of the plan or export that it is about.
    public let subject: String
    public let state: JobState
    /// Why it failed; nil while it has not.
    public let failure: JobFailure?
    /// How often it broke.
    public let attempts: Int
    /// Nil before anything was said of it.
    public let progress: JobProgress?

    init(_ row: Row) throws {
        id = try row.int("id")
        act = try row.code("act")
        subject = try row.string("subject")
        state = try row.code("state")
        let detail = try row.string("failure")
        failure = try row.optionalCode("failure_kind").map { JobFailure($0, detail) }
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
    public func enqueue(_ act: JobAct, subject: String, at now: Instant) async throws {
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
            SELECT id, act, subject, state, failure_kind, failure, attempts,
                   NULL::integer AS done_count
            FROM jobs WHERE state = 'waiting' AND run_at <= \(now)
            ORDER BY run_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
            """
        ).first.map { try JobRecord($0) }
    }

    /// Ends work that still waits. Says whether it did: work whose commit was not heard of may have
    /// been done in the meantime, and then stays as it is.
    @discardableResult
    public func finishJob(
        _ job: JobRecord, failure: JobFailure? = nil, at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE jobs SET state = \(failure == nil ? JobState.done : .failed),
                            failure_kind = \(failure?.kind.rawValue),
                            failure = \(failure?.detail ?? ""), finished_at = \(now)
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
    public func job(_ act: JobAct, subject: String) async throws -> JobRecord? {
        try await rows(
            """
            SELECT j.id, act, subject, state, failure_kind, failure, attempts, done_count,
                   total_count
            FROM jobs j LEFT JOIN job_progress p ON p.job_id = j.id
            WHERE act = \(act) AND subject = \(subject)
            """
        ).first.map { try JobRecord($0) }
    }
}
