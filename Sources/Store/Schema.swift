public import Enrollment
public import Postgres

/// A migration as the database remembers it.
public struct AppliedMigration: Sendable, Equatable {
    public let number: Int
    public let name: String
    public let sha256: String

    public init(number: Int, name: String, sha256: String) {
        self.number = number
        self.name = name
        self.sha256 = sha256
    }
}

/// What this database is for; `--clock` is only for the first two.
public enum InstallationKind: String, CaseIterable, Sendable { case demo, rehearsal, production }

/// Another `migrate` is at work.
public struct MigrationsAreLocked: Error {}

extension WriteTransaction {
    /// The list of migrations, made when it is not there; whoever holds it keeps others out until
    /// the transaction ends. Throws `MigrationsAreLocked` and does not wait.
    public func lockMigrations() async throws -> [AppliedMigration] {
        let taken = try await rows("SELECT pg_try_advisory_xact_lock(20260401) AS taken")
        guard try taken.first?.bool("taken") == true else { throw MigrationsAreLocked() }
        try await execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,
                applied_at timestamptz NOT NULL)
            """)
        return try await reading.appliedMigrations()
    }

    /// Runs a migration and remembers it. It waits a second for each lock, because everybody who
    /// comes after it waits behind it, and all of it has to be done `within` a time.
    public func apply(
        _ script: MigrationScript, as migration: AppliedMigration, within: Duration,
        at now: Instant
    ) async throws {
        try await execute("SET LOCAL lock_timeout = '1s'")
        try await session.run(script, within: within)
        try await execute(
            """
            INSERT INTO schema_migrations (number, name, sha256, applied_at)
            VALUES (\(migration.number), \(migration.name), \(migration.sha256), \(now))
            """)
    }

    /// Applies what each role may do, whatever they could do before; waits for another that does.
    public func grant(_ script: MigrationScript) async throws {
        _ = try await rows("SELECT pg_advisory_xact_lock(20260401)")
        try await session.run(script, within: .seconds(60))
    }

    /// Who holds tables of this database, for a migration that could not have them: process,
    /// program and what it is doing, never what it asked.
    public func holdersOfTables() async throws -> [String] {
        try await rows(
            """
            SELECT DISTINCT a.pid, a.application_name AS program, a.state
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.granted AND l.locktype = 'relation' AND l.relation >= 16384
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.pid <> pg_backend_pid() AND a.backend_type <> 'parallel worker'
            ORDER BY a.pid
            """
        ).map { row in
            let program = try row.optionalString("program") ?? ""
            let state = try row.optionalString("state") ?? "at work"
            return
                "process \(try row.int("pid"))\(program.isEmpty ? "" : " (\(program))"), \(state)"
        }
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

extension ReadStore {
    /// Nil while nothing has been set up.
    public func installation() async throws -> InstallationKind? {
        try await rows("SELECT kind FROM installation").first?.code("kind")
    }

    /// Whether anything was set up here before: there are people, or there could be.
    public func isInUse() async throws -> Bool {
        let found = try await rows("SELECT to_regclass('installation') IS NOT NULL AS there")
        guard try found[0].bool("there") else { return false }
        return try await installation() != nil
    }

    /// The migrations that this database has had.
    public func appliedMigrations() async throws -> [AppliedMigration] {
        try await rows("SELECT number, name, sha256 FROM schema_migrations ORDER BY number").map {
            AppliedMigration(
                number: try $0.int("number"), name: try $0.string("name"),
                sha256: try $0.string("sha256"))
        }
    }

    public func migrationCount() async throws -> Int {
        try await rows("SELECT count(*) AS n FROM schema_migrations")[0].int("n")
    }
}
