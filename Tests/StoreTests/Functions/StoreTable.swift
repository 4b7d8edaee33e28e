import Enrollment
import Postgres
import Store
import TestSupport

/// What every function of `Store` answers, one after the other, on one small fixture: a life that
/// the functions themselves write.
final class StoreTable {
    let database: SingleConnectionDatabase
    private(set) var text = ""
    /// The functions, as often as they were called.
    private(set) var called: [String] = []

    let year = Invented.year
    let day = Invented.today
    /// By the number of each invented person.
    var applications: [Int: Int] = [:]
    var people: [Int: Int] = [:]
    var rules: FiscalYearRules!

    init(_ database: SingleConnectionDatabase) { self.database = database }

    struct Unfit: Error {}

    var start: Instant { Instant(startOf: day).adding(seconds: 36_000) }

    /// So many minutes after ten.
    func at(_ minutes: Int) -> Instant { start.adding(seconds: 60 * minutes) }

    func stamp(_ minutes: Int, _ actor: Actor = .operator("office")) -> WriteStamp {
        WriteStamp(now: at(minutes), actor: actor)
    }

    func chapter(_ title: String) { text += "\n# \(title)\n" }

    @discardableResult
    func read<Value>(
        _ name: String, showing shown: (Value) -> Any = { $0 },
        _ body: (ReadStore) async throws -> Value
    ) async throws -> Value {
        let value = try await database.reading { try await body(ReadStore($0)) }
        return tell("ReadStore." + name, value, shown)
    }

    @discardableResult
    func write<Value>(
        _ name: String, showing shown: (Value) -> Any = { $0 },
        _ body: (WriteTransaction) async throws -> Value
    ) async throws -> Value {
        let value = try await database.transaction { try await body(WriteTransaction($0)) }
        return tell("WriteTransaction." + name, value, shown)
    }

    /// What touches no table.
    @discardableResult
    func tell<Value>(
        _ name: String, _ value: Value, _ shown: (Value) -> Any = { $0 }
    ) -> Value {
        called.append(name)
        text += "\n\(name)\n\(ValueText.lines(shown(value)))"
        return value
    }

    /// Numbers begin anew, whatever tests came before: it is undone with the test.
    func beginNumbersAnew() async throws {
        _ = try await database.rows(
            """
            DO $$
            DECLARE found record; last bigint;
            BEGIN
                FOR found IN SELECT table_name, column_name FROM information_schema.columns
                             WHERE table_schema = 'public' AND is_identity = 'YES'
                LOOP
                    EXECUTE format('SELECT coalesce(max(%I), 0) + 1 FROM %I', found.column_name,
                                   found.table_name) INTO last;
                    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I RESTART WITH %s',
                                   found.table_name, found.column_name, last);
                END LOOP;
            END $$
            """)
    }
}
