public import Enrollment
public import EventLoop
public import Logging
public import Postgres
public import Procedures
internal import Secrets
public import Store

/// An office on tables of its own, in a database in which things are committed: for what only shows
/// between transactions. The office works as the owner of the tables.
public actor CommittedDesk {
    public let loop: EventLoop
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    public private(set) var database: PooledDatabase!
    public private(set) var office: Office!
    private let time = MovableTime(Instant(startOf: Invented.today))
    public let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    public init(in name: CommittedName = .committed) async throws {
        loop = try EventLoop(name: "committed-tests")
        try await prepare(name)
    }

    private func prepare(_ name: CommittedName) async throws {
        let settings = try await TestDatabase.make(on: loop, name)
        database = PooledDatabase(on: loop, settings)
        office = TestDatabase.office(database, time.clock, .seeded(3))
    }

    /// The same tables and time, and another key.
    public func office(withKey octets: [UInt8]) -> Office {
        TestDatabase.office(database, time.clock, .seeded(4)) {
            $0.journalKey = SecretKey(octets)
        }
    }

    public func move(by seconds: Int) { time.now = time.now.adding(seconds: seconds) }

    @discardableResult
    public func rows(_ sql: SQL) async throws -> [Row] { try await database.rows(sql) }

    public func count(_ sql: SQL) async throws -> Int { try await rows(sql)[0].int("n") }

    /// Seals all that is written. Other suites of the cluster hold transactions open for a moment,
    /// before whose end nobody knows that what was written is complete.
    @discardableResult
    public func seal() async throws -> SealHead? { try await seal(by: office) }

    @discardableResult
    public func seal(by office: Office) async throws -> SealHead? {
        var head: SealHead?
        for _ in 0..<3_000 {
            if let newer = try await office.sealJournal(logger: logger) { head = newer }
            let waiting = try await count(
                """
                SELECT count(*) AS n FROM events WHERE written_by >=
                    pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                """)
            if waiting == 0 { return try await office.sealJournal(logger: logger) ?? head }
            try await Task.sleep(for: .milliseconds(10))
        }
        return head
    }

    /// Seals what is complete now.
    @discardableResult
    public func sealOnce() async throws -> SealHead? {
        try await office.sealJournal(logger: logger)
    }

    /// A second worker on the same tables.
    @discardableResult
    public func sealAsAnother() async throws -> SealHead? {
        try await office(withKey: Array(1...32)).sealJournal(logger: logger)
    }

    public private(set) var isWritten = false
    public var mayCommit = false

    public func commit() { mayCommit = true }

    /// Writes something in a transaction that stays open until `commit` is called.
    public func keepOpen(_ body: (WriteTransaction) async throws -> Void) async throws {
        (isWritten, mayCommit) = (false, false)
        try await database.transaction { session in
            try await body(WriteTransaction(session))
            isWritten = true
            while !mayCommit { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    /// An event in a transaction that stays open until `commit` is called.
    public func writeSlowly() async throws {
        (isWritten, mayCommit) = (false, false)
        try await database.transaction { session in
            let inside = TransactionDatabase(session: session, outside: database)
            let slow = TestDatabase.office(inside, reading: database, time.clock, .seeded(5))
            try await slow.witness(.openPlan, on: "plan:1", by: .account(1))
            isWritten = true
            while !mayCommit { try await Task.sleep(for: .milliseconds(5)) }
        }
    }
}

/// What runs inside a transaction that somebody else holds open.
private struct TransactionDatabase: Database {
    let session: Session
    let outside: any Database

    func rows(_ sql: SQL) async throws -> [Row] { try await session.rows(sql) }

    func reading<Value>(_ body: (ReadSession) async throws -> Value) async throws -> Value {
        try await outside.reading(body)
    }

    func transaction<Value>(_ body: (Session) async throws -> Value) async throws -> Value {
        try await session.savepoint { try await body(session) }
    }
}
