public import Enrollment
internal import Postgres

/// What waits or has failed, for whoever looks after the installation.
public struct WorkHealth: Sendable, Equatable {
    /// Jobs that wait since before the limit: nobody does them.
    public let stuckJobs: Int
    public let failedJobs: Int
    public let stuckLetters: Int
    public let failedLetters: Int
}

extension Reading {
    /// Work that is not done; "stuck" is what was due before `limit`.
    public func workHealth(stuckBefore limit: Instant) async throws -> WorkHealth {
        let row = try await rows(
            """
            SELECT (SELECT count(*) FROM jobs WHERE state = 'waiting' AND run_at < \(limit)) AS jobs,
                   (SELECT count(*) FROM jobs WHERE state = 'failed') AS failed_jobs,
                   (SELECT count(*) FROM outbox WHERE state = 'waiting' AND send_at < \(limit))
                     AS letters,
                   (SELECT count(*) FROM outbox WHERE state = 'failed') AS failed_letters
            """)[0]
        return WorkHealth(
            stuckJobs: try row.int("jobs"), failedJobs: try row.int("failed_jobs"),
            stuckLetters: try row.int("letters"), failedLetters: try row.int("failed_letters"))
    }
}
