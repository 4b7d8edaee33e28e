public import Enrollment
internal import Postgres

extension ReadStore {
    /// The lifetimes that hold on a day, each kind once.
    public func lifetimes(on day: Day) async throws -> [Lifetime] {
        try await rows(
            """
            SELECT DISTINCT ON (kind) kind, valid_from, amount, unit FROM lifetimes
            WHERE valid_from <= \(day)::date ORDER BY kind, valid_from DESC
            """
        ).map {
            Lifetime(
                try $0.code("kind"), from: try $0.day("valid_from"), try $0.int("amount"),
                try $0.code("unit"))
        }
    }

    /// How many rows of a kind are past their lifetime, and since when the oldest of them.
    public func pastLifetime(
        _ kind: Lifetime.Kind, before limit: Instant
    ) async throws -> (count: Int, oldest: Day?) {
        var past = (count: 0, oldest: Day?.none)
        for rule in ForgettingRule.all(of: kind) {
            let row = try await longRows(
                """
                SELECT count(*) AS n,
                       min((\(rule.moment))::timestamptz AT TIME ZONE 'Asia/Tokyo')::date AS oldest
                FROM \(rule.table) t WHERE \(rule.past(limit))
                """)[0]
            past.count += try row.int("n")
            if let oldest = try row.optionalDay("oldest") {
                past.oldest = min(past.oldest ?? oldest, oldest)
            }
        }
        return past
    }
}

extension WriteTransaction {
    /// Forgets at most so many rows of a kind that are past their lifetime, and says how many. Rows
    /// that another transaction is forgetting are passed over, so that nothing is counted twice.
    public func forget(
        _ kind: Lifetime.Kind, before limit: Instant, atMost count: Int, at now: Instant
    ) async throws -> Int {
        var forgotten = 0
        for rule in ForgettingRule.all(of: kind) where forgotten < count {
            forgotten += try await forget(
                by: rule, before: limit, atMost: count - forgotten, at: now)
        }
        return forgotten
    }

    private func forget(
        by rule: ForgettingRule, before limit: Instant, atMost count: Int, at now: Instant
    ) async throws -> Int {
        let chosen: SQL = """
            ARRAY(SELECT t.ctid FROM \(rule.table) t WHERE \(rule.past(limit))
                  LIMIT \(count)::integer FOR UPDATE OF t SKIP LOCKED)
            """
        return switch rule.act {
        case .delete:
            try await executeLong("DELETE FROM \(rule.table) WHERE ctid = ANY(\(chosen))")
        case .wipe(let values):
            try await executeLong("UPDATE \(rule.table) SET \(values) WHERE ctid = ANY(\(chosen))")
        case .deleteJobs: try await forgetJobs(chosen)
        case .wipeParticulars: try await forgetParticulars(chosen, at: now)
        case .askOwner:
            try await rows(
                "SELECT forget_event_details(\(now)::timestamptz, \(count)::integer) AS n"
            )[0].int("n")
        }
    }

    private func forgetJobs(_ chosen: SQL) async throws -> Int {
        try await executeLong(
            """
            WITH gone AS MATERIALIZED (SELECT id FROM jobs WHERE ctid = ANY(\(chosen))),
            progress AS (DELETE FROM job_progress p USING gone WHERE p.job_id = gone.id)
            DELETE FROM jobs j USING gone WHERE j.id = gone.id
            """)
    }

    public func loadLifetimes(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO lifetimes (kind, valid_from, amount, unit, source)
            SELECT kind, valid::date, amount::integer, unit, source
            FROM unnest(\(t["kind"])::text[], \(t["valid_from"])::text[], \(t["amount"])::text[],
                        \(t["unit"])::text[], \(t["source"])::text[])
                 AS f(kind, valid, amount, unit, source)
            ON CONFLICT (kind, valid_from) DO UPDATE SET amount = excluded.amount,
                unit = excluded.unit, source = excluded.source
            """)
    }
}
