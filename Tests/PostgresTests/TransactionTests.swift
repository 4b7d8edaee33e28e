import Postgres
import TestSupport
import Testing

@Suite struct TransactionTests {
    struct Given: Error {}

    @Test func aThrowUndoesEverythingAndASavepointOnlyItsOwn() async throws {
        let bench = try await Bench()
        try await bench.use { bench in
            let counts = try await bench.database.transaction { session in
                try await session.execute("CREATE TEMP TABLE things (name text) ON COMMIT DROP")
                try await session.execute("INSERT INTO things VALUES ('kept')")
                try? await session.savepoint {
                    try await session.execute("INSERT INTO things VALUES ('undone')")
                    throw Given()
                }
                return try await session.rows("SELECT name FROM things").count
            }
            #expect(counts == 1)
            await #expect(throws: Given.self) {
                try await bench.database.transaction { session in
                    try await session.execute("CREATE TABLE never_made (name text)")
                    throw Given()
                }
            }
            let rows = try await bench.rows("SELECT to_regclass('never_made')::text AS name")
            #expect(try rows[0].optionalString("name") == nil)
        }
        await bench.close()
    }

    @Test func twoTransactionsNeverShareAConnection() async throws {
        let bench = try await Bench { $0.transactionConnections = 2 }
        let numbers = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await bench.use { bench in
                        try await bench.database.transaction { session in
                            let sql: SQL = "SELECT txid_current() AS number"
                            let first = try await session.rows(sql)[0].int("number")
                            _ = try await session.rows("SELECT pg_sleep(0.002)")
                            return (first, try await session.rows(sql)[0].int("number"))
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.allSatisfy { $0.0 == $0.1 })
        #expect(Set(numbers.map(\.0)).count == 20)
        await bench.close()
    }

    @Test func aBrokenPromiseIsToldByItsName() async throws {
        let bench = try await Bench()
        try await bench.use { bench in
            await #expect(throws: PostgresError.constraint(name: "things_once", sqlState: "23505"))
            {
                try await bench.database.transaction { session in
                    try await session.execute(
                        "CREATE TEMP TABLE things (n int CONSTRAINT things_once UNIQUE)")
                    try await session.execute("INSERT INTO things VALUES (1), (1)")
                }
            }
        }
        await bench.close()
    }

    @Test func readingSeesOneMomentAndCannotWrite() async throws {
        let bench = try await Bench()
        try await bench.use { bench in
            await #expect(throws: PostgresError.readOnly) {
                try await bench.database.reading {
                    _ = try await $0.rows("CREATE TABLE never_made (n int)")
                }
            }
        }
        await bench.close()
    }

    @Test func noFreeConnectionIsSaidInTime() async throws {
        let bench = try await Bench {
            $0.transactionConnections = 1
            $0.leaseDeadline = .milliseconds(50)
        }
        try await bench.use { bench in
            try await bench.database.transaction { _ in
                await #expect(throws: PostgresError.busy) {
                    try await bench.database.transaction { _ in }
                }
            }
        }
        await bench.close()
    }

    @Test func aHundredThousandRowsGoInAndComeOutByCopy() async throws {
        let bench = try await Bench()
        let (taken, sum) = try await bench.use { bench in
            try await bench.database.transaction { session in
                try await session.execute("CREATE TEMP TABLE things (n int) ON COMMIT DROP")
                let taken = try await session.copyIn("COPY things FROM STDIN") { put in
                    for start in stride(from: 0, to: 100_000, by: 1000) {
                        let text = (start..<start + 1000).map { "\($0)\n" }.joined()
                        try await put(Array(text.utf8))
                    }
                }
                var sum = 0
                try await session.copyOut("COPY things TO STDOUT") { row in
                    sum += Int(String(decoding: row.dropLast(), as: UTF8.self)) ?? 0
                }
                return (taken, sum)
            }
        }
        #expect(taken == 100_000)
        #expect(sum == 99_999 * 50_000)
        await bench.close()
    }

    @Test func whoeverWaitsForAConnectionIsCounted() async throws {
        let waits = PoolWaits()
        let bench = try await Bench {
            $0.transactionConnections = 1
            $0.leaseDeadline = .milliseconds(50)
            $0.waits = waits
        }
        let (held, take) = AsyncStream.makeStream(of: Void.self)
        let (wanted, release) = AsyncStream.makeStream(of: Void.self)
        async let holder = bench.use { bench in
            try await bench.database.transaction { session in
                _ = try await session.rows("SELECT 1 AS one")
                take.finish()
                for await _ in wanted {}
            }
        }
        for await _ in held {}
        #expect(waits.count == 0 && waits.refusedCount == 0)
        await #expect(throws: PostgresError.busy) {
            try await bench.use { try await $0.database.transaction { _ in } }
        }
        release.finish()
        try await holder
        try await bench.use { try await $0.database.transaction { _ in } }
        #expect(waits.count == 1 && waits.refusedCount == 1)
        #expect(waits.duration >= .milliseconds(50))
        await bench.close()
    }

    @Test func whoIsCancelledWaitsForNoConnectionAnyMore() async throws {
        let bench = try await Bench {
            $0.transactionConnections = 1
            $0.leaseDeadline = .seconds(600)
        }
        let (held, take) = AsyncStream.makeStream(of: Void.self)
        let (wanted, release) = AsyncStream.makeStream(of: Void.self)
        async let holder = bench.use { bench in
            try await bench.database.transaction { session in
                _ = try await session.rows("SELECT 1 AS one")
                take.finish()
                for await _ in wanted {}
            }
        }
        for await _ in held {}
        let gone = Task { try await bench.use { try await $0.database.transaction { _ in } } }
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        release.finish()
        try await holder
        try await bench.use { try await $0.database.transaction { _ in } }
        await bench.close()
    }

    @Test func whatATestDoesIsThrownAway() async throws {
        let bench = try await Bench()
        try await bench.use { bench in
            let database = try await SingleConnectionDatabase(on: bench.loop, Bench.settings())
            try await database.transaction {
                try await $0.execute("CREATE TABLE never_kept (n int)")
            }
            #expect(try await database.rows("SELECT count(*) AS n FROM never_kept").count == 1)
            try await database.startOver()
            let rows = try await database.rows("SELECT to_regclass('never_kept')::text AS name")
            #expect(try rows[0].optionalString("name") == nil)
            database.close()
        }
        await bench.close()
    }
}
