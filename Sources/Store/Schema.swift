public import Enrollment
public import Postgres

/// A migration as the database remembers it.
public struct AppliedMigration: Sendable, Equatable {
    public let number: Int
    public let sha256: String
}

/// What this database is for; `--clock` is only for the first two.
public enum InstallationKind: String, Sendable { case demo, rehearsal, production }

extension Writing {
    /// The list of migrations, made when it is not there; whoever holds it keeps others out until
    /// the transaction ends.
    public func lockMigrations() async throws -> [AppliedMigration] {
        try await execute("SELECT pg_advisory_xact_lock(20260401)")
        try await execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,
                applied_at timestamptz NOT NULL)
            """)
        return try await rows("SELECT number, sha256 FROM schema_migrations ORDER BY number").map {
            AppliedMigration(number: try $0.int("number"), sha256: try $0.string("sha256"))
        }
    }

    /// Runs a migration and remembers it.
    public func apply(
        _ script: MigrationScript, number: Int, name: String, sha256: String, at now: Instant
    ) async throws {
        try await session.run(script, within: .seconds(600))
        try await execute(
            """
            INSERT INTO schema_migrations (number, name, sha256, applied_at)
            VALUES (\(number), \(name), \(sha256), \(now))
            """)
    }

    /// Says once what this database is for. A later call changes nothing.
    public func setInstallation(_ kind: InstallationKind, at now: Instant) async throws {
        try await execute(
            """
            INSERT INTO installation (kind, created_at) VALUES (\(kind), \(now))
            ON CONFLICT (only_row) DO NOTHING
            """)
    }
}

extension Reading {
    /// Nil while nothing has been set up.
    public func installation() async throws -> InstallationKind? {
        try await rows("SELECT kind FROM installation").first?.code("kind")
    }

    public func migrationCount() async throws -> Int {
        try await rows("SELECT count(*) AS n FROM schema_migrations")[0].int("n")
    }
}
