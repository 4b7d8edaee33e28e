import Enrollment
import Postgres
import TestSupport
import Testing

/// Every promise of the tables, broken once and told by its name.
@Suite struct ConstraintTests {
    @Test func everyPromiseIsToldByItsName() async throws {
        try await withOffice { desk in
            try await desk.database.transaction { session in
                try await session.run(Fixture.script)
                for promise in Promise.all {
                    let told = await Self.trouble(session) {
                        try await $0.execute(promise.breaking)
                    }
                    #expect(
                        told == .constraint(name: promise.name, sqlState: promise.state),
                        "\(promise.name)")
                }
            }
        }
    }

    /// A foreign key: its last column is given what nothing is, in the last row by its key. A primary
    /// key: a row twice.
    @Test func everyKeyIsToldByItsName() async throws {
        try await withOffice { desk in
            try await desk.database.transaction { session in
                try await session.run(Fixture.script)
                let keys = try await session.rows(Self.keys)
                #expect(keys.count > 70)
                for key in keys {
                    let (name, isForeign) = (try key.string("name"), try key.bool("is_foreign"))
                    let breaking = MigrationScript(try key.string("breaking"))
                    let told = await Self.trouble(session) { try await $0.run(breaking) }
                    let state = isForeign ? "23503" : "23505"
                    #expect(told == .constraint(name: name, sqlState: state), "\(name)")
                }
            }
        }
    }

    @Test func noPromiseIsWithoutATest() async throws {
        try await withOffice { desk in
            let names = try await desk.texts(
                """
                SELECT conname AS text FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'u', 'x')
                UNION
                SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                WHERE indisunique AND relnamespace = 'public'::regnamespace
                  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
                """)
            let tested = Set(Promise.all.map(\.name)).subtracting(Self.ownKeys)
            // No two rows can share them while the primary key stands; they are there to be
            // referred to.
            let identities = [
                "appointments_of_a_kind_and_year", "business_places_belong_to_one_organization",
            ]
            #expect(Set(names).subtracting(identities) == tested)
        }
    }

    /// Foreign keys that are broken by a promise of their own.
    private static let ownKeys = ["appointment_terms_belong", "business_places_parent_exists"]

    private static func trouble(
        _ session: Session, _ body: (Session) async throws -> Void
    ) async -> PostgresError? {
        do {
            try await session.savepoint { try await body(session) }
            return nil
        } catch { return error as? PostgresError }
    }

    private static let keys: SQL = """
        SELECT c.conname AS name, c.contype = 'f' AS is_foreign,
               CASE c.contype
               WHEN 'p' THEN format(
                   'INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM %1$s LIMIT 1',
                   c.conrelid::regclass,
                   (SELECT string_agg(quote_ident(g.attname), ', ') FROM pg_attribute g
                    WHERE g.attrelid = c.conrelid AND g.attnum > 0 AND NOT g.attisdropped
                      AND g.attgenerated = ''))
               ELSE format(
                   'UPDATE %1$s SET %2$I = %3$L WHERE ctid = ('
                   'SELECT ctid FROM %1$s ORDER BY %2$I IS NULL, %4$s LIMIT 1)',
                   c.conrelid::regclass, a.attname,
                   CASE WHEN a.atttypid = 'text'::regtype THEN '?' ELSE '32000' END,
                   (SELECT string_agg(quote_ident(g.attname) || ' DESC', ', ' ORDER BY n)
                    FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY k (attnum, n)
                    JOIN pg_attribute g ON g.attrelid = i.indrelid AND g.attnum = k.attnum
                    WHERE i.indrelid = c.conrelid AND i.indisprimary))
               END AS breaking
        FROM pg_constraint c
        JOIN pg_attribute a
          ON a.attrelid = c.conrelid AND a.attnum = c.conkey[array_length(c.conkey, 1)]
        WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'f')
          AND c.conname <> ALL(\(ownKeys)::text[])
        ORDER BY 1
        """
}
