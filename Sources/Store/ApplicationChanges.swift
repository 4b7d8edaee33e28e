public import Enrollment
internal import Postgres

/// An application that was moved to another state, and the one that it was in.
public struct MovedApplication: Sendable {
    public let id: Int
    public let before: ApplicationState
}

extension WriteTransaction {
    /// Moves applications from one state to the next; gives those that were in it.
    public func move(
        _ ids: [Int], from: [ApplicationState], to state: ApplicationState, reason: String,
        in year: FiscalYear? = nil, at moment: WriteStamp
    ) async throws -> [MovedApplication] {
        let moved = try await rows(
            """
            UPDATE applications a SET state = \(state), state_changed_at = \(moment.now)
            FROM (SELECT id, state FROM applications
                  WHERE id = ANY(\(ids)::bigint[])
                    AND state = ANY(\(from.map(\.rawValue))::text[])
                    AND fiscal_year = coalesce(\(year?.startYear)::int, fiscal_year)
                  FOR UPDATE) found
            WHERE a.id = found.id
            RETURNING a.id, found.state AS before
            """
        ).map { MovedApplication(id: try $0.int("id"), before: try $0.code("before")) }
        try await execute(
            """
            INSERT INTO application_states (application_id, state, true_on, known_from, reason)
            SELECT id, \(state), \(moment.day)::date, \(moment.now)::timestamptz, \(reason)
            FROM unnest(\(moved.map(\.id))::bigint[]) AS f(id)
            """)
        return moved
    }
}
