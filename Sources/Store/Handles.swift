public import Postgres

/// What every connection says before its first statement: rows are looked up by an index wherever
/// one serves, also by a plan that was made while a table was small, and whatever the statistics
/// say. Counts of everybody allow it again (`expectManyRows`). A plan that has to read a table
/// after all looks dear then, and the server would compile it for a second before it reads ten
/// rows: it is never to compile one.
public let lookUpSettings: [SQL] = ["SET enable_seqscan = off", "SET jit = off"]

/// The same of a connection that writes: there a statement is planned once and not for each of its
/// values (ops/decisions/0064).
public let writeSettings =
    lookUpSettings + ["SET plan_cache_mode = force_generic_plan"]

/// What can be read. Pages hold one of these and nothing more.
public struct ReadStore {
    private enum Source {
        case singly(any Database)
        case snapshot(ReadSession)
        case transaction(Session)
    }

    private let source: Source

    /// Each read on its own.
    public init(_ database: any Database) { source = .singly(database) }

    /// Reads of one moment.
    public init(_ session: ReadSession) { source = .snapshot(session) }

    init(_ session: Session) { source = .transaction(session) }

    func rows(_ sql: SQL) async throws -> [Row] {
        switch source {
        case .singly(let database): try await database.rows(sql)
        case .snapshot(let session): try await session.rows(sql)
        case .transaction(let session): try await session.rows(sql)
        }
    }

    /// The same for a read over everything (a tally, an export).
    func longRows(_ sql: SQL) async throws -> [Row] {
        switch source {
        case .singly(let database):
            try await database.reading { try await $0.rows(sql, within: .seconds(60)) }
        case .snapshot(let session): try await session.rows(sql, within: .seconds(60))
        case .transaction(let session): try await session.rows(sql, within: .seconds(60))
        }
    }

    /// What this snapshot sorts and joins fits into memory, and tables may be read from end to end;
    /// for counts of everybody.
    public func expectManyRows() async throws {
        _ = try await rows("SET LOCAL work_mem = '32MB'")
        _ = try await rows("SET LOCAL enable_seqscan = on")
    }
}

/// What can be changed: everything inside one transaction.
public struct WriteTransaction {
    let session: Session

    public init(_ session: Session) { self.session = session }

    public var reading: ReadStore { ReadStore(session) }

    func rows(_ sql: SQL) async throws -> [Row] { try await session.rows(sql) }

    @discardableResult
    func execute(_ sql: SQL) async throws -> Int { try await session.execute(sql) }

    /// For a statement over many rows.
    @discardableResult
    func executeLong(_ sql: SQL) async throws -> Int {
        try await session.execute(sql, within: Self.long)
    }

    /// What this transaction sorts and joins fits into memory; for acts upon everybody.
    public func expectManyRows() async throws { try await execute("SET LOCAL work_mem = '64MB'") }

    /// Runs a statement with the next one, because its answer decides nothing; its error is thrown
    /// there. One over many rows gets the time of `executeLong`.
    func executeLater(_ sql: SQL, rows: Int = 1) {
        session.executeLater(sql, within: rows > Self.few ? Self.long : nil)
    }

    /// As many as one press of a button touches.
    static let few = 50
    static let long = Duration.seconds(120)

    /// Undoes only what `body` did when it throws.
    public func savepoint<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await session.savepoint(body)
    }
}
