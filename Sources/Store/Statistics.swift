internal import Postgres

extension WriteTransaction {
    /// Lets the database look at how the large tables have grown. It does so by itself a minute
    /// later, and not at all soon after a crash; until then it would plan for empty tables.
    public func lookAtTables() async throws {
        try await executeLong(
            """
            ANALYZE people, applications, application_states, application_consents, affiliations,
                viewings, appointments, appointment_terms, badges, plan_lines, group_lines, outbox,
                events
            """)
    }
}
