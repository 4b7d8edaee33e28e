public import Enrollment
internal import Postgres

extension WriteTransaction {
    /// Takes `count` numbers of a gapless counter and gives the first. The row stays locked until
    /// the transaction ends, and a transaction that fails gives its numbers back.
    public func takeNumbers(_ count: Int, of counter: String) async throws -> Int {
        try await rows(
            """
            INSERT INTO counters (name, last_value) VALUES (\(counter), \(count))
            ON CONFLICT (name) DO UPDATE SET last_value = counters.last_value + \(count)
            RETURNING last_value
            """)[0].int("last_value") - count + 1
    }

    /// Those who have no 委員番号, locked so that nobody else gives them one.
    public func peopleWithoutNumber(_ people: [Int]) async throws -> [Int] {
        try await rows(
            """
            SELECT id FROM people WHERE id = ANY(\(people)::bigint[]) AND member_number IS NULL
            ORDER BY id FOR UPDATE
            """
        ).map { try $0.int("id") }
    }

    public func number(_ people: [Int], as numbers: [String]) async throws {
        try await execute(
            """
            UPDATE people SET member_number = f.number
            FROM unnest(\(people)::bigint[], \(numbers)::text[]) AS f(id, number)
            WHERE people.id = f.id AND people.member_number IS NULL
            """)
    }

    /// Writes appointments with their terms, from `first` to the end of the fiscal year. Throws
    /// `StoreConflict.appointedMeanwhile`.
    public func appoint(
        _ people: [(PlannedAppointment, number: String)], under plan: PlanRecord,
        by decision: Decision,
        from first: Day, at moment: WriteStamp
    ) async throws {
        let all = people.map(\.0)
        do {
            try await executeLong(
                """
                WITH made AS (
                    INSERT INTO appointments (number, person_id, application_id, fiscal_year, kind,
                        organization_id, history, decided_on, decision_number, plan_id, known_from)
                    SELECT f.number, f.person, f.application, \(plan.year)::smallint, f.kind,
                        f.body, f.history, \(decision.decidedOn)::date, \(decision.number),
                        \(plan.id)::bigint, \(moment.now)::timestamptz
                    FROM unnest(\(people.map(\.number))::text[], \(all.map(\.personID))::bigint[],
                        \(all.map(\.applicationID))::bigint[], \(all.map(\.kind.rawValue))::text[],
                        \(all.map(\.organizationID))::bigint[],
                        \(all.map(\.history.rawValue))::text[])
                      AS f(number, person, application, kind, body, history)
                    RETURNING id, person_id, kind, fiscal_year)
                INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year,
                                               true_from, ends_on, known_from)
                SELECT id, person_id, kind, fiscal_year, \(first)::date,
                       \(plan.year.next.firstDay)::date, \(moment.now)::timestamptz
                FROM made
                """)
        } catch { throw StoreConflict.naming(error, .appointedMeanwhile) }
    }
}
