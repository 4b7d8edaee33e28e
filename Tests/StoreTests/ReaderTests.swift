import Postgres
import TestSupport
import Testing

@Suite struct ReaderTests {
    @Test func theReaderMayReadEveryTableAndWriteNone() async throws {
        try await withOffice { desk in
            let tables = try await desk.rows(
                """
                SELECT relname AS name,
                       has_table_privilege('enroll_reader', oid, 'SELECT') AS reads,
                       has_table_privilege('enroll_reader', oid,
                                           'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER') AS writes
                FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                """)
            #expect(tables.count > 30)
            for table in tables {
                let name = try table.string("name")
                let (reads, writes) = (try table.bool("reads"), try table.bool("writes"))
                #expect(reads, "\(name)")
                #expect(!writes, "\(name)")
            }
        }
    }

    @Test func theReaderIsRefusedByTheServerItself() async throws {
        try await withOffice { desk in
            for sql: SQL in [
                "INSERT INTO service_settings (name, value) VALUES ('a', 'b')",
                "UPDATE applications SET email = ''", "DELETE FROM events",
                "TRUNCATE badges", "CREATE TABLE mine (n int)",
            ] {
                let state = try await desk.database.transaction { session -> String in
                    try await session.execute("SET LOCAL ROLE enroll_reader")
                    do {
                        try await session.savepoint { _ = try await session.execute(sql) }
                    } catch PostgresError.server(let state, _) {
                        try await session.execute("RESET ROLE")
                        return state
                    }
                    return "allowed"
                }
                #expect(state == "42501")
            }
        }
    }
}
