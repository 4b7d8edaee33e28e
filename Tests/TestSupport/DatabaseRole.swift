internal import Postgres

/// A test's one connection as a role of the installation uses it: what the role may not is refused.
/// The test itself stays the owner.
struct DatabaseAsRole: Database {
    enum Role { case application, reader }

    let inner: SingleConnectionDatabase
    private let take: SQL

    init(_ inner: SingleConnectionDatabase, _ role: Role) {
        self.inner = inner
        take = role == .reader ? "SET LOCAL ROLE enroll_reader" : "SET LOCAL ROLE enroll_app"
    }

    func rows(_ sql: SQL) async throws -> [Row] {
        try await inner.transaction { try await $0.rows(together: [take, sql, "RESET ROLE"])[1] }
    }

    func reading<Value>(
        _ body: (ReadSession) async throws -> Value
    ) async throws -> Value {
        try await inner.reading { session in
            _ = try await session.rows(take)
            let value = try await body(session)
            _ = try await session.rows("RESET ROLE")
            return value
        }
    }

    @discardableResult
    func transaction<Value>(
        _ body: (Session) async throws -> Value
    ) async throws -> Value {
        try await inner.transaction { session in
            session.executeLater(take)
            let value = try await body(session)
            session.executeLater("RESET ROLE")
            return value
        }
    }
}
