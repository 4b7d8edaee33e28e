import Glibc
import Postgres
import Testing

/// What a caller learns of a COMMIT, and of what undid a transaction before it.
@Suite(.serialized) struct CommitTests {
    /// A table whose rows take half a second to commit.
    static let slowCommit: [SQL] = [
        "DROP TABLE IF EXISTS slow_to_commit",
        "CREATE TABLE slow_to_commit (name text)",
        """
        CREATE OR REPLACE FUNCTION sleep_in_commit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END $$
        """,
        """
        CREATE CONSTRAINT TRIGGER sleeps AFTER INSERT ON slow_to_commit
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sleep_in_commit()
        """,
    ]

    @Test func aBackendKilledWhileCommittingLeavesAnUnknownOutcomeAndNoRow() async throws {
        let (bench, killer) = (try await Bench(), try await Bench())
        try await bench.use { bench in
            try await bench.database.transaction { session in
                for sql in Self.slowCommit { try await session.execute(sql) }
            }
        }
        let killing = Task {
            try await eventually {
                try await killer.rows(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE query = 'COMMIT' AND state = 'active' AND wait_event = 'PgSleep'
                    """
                ).count == 1
            }
        }
        try await bench.use { bench in
            await #expect(throws: PostgresError.unknownOutcome) {
                try await bench.database.transaction {
                    try await $0.execute("INSERT INTO slow_to_commit VALUES ('killed')")
                }
            }
        }
        #expect(try await killing.value)
        let rows = try await killer.rows("SELECT name FROM slow_to_commit")
        #expect(rows.isEmpty)
        await bench.close()
        await killer.close()
    }

    @Test func aCommitThatIsDoneAfterWeGaveUpIsUnknownToo() async throws {
        let bench = try await Bench {
            $0.commitDeadline = .milliseconds(200)
            $0.statementTimeout = .milliseconds(100)
            $0.grace = .milliseconds(20)
        }
        let reader = try await Bench()
        _ = try await reader.rows("DROP TABLE IF EXISTS committed_late")
        _ = try await reader.rows("CREATE TABLE committed_late (name text)")
        try await bench.use { bench in
            var pid = 0
            await #expect(throws: PostgresError.unknownOutcome) {
                try await bench.database.transaction { session in
                    pid = try await session.rows("SELECT pg_backend_pid() AS pid")[0].int("pid")
                    try await session.execute("INSERT INTO committed_late VALUES ('there')")
                    kill(pid_t(pid), SIGSTOP)
                }
            }
            kill(pid_t(pid), SIGCONT)
        }
        // The frozen backend had COMMIT in its socket: it is done after all.
        #expect(
            try await eventually {
                try await reader.rows("SELECT name FROM committed_late").count == 1
            })
        await bench.close()
        await reader.close()
    }

    @Test func aTransactionWhoseErrorWasSwallowedDoesNotPassForCommitted() async throws {
        let bench = try await Bench()
        try await bench.use { bench in
            await #expect(throws: PostgresError.rolledBack) {
                try await bench.database.transaction { session in
                    _ = try? await session.rows("SELECT 1 / 0 AS never")
                }
            }
        }
        await bench.close()
    }

    @Test func whatIsPutOffGoesWithCommitAndItsErrorUndoesAll() async throws {
        let bench = try await Bench { $0.transactionConnections = 1 }
        try await bench.use { bench in
            try await bench.database.transaction { session in
                try await session.execute("DROP TABLE IF EXISTS put_off")
                try await session.execute(
                    "CREATE TABLE put_off (n int CONSTRAINT put_off_once UNIQUE)")
            }
            try await bench.database.transaction { session in
                session.executeLater("INSERT INTO put_off VALUES (1)")
            }
            await #expect(throws: PostgresError.constraint(name: "put_off_once", sqlState: "23505"))
            {
                try await bench.database.transaction { session in
                    session.executeLater("INSERT INTO put_off VALUES (2)")
                    session.executeLater("INSERT INTO put_off VALUES (1)")
                }
            }
            let rows = try await bench.database.transaction { session in
                try await session.rows(together: [
                    "SELECT n FROM put_off", "SELECT count(*) AS n FROM put_off",
                ]).flatMap { try $0.map { try $0.int("n") } }
            }
            #expect(rows == [1, 1])
        }
        await bench.close()
    }

    @Test func whatIsPutOffHasItsOwnTimeAndLeavesTheOthersTheirs() async throws {
        let bench = try await Bench { $0.statementTimeout = .seconds(2) }
        try await bench.use { bench in
            try await bench.database.transaction { session in
                session.executeLater("SELECT 1")
                session.executeLater("SELECT pg_sleep(3)", within: .seconds(60))
                let rows = try await session.rows("SHOW statement_timeout")
                #expect(try rows[0].string("statement_timeout") == "2s")
                session.executeLater("SELECT pg_sleep(3)", within: .seconds(60))
            }
        }
        await bench.close()
    }

    @Test func aDeadlockIsToldAsWhatMayBeTriedAgain() async throws {
        let bench = try await Bench()
        _ = try await bench.rows("DROP TABLE IF EXISTS crossed")
        _ = try await bench.rows("CREATE TABLE crossed AS SELECT 1 AS n UNION SELECT 2")
        let meeting = Meeting()
        let failures = await withTaskGroup(of: PostgresError?.self) { group in
            for (first, second) in [(1, 2), (2, 1)] {
                group.addTask {
                    do {
                        try await bench.use { bench in
                            try await bench.database.transaction { session in
                                try await session.execute("SET LOCAL lock_timeout = '20s'")
                                try await session.execute(
                                    "UPDATE crossed SET n = n WHERE n = \(first)")
                                await meeting.arrive()
                                try await session.execute(
                                    "UPDATE crossed SET n = n WHERE n = \(second)")
                            }
                        }
                        return nil
                    } catch { return error as? PostgresError }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures.contains(.serialization) && failures.contains(nil))
        await bench.close()
    }
}

/// Where two wait for each other, so that what follows happens to both whatever the machine does.
private actor Meeting {
    private var other: CheckedContinuation<Void, Never>?

    func arrive() async {
        if let other { return other.resume() }
        await withCheckedContinuation { other = $0 }
    }
}
