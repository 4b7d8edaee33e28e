public import EventLoop
@testable public import Postgres

/// The database of a test: one connection inside a transaction that is never committed. Calls wait
/// for each other; a transaction is a savepoint.
public final class SingleConnectionDatabase: Database {
    private let connection: Connection
    private let leases: LeaseQueue

    /// Connects and begins the transaction that will be thrown away.
    public init(on loop: EventLoop, _ settings: PoolSettings) async throws {
        let setUp = settings.transactionSetUp
        connection = Connection(
            loop: loop, settings: settings, hosts: Hosts(settings.connection), setUp: setUp)
        leases = LeaseQueue(loop: loop, connections: [connection], settings: settings)
        try await connection.open()
        _ = try await connection.run("BEGIN")
    }

    public func rows(_ sql: SQL) async throws -> [Row] {
        try await leases.lend { connection in
            let session = Session(connection)
            return try await session.savepoint { try await session.rows(sql) }
        }
    }

    public func reading<Value>(
        _ body: (ReadSession) async throws -> Value
    ) async throws -> Value { try await transaction { try await body(ReadSession($0)) } }

    @discardableResult
    public func transaction<Value>(
        _ body: (Session) async throws -> Value
    ) async throws -> Value {
        try await leases.lend { connection in
            let session = Session(connection)
            return try await session.savepoint { try await body(session) }
        }
    }

    /// Throws away everything since the beginning and begins anew.
    public func startOver() async throws {
        _ = try await connection.command("ROLLBACK")
        _ = try await connection.command("BEGIN")
    }

    public func close() { connection.close() }
}
