import EventLoop
import Foundation
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// The roles of an installation, each connected as it connects there: the server itself refuses
/// what a role may not.
@Suite struct RoleTests {
    private enum Role { case application, reader }

    /// The SQLSTATE with which a role is refused; nil where it is not.
    private static func refusal(_ role: Role, _ sql: SQL) async throws -> String? {
        try await withOffice { desk in
            try await desk.database.transaction { session in
                try await session.execute(
                    role == .reader ? "SET LOCAL ROLE enroll_reader" : "SET LOCAL ROLE enroll_app")
                defer { session.executeLater("RESET ROLE") }
                do {
                    try await session.savepoint { _ = try await session.execute(sql) }
                } catch PostgresError.server(let state, _) { return state }
                return nil
            }
        }
    }

    @Test func theApplicationMayOnlyAddToTheJournalAndReadIt() async throws {
        for sql: SQL in [
            "UPDATE events SET actor = 'system'", "DELETE FROM events", "TRUNCATE events",
            "ALTER TABLE events DISABLE TRIGGER ALL", "SELECT * FROM events FOR UPDATE",
            "UPDATE event_details SET reason = ''", "DELETE FROM event_details",
            "UPDATE event_seals SET position = 1", "DELETE FROM event_seals",
            "UPDATE seal_heads SET position = 1", "DELETE FROM seal_heads", "TRUNCATE event_seals",
        ] {
            #expect(try await Self.refusal(.application, sql) == "42501")
        }
        for sql: SQL in [
            """
            INSERT INTO events (act, actor, subject, true_on, known_from, detail)
            VALUES ('a', 'system', 'a', '2026-05-01', '2026-05-01', '{}')
            """, "SELECT * FROM events",
        ] {
            #expect(try await Self.refusal(.application, sql) == nil)
        }
    }

    @Test func theApplicationHasNoRightsOnWhatItNeverTouches() async throws {
        for sql: SQL in [
            "CREATE TABLE mine (n int)", "DROP TABLE badges", "CREATE ROLE mine",
            "ALTER TABLE people ADD COLUMN n int",
            "INSERT INTO schema_migrations VALUES (9999, 'x', 'x', '2026-05-01')",
            "UPDATE lifetimes SET amount = 0", "UPDATE identity_rules SET value = ''",
            "UPDATE certificate_words SET value = 'x'",
            "UPDATE installation SET kind = 'demo'",
            "SELECT * FROM reference_files", "DELETE FROM applications", "DELETE FROM people",
            "DELETE FROM appointment_terms", "UPDATE appointments SET number = 'x'",
            "DELETE FROM accounts", "COPY events TO PROGRAM 'true'",
        ] {
            #expect(try await Self.refusal(.application, sql) == "42501")
        }
    }

    /// ANALYZE of somebody else's table is no error: it warns, and looks at nothing.
    @Test func theApplicationLetsTheDatabaseLookAtItsTables() async throws {
        try await withOffice { desk in
            _ = try await desk.rows(
                "INSERT INTO people (known_from) SELECT '2026-05-01' FROM generate_series(1, 1234)")
            try await desk.office.lookAtTables()
            let known = try await desk.count(
                "SELECT reltuples::bigint AS n FROM pg_class WHERE oid = 'people'::regclass")
            #expect(known == (try await desk.count("SELECT count(*) AS n FROM people")))
        }
    }

    @Test func theReaderSeesNoSecretAndWritesNothing() async throws {
        for sql: SQL in [
            "SELECT password_hash FROM accounts", "SELECT * FROM accounts",
            "SELECT code_hash FROM mail_codes", "SELECT token_hash FROM mail_codes",
            "SELECT sealed_secret FROM second_factors", "SELECT code_hash FROM recovery_codes",
            "SELECT token_hash FROM invitations",
            "SELECT body FROM outbox", "SELECT subject FROM outbox",
            "SELECT after FROM event_details",
            "SELECT count(*) FROM sessions", "SELECT token_hash FROM sessions",
            "SELECT browser_hash FROM sessions",
            "INSERT INTO service_settings (name, value) VALUES ('a', 'b')",
            "UPDATE applications SET email = ''", "DELETE FROM events", "TRUNCATE badges",
            "CREATE TABLE mine (n int)", "SELECT forget_event_details('2026-05-01', 1)",
        ] {
            #expect(try await Self.refusal(.reader, sql) == "42501")
        }
        for sql: SQL in [
            "SELECT id, email, name FROM accounts", "SELECT recipient FROM outbox",
            "SELECT purpose, email FROM mail_codes", "SELECT * FROM applications",
            "SELECT * FROM session_of('\\x01')", "SELECT * FROM sessions_of(1, '\\x01')",
        ] {
            #expect(try await Self.refusal(.reader, sql) == nil)
        }
    }

    /// A table that a migration adds and GRANTS.sql forgets is nobody's.
    @Test func everyTableIsNamedInTheGrants() async throws {
        try await withOffice { desk in
            let without = try await desk.texts(
                """
                SELECT relname AS text FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                  AND relname <> 'reference_files'
                  AND NOT has_table_privilege('enroll_app', oid, 'SELECT')
                """)
            #expect(without.isEmpty, "\(without)")
            let writable = try await desk.texts(
                """
                SELECT relname AS text FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                  AND has_any_column_privilege('enroll_reader', oid, 'INSERT, UPDATE')
                """)
            #expect(writable.isEmpty, "\(writable)")
        }
    }

    @Test func theApplicationsOwnLoginIsNoSuperuserAndOwnsNothing() async throws {
        try await withOffice { _ in }  // migrated
        let desk = try await LoginDesk()
        let rights = try await desk.rights()
        #expect(rights == LoginRights(name: "enroll_app", isSuperuser: false, isOwner: false))
        #expect(try await desk.readerIsReached())
        #expect(try await desk.isRefused("SET ROLE app"), "it cannot become the owner")
        await desk.close()
    }

    @Test func theDetailsOfTheJournalGoByTheirOwnerAndNotBeforeTheirTime() async throws {
        try await withOffice { desk in
            _ = try await desk.rows(
                """
                WITH e AS (
                    INSERT INTO events (act, actor, subject, true_on, known_from, detail)
                    SELECT 'a', 'system', 'a', '2026-05-01', t, '{}'::json
                    FROM unnest(ARRAY['2026-05-01T23:59:59+09', '2026-05-02T00:00:01+09']::timestamptz[]) t
                    RETURNING id)
                INSERT INTO event_details (event_id, salt, reason) SELECT id, '\\x01', 'r' FROM e
                """)
            _ = try await desk.rows("UPDATE installation SET kind = 'production'")
            let early = try await desk.database.transaction { session -> Bool in
                do {
                    try await session.savepoint {
                        _ = try await session.rows("SELECT forget_event_details('2231-05-02', 10)")
                    }
                    return true
                } catch { return false }
            }
            #expect(!early)
            _ = try await desk.rows("UPDATE installation SET kind = 'demo'")
            let gone = try await desk.count(
                "SELECT forget_event_details('2031-05-02T12:00:00+09', 10)::bigint AS n")
            #expect(gone == 1)
            let rules = try await desk.texts(
                "SELECT forgotten_under AS text FROM event_details ORDER BY event_id")
            #expect(rules == ["journal_details 5 years from 2026-04-01", ""])
            #expect(try await desk.count("SELECT count(*) AS n FROM events WHERE act = 'a'") == 2)
        }
    }
}
