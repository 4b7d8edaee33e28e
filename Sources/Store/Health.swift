public import Enrollment
internal import Postgres

/// What waits or has failed, for whoever looks after the installation.
public struct WorkHealth: Sendable, Equatable {
    /// Jobs that wait since before the limit: nobody does them.
    public let stuckJobs: Int
    /// Jobs that broke again and again; a refusal is told on the page of what was asked for.
    public let brokenJobs: Int
    public let stuckLetters: Int
    public let failedLetters: Int

    public init(stuckJobs: Int, brokenJobs: Int, stuckLetters: Int, failedLetters: Int) {
        self.stuckJobs = stuckJobs
        self.brokenJobs = brokenJobs
        self.stuckLetters = stuckLetters
        self.failedLetters = failedLetters
    }
}

extension ReadStore {
    /// Work that is not done; "stuck" is what was due before `limit`.
    public func workHealth(stuckBefore limit: Instant) async throws -> WorkHealth {
        let row = try await rows(
            """
            SELECT (SELECT count(*) FROM jobs WHERE state = 'waiting' AND run_at < \(limit))
                     AS jobs,
                   (SELECT count(*) FROM jobs WHERE state = 'failed' AND failure_kind = 'broke')
                     AS broken_jobs,
                   (SELECT count(*) FROM outbox WHERE state = 'waiting' AND send_at < \(limit))
                     AS letters,
                   (SELECT count(*) FROM outbox WHERE state = 'failed') AS failed_letters
            """)[0]
        return WorkHealth(
            stuckJobs: try row.int("jobs"), brokenJobs: try row.int("broken_jobs"),
            stuckLetters: try row.int("letters"), failedLetters: try row.int("failed_letters"))
    }
}
