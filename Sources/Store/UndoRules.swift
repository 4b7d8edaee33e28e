public import Enrollment
internal import Postgres

extension ReadStore {
    /// For how long something is taken back that is done on a day; nil while a value is missing:
    /// nobody has loaded it.
    public func undoRules(on day: Day) async throws -> UndoRules? {
        var values: [UndoRules.Name: Int] = [:]
        for row in try await rows(
            """
            SELECT DISTINCT ON (name) name, value FROM undo_rules
            WHERE valid_from <= \(day)::date ORDER BY name, valid_from DESC
            """)
        { values[try row.code("name")] = try row.int("value") }
        return UndoRules(values)
    }
}

extension WriteTransaction {
    public func loadUndoRules(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO undo_rules (name, valid_from, value, source)
            SELECT name, valid::date, value::integer, source
            FROM unnest(\(t["name"])::text[], \(t["valid_from"])::text[], \(t["value"])::text[],
                        \(t["source"])::text[]) AS f(name, valid, value, source)
            ON CONFLICT (name, valid_from) DO UPDATE SET value = excluded.value,
                source = excluded.source
            """)
    }
}
