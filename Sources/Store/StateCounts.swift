public import Enrollment
internal import Postgres

/// How many applications of a year there are in each state.
public struct StateCounts: Sendable {
    private var counts: [ApplicationState: Int] = [:]
    /// Those whose appointment has ended: they are counted in no state.
    public private(set) var ended = 0

    /// Nil where there are none.
    public subscript(_ state: ApplicationState) -> Int? { counts[state] }

    fileprivate init(_ rows: [Row]) throws {
        for row in rows {
            let (all, over) = (try row.int("n"), try row.int("ended"))
            ended += over
            if all > over { counts[try row.code("state")] = all - over }
        }
    }
}

extension ReadStore {
    /// Applications of a year by their state, and apart from them those that came to an end.
    public func stateCounts(in year: FiscalYear) async throws -> StateCounts {
        // The ended ones are few and have an index of their own; all are counted from theirs.
        try StateCounts(
            try await rows(
                """
                /* tally */ SELECT s.state, s.n, coalesce(e.n, 0) AS ended
                FROM (SELECT state, count(*) AS n FROM applications
                      WHERE fiscal_year = \(year) GROUP BY state) s
                LEFT JOIN (SELECT state, count(*) AS n FROM applications
                           WHERE fiscal_year = \(year) AND appointment_ended GROUP BY state) e
                  ON e.state = s.state
                """))
    }
}
