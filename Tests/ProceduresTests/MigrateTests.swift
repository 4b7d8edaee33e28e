import Enrollment
import EventLoop
import Glibc
import Postgres
import Procedures
import Secrets
import Testing
import Web
import Words

/// 準備 on a live installation: it gives way to those who work there.
@Suite(.serialized) struct MigrateTests {
    static let files = [
        MigrationFile(
            name: "0001_live.sql",
            text: """
                CREATE TABLE installation (only_row boolean PRIMARY KEY, kind text);
                INSERT INTO installation VALUES (true, 'rehearsal');
                CREATE TABLE live (n integer);
                """),
        MigrationFile(name: "0002_more.sql", text: "ALTER TABLE live ADD COLUMN m integer;"),
    ]

    @Test func aLongReaderMakesItGiveUpByNameAndNoWriterWaitsForTwoSeconds() async throws {
        try await MigrateDesk.makeDatabase()
        let desk = try await MigrateDesk()
        #expect(try await desk.migrate([Self.files[0]]) == ["0001_live.sql"])
        let (reader, writer) = (try await MigrateDesk(), try await MigrateDesk())
        let reading = try await reader.readUntilTold()
        // Each of these would fail with a lock timeout if it waited for two seconds.
        let writing = Task { try await writer.write(times: 40) }
        do {
            _ = try await desk.migrate(Self.files)
            Issue.record("the reader holds the table")
        } catch MigrationFault.blocked(let name, let holders) {
            #expect(name == "0002_more.sql")
            #expect(holders.contains { $0.contains("(long reader)") }, "\(holders)")
        }
        #expect(try await writing.value == 40)
        await reader.stopReading()
        _ = try await reading.value
        #expect(try await desk.migrate(Self.files) == ["0002_more.sql"])
        for desk in [desk, reader, writer] { await desk.close() }
    }

    /// Data of before the first release, of a later version, or of a file that was edited.
    @Test(arguments: [
        [
            MigrationFile(name: "0001_live.sql", text: "CREATE TABLE other (n integer);"),
            files[1],
        ],
        [MigrationFile(name: "0001_before.sql", text: files[0].text), files[1]],
        [files[0]],
    ])
    func aDatabaseOfAnotherVersionIsNamedAndNotTouched(files: [MigrationFile]) async throws {
        try await MigrateDesk.makeDatabase()
        let desk = try await MigrateDesk()
        _ = try await desk.migrate(Self.files)
        let name = files.count == 1 ? "0002_more.sql" : "0001_live.sql"
        let more = MigrationFile(
            name: files.count == 1 ? "0002_else.sql" : "0003_next.sql",
            text: "CREATE TABLE next (n integer);")
        await #expect(throws: MigrationFault.foreign(name)) {
            try await desk.migrate(files + [more])
        }
        #expect(try await desk.tables() == ["installation", "live", "schema_migrations"])
        await desk.close()
    }

    @Test func twoAtOnceDoNotCollide() async throws {
        try await MigrateDesk.makeDatabase()
        let desks = [try await MigrateDesk(), try await MigrateDesk()]
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for desk in desks { group.addTask { try await desk.migrate(Self.files) } }
            return try await group.reduce([], +)
        }
        #expect(applied.sorted() == ["0001_live.sql", "0002_more.sql"])
        for desk in desks { await desk.close() }
    }
}

/// An office on a pool of its own, in a database that these tests make anew.
actor MigrateDesk {
    private let loop: EventLoop
    private var database: PooledDatabase!
    private var office: Office!
    private var mayStop = false
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    static func makeDatabase() async throws {
        let desk = try await MigrateDesk(inside: "postgres")
        try await desk.remake()
        await desk.close()
    }

    init(inside name: String = "enroll_migrate_tests") async throws {
        loop = try EventLoop(name: "migrate-tests")
        let text = try #require(getenv("ENROLL_TEST_DATABASE"), "run through ops/test")
        var settings = PoolSettings(connection: String(cString: text) + " dbname=\(name)")
        settings.connectDeadline = .seconds(300)
        settings.statementTimeout = .seconds(30)
        settings.lockTimeout = .seconds(2)
        settings.idleTransactionTimeout = .seconds(120)
        start(settings)
    }

    private func start(_ settings: PoolSettings) {
        database = PooledDatabase(on: loop, settings)
        let service = ServiceWords(issuer: "見本", phone: "0", url: "https://enroll.example")
        office = Office(
            database: database, reader: database,
            settings: OfficeSettings(
                service: service, links: Links(siteAt: service.url), isDemo: true,
                key: SecretKey(Array(1...32)),
                mailFrom: "no-reply@enroll.example"),
            clock: .frozen(Instant(microseconds: 0)), random: .seeded(1))
    }

    func close() { database.close() }

    private func remake() async throws {
        _ = try await database.rows("DROP DATABASE IF EXISTS enroll_migrate_tests WITH (FORCE)")
        _ = try await database.rows("CREATE DATABASE enroll_migrate_tests TEMPLATE template0")
    }

    func migrate(_ files: [MigrationFile]) async throws -> [String] {
        try await office.migrate(files, pause: .milliseconds(100))
    }

    /// The tables of the database, by name.
    func tables() async throws -> [String] {
        try await database.rows(
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).map { try $0.string("name") }
    }

    /// Holds the table as a long report does, until told to end.
    func readUntilTold() async throws -> Task<Void, any Error> {
        _ = try await database.transaction { try await $0.rows("SELECT n FROM live") }
        let reading = Task { try await self.read() }
        while !hasBegun { try await Task.sleep(for: .milliseconds(20)) }
        return reading
    }

    private var hasBegun = false

    private func read() async throws {
        try await database.transaction { session in
            try await session.execute("SET LOCAL application_name = 'long reader'")
            _ = try await session.rows("SELECT n FROM live")
            hasBegun = true
            while !mayStop { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    func stopReading() { mayStop = true }

    func write(times: Int) async throws -> Int {
        var count = 0
        for _ in 0..<times {
            count += try await database.transaction { session in
                try await session.execute("INSERT INTO live VALUES (1)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return count
    }
}
