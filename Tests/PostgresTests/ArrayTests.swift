import Postgres
import Testing

@Suite struct ArrayTests {
    private static let texts = [
        "", "'", "a,b", "{x}", "}", "\"", "\\", "\\\"", " a ", "NULL", "null", "𠮷 髙\n葛\u{E0100}",
        "\"; DROP TABLE x; --",
    ]

    @Test func anArrayOfTextsComesBackAsItWent() async throws {
        let bench = try await Bench()
        let row = try #require(try await bench.rows("SELECT \(Self.texts)::text[] AS value").first)
        #expect(
            try row.strings("value").map { Array($0.utf8) } == Self.texts.map { Array($0.utf8) })
        await bench.close()
    }

    @Test func anArrayIsReadAsWhateverItHolds() async throws {
        let bench = try await Bench()
        let row = try #require(
            try await bench.rows(
                """
                SELECT \([7, -1])::bigint[] AS numbers, '{}'::text[] AS none, '{5}'::int[] AS one,
                       ARRAY['2026-04-01', '2027-03-31']::date[] AS days, ARRAY[true, false] AS marks,
                       array_agg(n ORDER BY n) AS many
                FROM generate_series(1, 30000) n
                """
            ).first)
        #expect(try row.ints("numbers") == [7, -1])
        #expect(try row.strings("none") == [])
        #expect(try row.ints("one") == [5])
        #expect(try row.strings("days") == ["2026-04-01", "2027-03-31"])
        #expect(try row.array("marks") { $0 == "t" } == [true, false])
        #expect(try row.ints("many") == Array(1...30_000))
        await bench.close()
    }

    @Test(arguments: [
        "NULL::int[]", "ARRAY[1, NULL]", "'{NULL}'::int[]", "'{{1,2},{3,4}}'::int[]",
        "'[0:1]={1,2}'::int[]", "ARRAY['a']", "'{'", "'}'", "''", "'{1,}'", "'{,1}'", "'{1}2'",
        "'{1'", "'{}{}'", "'{\"1'", "'1'", "'{1}{2}'", "'{1\"2\"}'",
    ])
    func whatIsNoArrayOfNumbersIsRefusedByItsColumn(value: String) async throws {
        let bench = try await Bench()
        try await bench.use { bench in
            let script = MigrationScript("CREATE TEMP VIEW strange AS SELECT \(value) AS numbers")
            try await bench.database.transaction { session in
                try await session.run(script, within: .seconds(20))
                let row = try await session.rows("SELECT numbers FROM strange")[0]
                let fault = #expect(throws: CorruptRow.self) { try row.ints("numbers") }
                #expect(fault?.column == "numbers")
            }
        }
        await bench.close()
    }
}
