public import Enrollment
internal import Postgres

/// What the office has said of an organization, so that a file says it no more.
public struct OrganizationKept: Sendable {
    public let line: OrganizationLine
    public let isRenamed: Bool
    /// 法人番号 and 団体グループ.
    public let isChanged: Bool
    /// Opened in the year, or with other terms.
    public let isOpened: Bool
}

extension WriteTransaction {
    /// The organizations among `codes` of which the journal says that somebody has opened or
    /// changed them, by code; a file leaves no event.
    public func organizationsKept(
        among codes: [String], in year: FiscalYear
    ) async throws -> [OrganizationKept] {
        let acts: [EventKind] = [.renameOrganization, .changeOrganization, .openOrganization]
        let (start, end) = (Instant(startOf: year.firstDay), Instant(startOf: year.next.firstDay))
        return try await rows(
            """
            SELECT \(OrganizationLine.columns), k.is_renamed, k.is_changed, k.is_opened
            FROM \(OrganizationLine.tables(year)) CROSS JOIN LATERAL (
                SELECT coalesce(bool_or(e.act = \(acts[0])), false) AS is_renamed,
                       coalesce(bool_or(e.act = \(acts[1])), false) AS is_changed,
                       coalesce(bool_or(e.act = \(acts[2]) AND e.known_from >= \(start)::timestamptz
                                        AND e.known_from < \(end)::timestamptz), false) AS is_opened
                FROM events e WHERE e.subject = 'organization:' || o.code
                  AND e.act = ANY(\(acts.map(\.rawValue))::text[])) k
            WHERE o.code = ANY(\(codes)::text[]) AND (k.is_renamed OR k.is_changed OR k.is_opened)
            ORDER BY o.code
            """
        ).map {
            OrganizationKept(
                line: try OrganizationLine($0), isRenamed: try $0.bool("is_renamed"),
                isChanged: try $0.bool("is_changed"), isOpened: try $0.bool("is_opened"))
        }
    }
}
