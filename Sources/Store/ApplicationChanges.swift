public import Enrollment
internal import Postgres

extension WriteTransaction {
    /// Moves applications from one state to the next; gives those that were in it.
    public func move(
        _ ids: [Int], from: [ApplicationState], to state: ApplicationState, reason: String,
        in year: FiscalYear? = nil, at moment: WriteStamp
    ) async throws -> [Int] {
        let moved = try await rows(
            """
            UPDATE applications SET state = \(state), state_changed_at = \(moment.now)
            WHERE id = ANY(\(ids)::bigint[]) AND state = ANY(\(from.map(\.rawValue))::text[])
              AND fiscal_year = coalesce(\(year?.startYear)::int, fiscal_year)
            RETURNING id
            """
        ).map { try $0.int("id") }
        try await execute(
            """
            INSERT INTO application_states (application_id, state, true_on, known_from, reason)
            SELECT id, \(state), \(moment.day)::date, \(moment.now)::timestamptz, \(reason)
            FROM unnest(\(moved)::bigint[]) AS f(id)
            """)
        return moved
    }
}
