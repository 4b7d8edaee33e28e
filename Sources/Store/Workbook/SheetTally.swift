public import Enrollment
internal import Postgres

/// What a sheet counts that no page asks for: the same measures by a key of its own, so that its
/// sums are held to the totals like all others.
struct SheetTally: Sendable {
    /// As 件数照合 names it.
    let word: String
    /// Of an appointment `h` and its application as it was known, `a` and its version `v`.
    let key: SQL

    init(_ word: String, by key: SQL) {
        self.word = word
        self.key = key
    }
}

extension ReadStore {
    /// The counts that sheets need besides the basis's own, by the word of 件数照合.
    public func sums(
        of sheets: [BoundSheet], on basis: TallyBasis
    ) async throws -> [String: [TallyKey: Tally]] {
        var sums: [String: [TallyKey: Tally]] = [:]
        for tally in sheets.compactMap(\.tally) {
            sums[tally.word] = try await counts(tally, on: basis)
        }
        return sums
    }

    private func counts(
        _ tally: SheetTally, on basis: TallyBasis
    ) async throws -> [TallyKey: Tally] {
        let found = try await longRows(
            """
            /* tally */ SELECT key, fiscal_year, kind, 0 AS persons, \(Self.measures)
            FROM (SELECT h.*, \(tally.key) AS key FROM (\(Self.held(basis))) h
                  JOIN applications a ON a.id = h.application_id
                  LEFT JOIN organizations o ON o.id = h.organization_id
                  LEFT JOIN (\(Self.versions(basis))) v ON v.application_id = a.id) keyed
            GROUP BY 1, 2, 3
            """)
        return try Dictionary(
            uniqueKeysWithValues: found.map { (try Self.tallyKey($0), try Self.tally($0)) })
    }
}
