public import Enrollment
internal import Postgres

/// What an organization is remembered to have said of a column, with who said it and when.
public struct RememberedColumn: Sendable {
    public let choice: ColumnChoice
    public let by: ActorRecord
    public let at: Instant

    /// Nil for a question that there is no more.
    init?(_ row: Row) throws {
        guard let use = ColumnUse(code: try row.string("taken_as")) else { return nil }
        choice = ColumnChoice(
            ColumnName(try row.string("heading"), ordinal: try row.int("ordinal")), use,
            isRemembered: true)
        by = try ActorRecord(row)
        at = try row.instant("known_from")
    }
}

extension ReadStore {
    /// What holds now for the files of an organization, the newest last.
    public func rememberedColumns(of organizationID: Int) async throws -> [RememberedColumn] {
        try await rows(
            """
            SELECT c.heading, c.ordinal, c.taken_as, c.known_from, \(ActorRecord.columns)
            FROM column_choices c
            CROSS JOIN LATERAL (SELECT c.chosen_by AS actor) j
            LEFT JOIN accounts u ON u.id = c.chosen_by_account
            WHERE c.organization_id = \(organizationID) AND c.known_until = 'infinity'
            ORDER BY c.id
            """
        ).compactMap { try RememberedColumn($0) }
    }
}

extension WriteTransaction {
    /// Longer headings are not remembered: no file has them twice.
    private static let longestHeading = 200

    /// Remembers what is said of columns from now on, in the place of what was said of them before.
    /// Two who do so at once do it one after the other.
    public func remember(
        _ choices: [ColumnChoice], of organizationID: Int, at moment: WriteStamp
    ) async throws {
        let longest = Self.longestHeading
        let kept = choices.filter {
            $0.name.heading.unicodeScalars.count <= longest
                && $0.name.key.unicodeScalars.count <= longest
        }
        guard !kept.isEmpty else { return }
        // Whoever files its people meanwhile does not wait, nor is waited for.
        try await execute(
            "SELECT id FROM organizations WHERE id = \(organizationID) FOR NO KEY UPDATE")
        let (keys, ordinals) = (kept.map(\.name.key), kept.map(\.name.ordinal))
        try await execute(
            """
            UPDATE column_choices c SET known_until = greatest(c.known_from, \(moment.now))
            FROM unnest(\(keys)::text[], \(ordinals)::integer[]) AS f(key, ordinal)
            WHERE c.organization_id = \(organizationID) AND c.known_until = 'infinity'
              AND c.heading_key = f.key AND c.ordinal = f.ordinal
            """)
        try await execute(
            """
            INSERT INTO column_choices (organization_id, heading_key, heading, ordinal, taken_as,
                chosen_by, known_from)
            SELECT \(organizationID), key, heading, ordinal, taken_as, \(moment.actor),
                   \(moment.now)
            FROM unnest(\(keys)::text[], \(kept.map(\.name.heading))::text[],
                        \(ordinals)::integer[], \(kept.map(\.use.code))::text[])
              AS f(key, heading, ordinal, taken_as)
            """)
    }
}
