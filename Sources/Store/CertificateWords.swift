public import Enrollment
internal import Postgres

extension ReadStore {
    /// Who appoints by a decision of a day, and in which words; nil while a value is missing:
    /// nobody has loaded it.
    public func certificateWording(on day: Day) async throws -> CertificateWording? {
        var values: [CertificateWording.Name: String] = [:]
        for row in try await rows(
            """
            SELECT DISTINCT ON (name) name, value FROM certificate_words
            WHERE valid_from <= \(day)::date ORDER BY name, valid_from DESC
            """)
        { values[try row.code("name")] = try row.string("value") }
        return CertificateWording(values, decidedOn: day)
    }
}

extension WriteTransaction {
    public func loadCertificateWords(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO certificate_words (name, valid_from, value, source)
            SELECT name, valid::date, value, source
            FROM unnest(\(t["name"])::text[], \(t["valid_from"])::text[], \(t["value"])::text[],
                        \(t["source"])::text[]) AS f(name, valid, value, source)
            ON CONFLICT (name, valid_from) DO UPDATE SET value = excluded.value,
                source = excluded.source
            """)
    }
}
