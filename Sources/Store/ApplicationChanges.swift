public import Enrollment
internal import Postgres

/// An application that was moved to another state, and the one that it was in.
public struct MovedApplication: Sendable {
    public let id: Int
    public let before: ApplicationState
}

/// From which states to which, and why; in whatever year, where none is named.
public struct StateChange: Sendable {
    public let from: [ApplicationState]
    public let state: ApplicationState
    public let reason: String
    public let year: FiscalYear?

    public init(
        from: [ApplicationState], to state: ApplicationState, reason: String = "",
        in year: FiscalYear? = nil
    ) {
        self.from = from
        self.state = state
        self.reason = reason
        self.year = year
    }
}

extension WriteTransaction {
    /// Moves applications from one state to the next; gives those that were in it, by number.
    public func move(
        _ ids: [Int], _ change: StateChange, at moment: WriteStamp
    ) async throws -> [MovedApplication] {
        let moved = try await rows(
            """
            UPDATE applications a SET state = \(change.state), state_changed_at = \(moment.now)
            FROM (SELECT id, state FROM applications
                  WHERE id = ANY(\(ids)::bigint[])
                    AND state = ANY(\(change.from.map(\.rawValue))::text[])
                    AND fiscal_year = coalesce(\(change.year?.startYear)::int, fiscal_year)
                  ORDER BY id FOR UPDATE) found
            WHERE a.id = found.id
            RETURNING a.id, found.state AS before
            """
        ).map { MovedApplication(id: try $0.int("id"), before: try $0.code("before")) }
            .sorted { $0.id < $1.id }
        try await execute(
            """
            INSERT INTO application_states (application_id, state, true_on, known_from, reason)
            SELECT id, \(change.state), \(moment.day)::date, \(moment.now)::timestamptz,
                   \(change.reason)
            FROM unnest(\(moved.map(\.id))::bigint[]) AS f(id)
            """)
        return moved
    }
}
