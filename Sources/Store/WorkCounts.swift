public import Enrollment
internal import Postgres

/// What waits behind the pages, for whoever watches the installation.
public struct WorkCounts: Sendable {
    /// Jobs of one act in one state.
    public struct Jobs: Sendable {
        public let act: JobAct
        public let state: JobState
        public let count: Int
        /// When the oldest was asked for.
        public let oldest: Instant
    }

    public let jobs: [Jobs]
    public let lanes: [WaitingLane]
    public let endedLetters: Int
    public let outcomes: [MailOutcome: Int]
    public let isMailHeld: Bool
}

extension ReadStore {
    public func workCounts() async throws -> WorkCounts {
        WorkCounts(
            jobs: try await jobCounts(), lanes: try await waitingLanes(),
            endedLetters: try await rows(
                "/* tally */ SELECT count(*)::int AS n FROM outbox WHERE state = 'failed'"
            )[0].int("n"),
            outcomes: try await mailOutcomes(), isMailHeld: try await mailHold() != nil)
    }

    private func jobCounts() async throws -> [WorkCounts.Jobs] {
        try await rows(
            """
            /* tally */ SELECT act, state, count(*)::int AS jobs, min(created_at) AS oldest
            FROM jobs GROUP BY act, state ORDER BY act, state
            """
        ).map {
            WorkCounts.Jobs(
                act: try $0.code("act"), state: try $0.code("state"),
                count: try $0.int("jobs"), oldest: try $0.instant("oldest"))
        }
    }
}
