internal import CLibpq
internal import EventLoop

/// A transaction that can write, for as long as the closure that received it runs.
public final class Session {
    let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// The rows a statement gives. Throws `PostgresError`.
    public func rows(_ sql: SQL) async throws -> [Row] { try await connection.run(sql).rows }

    /// Runs a statement and says how many rows it touched. Throws `PostgresError`.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await connection.run(sql).affectedCount
    }

    /// The same for a statement that may take long (a bulk insert, an export).
    @discardableResult
    public func execute(_ sql: SQL, within: Duration) async throws -> Int {
        try await connection.run(sql, within: within).affectedCount
    }

    public func rows(_ sql: SQL, within: Duration) async throws -> [Row] {
        try await connection.run(sql, within: within).rows
    }

    /// Runs the text of a migration.
    public func run(_ script: MigrationScript) async throws { try await connection.run(script) }

    /// Undoes what `body` did if it throws, and nothing else of the transaction.
    public func savepoint<Value>(_ body: () async throws -> Value) async throws -> Value {
        _ = try await connection.run("SAVEPOINT inner_step")
        do {
            let value = try await body()
            _ = try await connection.run("RELEASE SAVEPOINT inner_step")
            return value
        } catch {
            if connection.isOpen {
                _ = try await connection.run("ROLLBACK TO SAVEPOINT inner_step")
                _ = try await connection.run("RELEASE SAVEPOINT inner_step")
            }
            throw error
        }
    }

    /// Sends rows to `COPY … FROM STDIN`; `produce` calls its argument with chunks of any size and
    /// is held back while the server is slower. Returns how many rows were taken.
    public func copyIn(
        _ copy: SQL, _ produce: (_ put: ([UInt8]) async throws -> Void) async throws -> Void
    ) async throws -> Int {
        _ = try await connection.run(copy, within: .seconds(60))
        do { try await produce { try await self.put($0) } } catch {
            if connection.isOpen {
                _ = PQputCopyEnd(connection.handle, "given up")
                _ = try? await connection.answer()
            }
            throw error
        }
        guard PQputCopyEnd(connection.handle, nil) >= 0 else { throw connection.lose() }
        return try await connection.answer().affectedCount
    }

    /// Receives `COPY … TO STDOUT`, a row a time.
    public func copyOut(
        _ copy: SQL, _ consume: (UnsafeRawBufferPointer) async throws -> Void
    ) async throws {
        _ = try await connection.run(copy, within: .seconds(60))
        while let row = try await nextCopiedRow() {
            defer { PQfreemem(row.baseAddress) }
            do { try await consume(UnsafeRawBufferPointer(row)) } catch {
                connection.close()  // the rest of the copy cannot be skipped cheaply
                throw error
            }
        }
        _ = try await connection.answer()
    }

    private func put(_ bytes: [UInt8]) async throws {
        connection.startDeadline(.seconds(60))
        while true {
            let outcome = bytes.withUnsafeBytes {
                let start = $0.bindMemory(to: CChar.self).baseAddress
                return PQputCopyData(connection.handle, start, Int32($0.count))
            }
            if outcome == 1 { return try await connection.flush() }
            guard outcome == 0 else { throw connection.lose() }
            try await connection.wait(for: [.readable, .writable])
            try connection.consume()
        }
    }

    private func nextCopiedRow() async throws -> UnsafeMutableRawBufferPointer? {
        connection.startDeadline(.seconds(60))
        var buffer: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(connection.handle, &buffer, 1)
            if count > 0 { return UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)) }
            if count == -1 { return nil }
            guard count == 0 else { throw connection.lose() }
            try await connection.wait(for: .readable)
            try connection.consume()
        }
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
