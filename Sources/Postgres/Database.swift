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
    private let readers: [ReadConnection]
    private let leases: LeaseQueue

    /// Opens nothing yet: connections are made when first needed and made again when lost.
    public init(on loop: EventLoop, _ settings: PoolSettings) {
        loop.checkIsolated()
        readers = (0..<settings.readConnections).map { _ in
            ReadConnection(loop: loop, settings: settings)
        }
        let writers = (0..<settings.transactionConnections).map { _ in
            Connection(loop: loop, settings: settings, setUp: settings.transactionSetUp)
        }
        leases = LeaseQueue(loop: loop, connections: writers, deadline: settings.leaseDeadline)
    }

    public func rows(_ sql: SQL) async throws -> [Row] {
        guard let reader = readers.min(by: { $0.load < $1.load }) else { throw PostgresError.busy }
        return try await reader.run(sql).rows
    }

    public func reading<Value>(
        _ body: (ReadSession) async throws -> Value
    ) async throws -> Value {
        try await within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            try await body(ReadSession($0))
        }
    }

    @discardableResult
    public func transaction<Value>(
        _ body: (Session) async throws -> Value
    ) async throws -> Value { try await within("BEGIN", body) }

    /// Ends every idle connection; what is in use ends with its user.
    public func close() {
        for reader in readers { reader.lose() }
        leases.closeAll()
    }

    private func within<Value>(
        _ begin: SQL, _ body: (Session) async throws -> Value
    ) async throws -> Value {
        try await leases.lend { connection in
            try await connection.open()
            _ = try await connection.run(begin)
            let value: Value
            do { value = try await body(Session(connection)) } catch {
                await rollBack(connection)
                throw error
            }
            do { _ = try await connection.run("COMMIT", within: .seconds(60)) } catch {
                throw error as? PostgresError == .lost ? PostgresError.unknownOutcome : error
            }
            return value
        }
    }

    private func rollBack(_ connection: Connection) async {
        guard connection.isOpen else { return }
        do { _ = try await connection.run("ROLLBACK") } catch { connection.close() }
    }
}
