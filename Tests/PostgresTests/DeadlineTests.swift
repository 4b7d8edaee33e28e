import Glibc
import Postgres
import Testing

/// A backend that stands still (SIGSTOP), as a frozen server or a cut network looks to us.
@Suite struct DeadlineTests {
    @Test func aReadOnAFrozenBackendIsGivenUpAndThePoolRecovers() async throws {
        let bench = try await Bench {
            $0.readConnections = 1
            $0.statementTimeout = .milliseconds(300)
        }
        let pid = try await bench.rows("SELECT pg_backend_pid() AS pid")[0].int("pid")
        try await withFrozen(pid) {
            await #expect(throws: PostgresError.deadline) {
                try await bench.rows("SELECT 1 AS one")
            }
            let count = try await bench.rows("SELECT 2 AS two").count
            #expect(count == 1)
        }
        await bench.close()
    }

    @Test func aTransactionOnAFrozenBackendIsGivenUpAndItsLeaseComesBack() async throws {
        let bench = try await Bench {
            $0.transactionConnections = 1
            $0.statementTimeout = .milliseconds(300)
        }
        try await bench.use { bench in
            await #expect(throws: PostgresError.deadline) {
                try await bench.database.transaction { session in
                    let pid = try await session.rows("SELECT pg_backend_pid() AS pid")[0]
                        .int("pid")
                    try await withFrozen(pid) { _ = try await session.rows("SELECT 1 AS one") }
                }
            }
            try await bench.database.transaction { session in
                let count = try await session.rows("SELECT 1 AS one").count
                #expect(count == 1)
            }
        }
        await bench.close()
    }

    @Test func aCommitOnAFrozenBackendHasAnUnknownOutcome() async throws {
        let bench = try await Bench {
            $0.statementTimeout = .milliseconds(300)
            $0.commitDeadline = .milliseconds(600)
        }
        try await bench.use { bench in
            var frozen: Int?
            await #expect(throws: PostgresError.unknownOutcome) {
                try await bench.database.transaction { session in
                    let pid = try await session.rows("SELECT pg_backend_pid() AS pid")[0]
                        .int("pid")
                    frozen = pid
                    kill(pid_t(pid), SIGSTOP)
                }
            }
            if let frozen { kill(pid_t(frozen), SIGCONT) }
        }
        await bench.close()
    }

    @Test func readersBehindAFrozenConnectionAreServedByTheOthers() async throws {
        let bench = try await Bench {
            $0.readConnections = 2
            $0.statementTimeout = .seconds(2)
        }
        let pid = try await bench.rows("SELECT pg_backend_pid() AS pid")[0].int("pid")
        try await withFrozen(pid) {
            // The first is caught on the frozen connection; those that come with it are not.
            let outcomes = await withTaskGroup(of: Int?.self) { group in
                for number in 1...40 {
                    group.addTask {
                        try? await bench.rows("SELECT \(number)::int AS value")[0].int("value")
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 != nil } == 39)
        }
        await bench.close()
    }

    @Test func theServerStopsWorkingAtWhatWasGivenUp() async throws {
        let bench = try await Bench { $0.statementTimeout = .seconds(60) }
        let watcher = try await Bench()
        let call = Task { try await bench.rows("SELECT pg_sleep(55)").count }
        func isWorking() async throws -> Bool {
            try await watcher.rows(
                """
                SELECT pid FROM pg_stat_activity
                WHERE query LIKE '%pg_sleep(55)%' AND state = 'active' AND pid <> pg_backend_pid()
                """
            ).count == 1
        }
        #expect(try await eventually { try await isWorking() })
        await bench.close()
        await #expect(throws: PostgresError.lost) { try await call.value }
        #expect(try await eventually { try await !isWorking() })
        await watcher.close()
    }
}

/// Runs `body` while a process stands still.
private func withFrozen(_ pid: Int, _ body: () async throws -> Void) async throws {
    kill(pid_t(pid), SIGSTOP)
    defer { kill(pid_t(pid), SIGCONT) }
    try await body()
}
