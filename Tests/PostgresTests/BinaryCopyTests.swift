import Postgres
import Testing

/// COPY in the binary format against a real server: what goes in comes out.
@Suite struct BinaryCopyTests {
    struct Thing: Equatable, Sendable {
        var small: Int?
        var integer: Int?
        var big: Int?
        var text: String?
        var day: Int?
        var instant: Int?
        var flag: Bool?
        var json: String?
        var bytes: [UInt8]?
    }

    /// The days of 4714-11-24 BC and 5874897-12-31, the first and the last that PostgreSQL has.
    static let days = (first: -2_440_588, last: 2_145_042_905)

    static let things = [
        Thing(),
        Thing(
            small: 0, integer: 0, big: 0, text: "", day: 0, instant: 0, flag: false, json: "{}",
            bytes: []),
        Thing(
            small: Int(Int16.max), integer: Int(Int32.max), big: .max,
            text: "𠮷野家 髙橋\u{E0101}\t\\N\n\"",
            day: days.last, instant: 1_790_000_000_123_456, flag: true,
            json: #"{"a": ["𠮷", null, 1.5]}"#, bytes: Array(0...255)),
        Thing(
            small: Int(Int16.min), integer: Int(Int32.min), big: .min, text: "NULL",
            day: days.first, instant: -210_866_803_200_000_000, flag: nil, json: "null",
            bytes: [0]),
        Thing(day: .max, instant: .max, json: #""""#),
        Thing(day: .min, instant: .min),
    ]

    private static let table: SQL = """
        CREATE TEMP TABLE things (number int GENERATED ALWAYS AS IDENTITY, small smallint, whole integer,
            big bigint, words text, day date, instant timestamptz, flag boolean, json jsonb,
            octets bytea) ON COMMIT DROP
        """

    private static func rows(_ things: [Thing]) throws -> CopyRows {
        var rows = CopyRows(byteCount: 64 * things.count)
        for thing in things { try rows.append { try write(thing, to: &$0) } }
        return rows
    }

    private static func write(_ thing: Thing, to row: inout CopyRows) throws {
        try row.smallint(thing.small)
        try row.integer(thing.integer)
        try row.bigint(thing.big)
        try row.text(thing.text)
        try row.date(thing.day)
        try row.timestamptz(thing.instant)
        row.boolean(thing.flag)
        try row.jsonb(thing.json)
        row.bytea(thing.bytes)
    }

    private static func copyIn(_ things: [Thing], _ session: Session) async throws -> Int {
        try await session.copyIn(
            binary: """
                COPY things (small, whole, big, words, day, instant, flag, json, octets)
                FROM STDIN (FORMAT binary)
                """
        ) { put in for thing in things { try await put(try rows([thing])) } }
    }

    private static func copyOut(_ session: Session) async throws -> [Thing] {
        var things: [Thing] = []
        try await session.copyOut(
            binary: """
                COPY (SELECT small, whole, big, words, day, instant, flag, json, octets
                      FROM things ORDER BY number) TO STDOUT (FORMAT binary)
                """
        ) { row in
            things.append(
                Thing(
                    small: try row.smallint(), integer: try row.integer(), big: try row.bigint(),
                    text: try row.text(), day: try row.date(), instant: try row.timestamptz(),
                    flag: try row.boolean(), json: try row.jsonb(), bytes: try row.bytea()))
        }
        return things
    }

    /// Does `body` in a transaction that has the table.
    private static func withThings<Value: Sendable>(
        _ body: @Sendable (Session) async throws -> Value
    ) async throws -> Value {
        let bench = try await Bench()
        let value = try await bench.use { bench in
            try await bench.database.transaction { session in
                try await session.execute(table)
                return try await body(session)
            }
        }
        await bench.close()
        return value
    }

    @Test func whatGoesInComesOut() async throws {
        try await Self.withThings { session in
            #expect(try await Self.copyIn(Self.things, session) == Self.things.count)
            let things = try await Self.copyOut(session)
            #expect(things == Self.things)
        }
    }

    @Test func theServerReadsWhatWasMeant() async throws {
        try await Self.withThings { session in
            _ = try await Self.copyIn(Self.things, session)
            let texts = try await session.rows(
                """
                SELECT concat_ws(' ', day, instant AT TIME ZONE 'UTC', length(words), json ->> 'a',
                                 length(octets), flag) AS text
                FROM things ORDER BY number
                """
            ).map { try $0.string("text") }
            #expect(
                texts == [
                    "", "1970-01-01 1970-01-01 00:00:00 0 0 f",
                    #"5874897-12-31 2026-09-21 14:13:20.123456 12 ["𠮷", null, 1.5] 256 t"#,
                    "4714-11-24 BC 4714-11-24 00:00:00 BC 4 1", "infinity infinity",
                    "-infinity -infinity",
                ])
        }
    }

    @Test func anEmptyCopyIsNone() async throws {
        try await Self.withThings { session in
            let taken = try await Self.copyIn([], session)
            let things = try await Self.copyOut(session)
            #expect(taken == 0 && things.isEmpty)
        }
    }

    @Test func manyRowsGoInPieces() async throws {
        try await Self.withThings { session in
            let count = try await session.copyIn(
                binary: "COPY things (whole, words) FROM STDIN (FORMAT binary)"
            ) { put in
                for start in stride(from: 0, to: 50_000, by: 5_000) {
                    var rows = CopyRows()
                    for number in start..<start + 5_000 {
                        try rows.append {
                            try $0.integer(number)
                            try $0.text("\(number)番")
                        }
                    }
                    #expect(rows.count == 5_000)
                    try await put(rows)
                }
            }
            #expect(count == 50_000)
            let things = try await Self.copyOut(session)
            #expect(things.map(\.integer) == (0..<50_000).map { $0 })
            #expect(things.last?.text == "49999番")
        }
    }

    @Test func whatAColumnCannotHoldIsRefusedBeforeItIsSent() {
        func refusal(_ write: (inout CopyRows) throws -> Void) -> (any Error)? {
            var rows = CopyRows()
            do { try rows.append(write) } catch { return error }
            return nil
        }
        #expect(refusal { try $0.smallint(32_768) } is ValueOutOfRange)
        #expect(refusal { try $0.integer(Int(Int32.max) + 1) } is ValueOutOfRange)
        #expect(refusal { try $0.date(1 << 32) } is ValueOutOfRange)
        #expect(refusal { try $0.date(Int(Int32.max) + 10_957) } is ValueOutOfRange)
        #expect(refusal { try $0.timestamptz(.min + 1) } is ValueOutOfRange)
        for text in ["\0", "神\0"] {
            #expect(refusal { try $0.text(text) } as? PostgresError == .nulInText)
            #expect(refusal { try $0.jsonb(text) } as? PostgresError == .nulInText)
        }
    }

    @Test func aRowThatWasRefusedLeavesTheOthersWhole() async throws {
        try await Self.withThings { session in
            var rows = CopyRows()
            try rows.append { try $0.text("前") }
            try? rows.append {
                try $0.text("途中")
                try $0.text("\0")
            }
            try rows.append { try $0.text("後") }
            let whole = rows
            _ = try await session.copyIn(
                binary: "COPY things (words) FROM STDIN (FORMAT binary)"
            ) { try await $0(whole) }
            #expect(try await Self.copyOut(session).map(\.text) == ["前", "後"])
        }
    }

    @Test func aCopyThatTheServerRefusesLeavesTheConnectionUsable() async throws {
        let bench = try await Bench { $0.transactionConnections = 1 }
        _ = try await bench.rows("DROP TABLE IF EXISTS copied")
        _ = try await bench.rows(
            "CREATE TABLE copied (n integer CONSTRAINT copied_positive CHECK (n > 0))")
        for (number, state) in [(-1, "23514"), (nil, "22P03")] as [(Int?, String)] {
            let failure = try await bench.use { bench in
                try await #require(throws: PostgresError.self) {
                    try await bench.database.transaction { session in
                        try await session.copyIn(
                            binary: "COPY copied FROM STDIN (FORMAT binary)"
                        ) { put in
                            var rows = CopyRows()
                            try rows.append {
                                // The second is of another type than its column.
                                if number == nil { try $0.bigint(1) }
                                if number != nil { try $0.integer(number) }
                            }
                            try await put(rows)
                        }
                    }
                }
            }
            switch failure {
            case .constraint(let name, let found):
                #expect((name, found) == ("copied_positive", state))
            case .server(let found, _): #expect(found == state)
            default: Issue.record("\(failure)")
            }
        }
        try await Self.copyNothing("COPY copied TO STDOUT (FORMAT binary)", bench)
        await bench.close()
    }

    @Test func aCopyThatIsGivenUpLeavesTheConnectionUsable() async throws {
        let bench = try await Bench { $0.transactionConnections = 1 }
        _ = try await bench.rows("DROP TABLE IF EXISTS half_copied")
        _ = try await bench.rows("CREATE TABLE half_copied (n integer)")
        struct GivenUp: Error {}
        await #expect(throws: GivenUp.self) {
            try await bench.use { bench in
                try await bench.database.transaction { session in
                    try await session.copyIn(
                        binary: "COPY half_copied FROM STDIN (FORMAT binary)"
                    ) { put in
                        var rows = CopyRows()
                        try rows.append { try $0.integer(1) }
                        try await put(rows)
                        throw GivenUp()
                    }
                }
            }
        }
        try await Self.copyNothing("COPY half_copied TO STDOUT (FORMAT binary)", bench)
        await bench.close()
    }

    /// The pool's one connection answers, and nothing of before is in the table.
    private static func copyNothing(_ copy: SQL, _ bench: Bench) async throws {
        let count = try await bench.use { bench in
            try await bench.database.transaction { session in
                var count = 0
                try await session.copyOut(binary: copy) { _ in
                    count += 1
                }
                return count
            }
        }
        #expect(count == 0)
    }

    @Test func aFieldReadAsAnotherTypeIsNotGuessed() async throws {
        try await Self.withThings { session in
            _ = try await Self.copyIn([Thing(integer: 1)], session)
            for read in [
                { _ = try $0.bigint() }, { _ = try $0.boolean() }, { _ = try $0.jsonb() },
                {
                    _ = try $0.integer()
                    _ = try $0.integer()
                },
            ] as [(inout CopiedRow) throws -> Void] {
                var failure: (any Error)?
                do {
                    try await session.copyOut(
                        binary: "COPY (SELECT whole FROM things) TO STDOUT (FORMAT binary)"
                    ) { try read(&$0) }
                } catch { failure = error }
                #expect(failure is CorruptRow)
            }
        }
    }
}
