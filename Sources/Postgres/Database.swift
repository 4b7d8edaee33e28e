public import EventLoop

/// The database as one worker sees it. Confined to a loop; nothing of it is shared between workers.
public protocol Database {
    /// One read of its own.
    func rows(_ sql: SQL) async throws -> [Row]
    /// Several reads of the same moment (REPEATABLE READ, READ ONLY).
    func reading<Value>(_ body: (ReadSession) async throws -> Value) async throws -> Value
    /// All or nothing: commits when `body` returns, rolls back when it throws. Throws
    /// `PostgresError.unknownOutcome` when the connection went while committing.
    @discardableResult
    func transaction<Value>(_ body: (Session) async throws -> Value) async throws -> Value
}

/// The database of a server: pipelined connections for single reads, leased ones for transactions.
public final class PooledDatabase: Database {
    private let reads: ReadQueue
    private let leases: LeaseQueue

    /// Opens nothing yet: connections are made when first needed and made again when lost.
    public init(on loop: EventLoop, _ settings: PoolSettings) {
        loop.checkIsolated()
        let hosts = Hosts(settings.connection)
        reads = ReadQueue(loop: loop, settings: settings, hosts: hosts)
        let writers = (0..<settings.transactionConnections).map { _ in
            Connection(
                loop: loop, settings: settings, hosts: hosts, setUp: settings.transactionSetUp)
        }
        leases = LeaseQueue(loop: loop, connections: writers, settings: settings)
    }

    /// A read whose connection went is asked once more on another: it changes nothing.
    public func rows(_ sql: SQL) async throws -> [Row] {
        do { return try await reads.run(sql).rows } catch let error as PostgresError
            where error.mayBeTriedAgain
        { return try await reads.run(sql).rows }
    }

    public func reading<Value>(
        _ body: (ReadSession) async throws -> Value
    ) async throws -> Value {
        try await within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", mayWrite: false) {
            try await body(ReadSession($0))
        }
    }

    @discardableResult
    public func transaction<Value>(
        _ body: (Session) async throws -> Value
    ) async throws -> Value { try await within("BEGIN", mayWrite: true, body) }

    /// Ends every idle connection; what is in use ends with its user.
    public func close() {
        reads.close()
        leases.closeAll()
    }

    private func within<Value>(
        _ begin: SQL, mayWrite: Bool, _ body: (Session) async throws -> Value
    ) async throws -> Value {
        try await leases.lend { connection in
            try await connection.open()
            connection.allowance = connection.settings.statementTimeout
            connection.runLater(begin)
            let value: Value
            do { value = try await body(Session(connection)) } catch {
                await rollBack(connection)
                if mayWrite || error as? PostgresError != .readOnly { look(at: error, connection) }
                throw error
            }
            try await commit(connection)
            return value
        }
    }

    /// A transaction that said nothing is none.
    private func commit(_ connection: Connection) async throws {
        guard connection.isInTransaction || connection.deferred.count > 1 else {
            connection.takeDeferred()
            return _ = try connection.held
        }
        connection.wasWarned = false
        let answer: QueryResult
        do { answer = try await connection.commit() } catch {
            await rollBack(connection)
            look(at: error, connection)
            switch error as? PostgresError {
            case .lost, .deadline: throw PostgresError.unknownOutcome
            default: throw error
            }
        }
        if answer.tag == "ROLLBACK" { throw PostgresError.rolledBack }
        // Committed here and not known to be on the standby: nobody may count on it yet.
        if connection.wasWarned { throw PostgresError.unknownOutcome }
    }

    private func rollBack(_ connection: Connection) async {
        connection.takeDeferred()
        guard connection.isInTransaction else { return }
        do { _ = try await connection.command("ROLLBACK") } catch { connection.close() }
    }

    /// A server that hangs or takes no writing any more is not asked again: the next caller
    /// connects anew, where `target_session_attrs` looks for the one that writes.
    private func look(at error: any Error, _ connection: Connection) {
        switch error as? PostgresError {
        case .readOnly, .deadline:
            connection.close()
            leases.closeAll()
        default: return
        }
    }
}
