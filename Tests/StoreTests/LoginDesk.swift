import EventLoop
import Foundation
import Postgres
import Store

/// A real connection with the application's own login, into the database of the office's tests.
actor LoginDesk {
    private let loop: EventLoop
    private var database: PooledDatabase!
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    struct Missing: Error {}

    init() async throws {
        loop = try EventLoop(name: "login-tests")
        guard let cluster = ProcessInfo.processInfo.environment["ENROLL_TEST_DATABASE"] else {
            throw Missing()
        }
        start(cluster + " dbname=enroll_office_tests user=enroll_app")
    }

    private func start(_ connection: String) {
        var settings = PoolSettings(connection: connection)
        settings.connectDeadline = .seconds(300)
        settings.leaseDeadline = .seconds(20)
        settings.readSetUp = ["SET ROLE enroll_reader"]
        database = PooledDatabase(on: loop, settings)
    }

    func rights() async throws -> LoginRights { try await ReadStore(database).loginRights() }

    /// The login becomes the reader, as pages do.
    func readerIsReached() async throws -> Bool {
        try await database.rows("SELECT current_user = 'enroll_reader' AS is_so")[0].bool("is_so")
    }

    /// Whether the server says that it may not.
    func isRefused(_ sql: SQL) async throws -> Bool {
        do {
            try await database.transaction { _ = try await $0.execute(sql) }
            return false
        } catch PostgresError.server("42501", _) { return true }
    }

    func close() { database.close() }
}
