public import Enrollment
internal import Postgres

/// Somebody whose application was not decided in its year.
public struct UndecidedApplication: Sendable {
    public let id: Int
    public let personID: Int
    public let receipt: String
    public let year: FiscalYear
    public let kind: Kind
    public let name: String
    public let email: String
}

extension ReadStore {
    /// Applications of years before `year` that still wait, the oldest first.
    public func undecided(before year: FiscalYear, limit: Int) async throws
        -> [UndecidedApplication]
    {
        try await rows(
            """
            SELECT a.id, a.person_id, a.receipt, a.fiscal_year, a.kind, a.email,
                   \(FullName.sql(of: "a.")) AS name
            FROM fiscal_years y
            CROSS JOIN unnest(\(ApplicationState.waiting.map(\.rawValue))::text[]) AS s(state)
            JOIN applications a ON a.fiscal_year = y.start_year AND a.state = s.state
            WHERE y.start_year < \(year) ORDER BY a.id LIMIT \(limit)
            """
        ).map { row in
            UndecidedApplication(
                id: try row.int("id"), personID: try row.int("person_id"),
                receipt: try row.string("receipt"), year: try row.year("fiscal_year"),
                kind: try row.code("kind"), name: try row.string("name"),
                email: try row.string("email"))
        }
    }
}
