import Postgres
import Testing

@Suite struct ReadTests {
    @Test(arguments: ["", "'", "\"; DROP TABLE x; --", "𠮷 髙 葛\u{E0100}", "a\\b{c,d}\"e", "NULL"])
    func textComesBackAsItWent(text: String) async throws {
        let bench = try await Bench()
        let row = try #require(try await bench.rows("SELECT \(text)::text AS value").first)
        #expect(Array(try row.string("value").utf8) == Array(text.utf8))
        let texts = [text, "b"]
        let rows = try await bench.rows("SELECT unnest(\(texts)::text[]) AS value")
        #expect(try rows.map { Array(try $0.string("value").utf8) } == texts.map { Array($0.utf8) })
        await bench.close()
    }

    @Test func valuesOfEveryKindAreBound() async throws {
        let bench = try await Bench()
        let (bytes, none): ([UInt8], String?) = ([0, 1, 0x7F, 0x80, 0xFF], nil)
        let sql: SQL = """
            SELECT \(7)::int AS number, \(true)::bool AS yes, \(bytes)::bytea AS bytes,
                   \(none)::text AS none, \([1, 2, 3])::int[] AS numbers
            """
        let row = try #require(try await bench.rows(sql).first)
        #expect(try row.int("number") == 7)
        #expect(try row.bool("yes"))
        #expect(try row.bytes("bytes") == bytes)
        #expect(try row.optionalString("none") == nil)
        #expect(try row.string("numbers") == "{1,2,3}")
        #expect(throws: CorruptRow.self) { try row.int("yes") }
        #expect(throws: CorruptRow.self) { try row.int("missing") }
        await bench.close()
    }

    @Test func anEmptyArrayIsAnEmptyArrayOfItsKind() async throws {
        let bench = try await Bench()
        let (numbers, texts, none): ([Int], [String], [Int?]) = ([], [], [])
        let sql: SQL = """
            SELECT \(numbers)::bigint[] AS numbers, \(texts)::text[] AS texts,
                   \(none)::bigint[] AS none, \([UInt8]())::bytea AS bytes
            """
        let row = try #require(try await bench.rows(sql).first)
        for column in ["numbers", "texts", "none"] { #expect(try row.string(column) == "{}") }
        #expect(try row.bytes("bytes") == [])
        await bench.close()
    }

    @Test func aSplicedStatementNumbersItsParametersAnew() async throws {
        let bench = try await Bench()
        let condition: SQL = "number > \(2) AND number < \(5)"
        let rows = try await bench.rows(
            "SELECT number FROM generate_series(\(1)::int, 9) number WHERE \(condition)")
        #expect(try rows.map { try $0.int("number") } == [3, 4])
        await bench.close()
    }

    @Test func nulInTextIsRefusedAndNotCut() async throws {
        let bench = try await Bench()
        await #expect(throws: PostgresError.nulInText) {
            try await bench.rows("SELECT \("a\0b")::text AS value")
        }
        await bench.close()
    }

    @Test func manyReadsShareFewConnectionsAndOnesErrorIsItsOwn() async throws {
        let bench = try await Bench { $0.readConnections = 2 }
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...200 {
                group.addTask {
                    if number % 10 == 0 {
                        await #expect(throws: PostgresError.self) {
                            try await bench.rows("SELECT 1 / \(0)::int AS value")
                        }
                        return number
                    }
                    let rows = try await bench.rows("SELECT \(number)::int AS value")
                    return try rows[0].int("value")
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 200 * 201 / 2)
        await bench.close()
    }

    @Test func aKilledConnectionIsMadeAgainWithItsStatements() async throws {
        let bench = try await Bench { $0.readConnections = 1 }
        let sql: SQL = "SELECT pg_backend_pid() AS pid"
        let first = try await bench.rows(sql)[0].int("pid")
        let other = try await Bench()
        _ = try await other.rows("SELECT pg_terminate_backend(\(first)::int)")
        var second: Int?
        for _ in 0..<20 where second == nil {
            second = try? await bench.rows(sql)[0].int("pid")
        }
        #expect(second != nil && second != first)
        await bench.close()
        await other.close()
    }

    @Test func aStatementWhosePlanAMigrationChangedIsMadeAnew() async throws {
        let bench = try await Bench {
            $0.readConnections = 1
            $0.transactionConnections = 1
        }
        let all: SQL = "SELECT * FROM replanned"
        _ = try await bench.rows("DROP TABLE IF EXISTS replanned")
        _ = try await bench.rows("CREATE TABLE replanned AS SELECT 1 AS n")
        let inTransaction: @Sendable (isolated Bench) async throws -> Int = { bench in
            try await bench.database.transaction { try await $0.rows(all)[0].int("n") }
        }
        #expect(try await bench.rows(all)[0].int("n") == 1)
        #expect(try await bench.use(inTransaction) == 1)
        _ = try await bench.rows("ALTER TABLE replanned ALTER n TYPE text, ADD m integer DEFAULT 2")
        // A read is answered as if nothing had been, and those asked with it are, too.
        async let other = bench.rows("SELECT 3 AS n")
        #expect(try await bench.rows(all)[0].int("m") == 2)
        #expect(try await other[0].int("n") == 3)
        // A transaction is undone by the server: whoever ran it runs it again, once.
        await #expect(throws: PostgresError.planChanged) { try await bench.use(inTransaction) }
        #expect(try await bench.use(inTransaction) == 1)
        await bench.close()
    }

    @Test func aServerThatDoesNotAnswerIsGivenUp() async throws {
        let bench = try await Bench { $0.statementTimeout = .milliseconds(200) }
        await #expect(throws: PostgresError.statementTimeout) {
            try await bench.rows("SELECT pg_sleep(30)")
        }
        #expect(try await bench.rows("SELECT 1 AS one").count == 1)
        await bench.close()
    }
}
