import EventLoop
import Glibc
import Postgres
import Testing

/// An actor on a loop with a pool, so that tests call the database as a worker does.
actor Bench {
    let loop: EventLoop
    var database: PooledDatabase!
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ change: @Sendable (inout PoolSettings) -> Void = { _ in }) async throws {
        loop = try EventLoop(name: "bench")
        var settings = try Bench.settings()
        change(&settings)
        start(settings)
    }

    private func start(_ settings: PoolSettings) { database = PooledDatabase(on: loop, settings) }

    static func settings() throws -> PoolSettings {
        let text = try #require(
            getenv("ENROLL_TEST_DATABASE"), "run through ops/test, which starts a database")
        var settings = PoolSettings(connection: String(cString: text))
        // Other suites keep the cores busy.
        settings.connectDeadline = .seconds(300)
        settings.statementTimeout = .seconds(20)
        settings.leaseDeadline = .seconds(20)
        return settings
    }

    /// Runs `body` on the bench's loop.
    @discardableResult
    func use<Value: Sendable>(
        _ body: @Sendable (isolated Bench) async throws -> Value
    ) async throws -> Value { try await body(self) }

    func rows(_ sql: SQL) async throws -> [Row] { try await database.rows(sql) }

    func close() { database.close() }
}

/// Asks until it is so, for as long as a busy machine may need; what it throws is asked again.
func eventually(_ isSo: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<300 {
        if (try? await isSo()) == true { return true }
        try await Task.sleep(for: .milliseconds(100))
    }
    return false
}
