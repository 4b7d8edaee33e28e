/// A transaction that can write, for as long as the closure that received it runs.
public final class Session {
    let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// The rows a statement gives. Throws `PostgresError`.
    public func rows(_ sql: SQL) async throws -> [Row] { try await connection.run(sql).rows }

    /// The rows of several statements, asked in one round trip; none may need another's answer.
    public func rows(together sqls: [SQL], within: Duration? = nil) async throws -> [[Row]] {
        try await connection.run(sqls, within: within).map(\.rows)
    }

    /// Runs a statement and says how many rows it touched. Throws `PostgresError`.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await connection.run(sql).affectedCount
    }

    /// Runs a statement whose answer decides nothing: it goes to the server with the next one, or
    /// with COMMIT, and its error is thrown there.
    public func executeLater(_ sql: SQL, within: Duration? = nil) {
        connection.runLater(sql, within: within)
    }

    /// The same for a statement that may take long (a bulk insert, an export).
    @discardableResult
    public func execute(_ sql: SQL, within: Duration?) async throws -> Int {
        try await connection.run(sql, within: within).affectedCount
    }

    public func rows(_ sql: SQL, within: Duration) async throws -> [Row] {
        try await connection.run(sql, within: within).rows
    }

    /// Runs the text of a migration; what takes longer in all is undone. Throws
    /// `PostgresError.deadline`.
    public func run(_ script: MigrationScript, within: Duration = .seconds(600)) async throws {
        try await connection.run(script, within: within)
    }

    /// Undoes what `body` did if it throws, and nothing else of the transaction.
    public func savepoint<Value>(_ body: () async throws -> Value) async throws -> Value {
        _ = try await connection.run("SAVEPOINT inner_step")
        do {
            let value = try await body()
            _ = try await connection.run("RELEASE SAVEPOINT inner_step")
            return value
        } catch {
            try await undoStep()
            throw error
        }
    }

    /// The server's own time-out goes back with the step, to what we do not remember.
    private func undoStep() async throws {
        connection.takeDeferred()
        guard connection.isOpen else { return }
        connection.allowance = nil
        _ = try await connection.command("ROLLBACK TO SAVEPOINT inner_step")
        _ = try await connection.command("RELEASE SAVEPOINT inner_step")
    }
}

/// A transaction that only reads and sees one moment.
public struct ReadSession {
    private let session: Session

    init(_ session: Session) { self.session = session }

    public func rows(_ sql: SQL) async throws -> [Row] { try await session.rows(sql) }

    /// The same for a long read (an export).
    public func rows(_ sql: SQL, within: Duration) async throws -> [Row] {
        try await session.rows(sql, within: within)
    }

    /// Receives `COPY (SELECT …) TO STDOUT`, a row a time.
    public func copyOut(
        _ copy: SQL, _ consume: (UnsafeRawBufferPointer) async throws -> Void
    ) async throws { try await session.copyOut(copy, consume) }
}
