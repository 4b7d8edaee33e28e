public import Enrollment
internal import Postgres

extension ReadStore {
    /// What decides on a day who is who; nil while a value is missing: nobody has loaded it.
    public func identityRules(on day: Day) async throws -> IdentityRules? {
        var values: [IdentityRules.Name: String] = [:]
        for row in try await rows(
            """
            SELECT DISTINCT ON (name) name, value FROM identity_rules
            WHERE valid_from <= \(day)::date ORDER BY name, valid_from DESC
            """)
        { values[try row.code("name")] = try row.string("value") }
        return IdentityRules(values)
    }
}

extension WriteTransaction {
    public func loadIdentityRules(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO identity_rules (name, valid_from, value, source)
            SELECT name, valid::date, value, source
            FROM unnest(\(t["name"])::text[], \(t["valid_from"])::text[], \(t["value"])::text[],
                        \(t["source"])::text[]) AS f(name, valid, value, source)
            ON CONFLICT (name, valid_from) DO UPDATE SET value = excluded.value,
                source = excluded.source
            """)
    }
}
