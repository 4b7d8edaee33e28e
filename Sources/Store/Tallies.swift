public import Enrollment
internal import Postgres

/// By what people are counted. The word is that of the query.
public enum TallyDimension: String, Sendable { case all, organization, group, prefecture }

/// The code under which people who belong to no organization are counted, so that sums add up.
public let individualsCode = "individual"

extension ReadStore {
    /// How many microseconds ago the oldest transaction began that is still writing; 0 when there
    /// is none.
    public func openWritingAge() async throws -> Int {
        try await rows("SELECT open_writing_age() AS age")[0].int("age")
    }

    /// The day of the first application, from which on there is something to count; nil while there
    /// is none. Nobody is appointed before they have applied.
    public func firstRecordedOn() async throws -> Day? {
        try await rows("SELECT received_on FROM applications ORDER BY id LIMIT 1")
            .first?.day("received_on")
    }

    /// Counts of every fiscal year up to the day of the basis, by everything that is counted by; a
    /// past year as of its last day. Keys that nobody has are not among them. One query, because
    /// finding who was appointed takes as long as counting them.
    public func tallies(on basis: TallyBasis) async throws -> [TallyDimension: [TallyKey: Tally]] {
        // Whoever was ever appointed counts in the year of the basis before it appoints anybody.
        let year = FiscalYear(containing: basis.asOf).startYear
        let found = try await longRows(
            """
            /* tally */ WITH keyed AS MATERIALIZED (\(Self.keyed(basis))),
            counted AS (
                SELECT CASE GROUPING(body, body_group, prefecture) WHEN 3 THEN 'organization'
                           WHEN 5 THEN 'group' WHEN 6 THEN 'prefecture' ELSE 'all' END AS dimension,
                    coalesce(body, body_group, prefecture, '') AS key, fiscal_year, kind,
                    \(Self.measures)
                FROM keyed GROUP BY fiscal_year, kind,
                    GROUPING SETS ((), (body), (body_group), (prefecture))),
            firsts AS (
                \(Self.firsts("'all'", key: "''"))
                UNION ALL \(Self.firsts("'organization'", key: "body"))
                UNION ALL \(Self.firsts("'group'", key: "body_group"))
                UNION ALL \(Self.firsts("'prefecture'", key: "prefecture"))),
            ever AS (
                SELECT f.dimension, f.key, y.fiscal_year, f.kind, sum(f.persons)::bigint AS persons
                FROM (SELECT fiscal_year FROM counted UNION SELECT \(year)::smallint) y
                JOIN firsts f ON f.year <= y.fiscal_year GROUP BY 1, 2, 3, 4)
            SELECT e.dimension, e.fiscal_year, e.key, e.kind, e.persons,
                   coalesce(appointed, 0) AS appointed, coalesce(active, 0) AS active,
                   coalesce(new, 0) AS new, coalesce(renewed, 0) AS renewed,
                   coalesce(reappointed, 0) AS reappointed, coalesce(ended, 0) AS ended
            FROM ever e LEFT JOIN counted c USING (dimension, fiscal_year, key, kind)
            """)
        var tallies: [TallyDimension: [TallyKey: Tally]] = [:]
        for row in found {
            let dimension = try row.code("dimension", TallyDimension.self)
            tallies[dimension, default: [:]][try Self.tallyKey(row)] = try Self.tally(row)
        }
        return tallies
    }

    /// Of appointments as `held` gives them.
    static let measures: SQL = """
        count(*) AS appointed, count(*) FILTER (WHERE is_active) AS active,
        count(*) FILTER (WHERE history = 'new') AS new,
        count(*) FILTER (WHERE history = 'renewed') AS renewed,
        count(*) FILTER (WHERE history = 'reappointed') AS reappointed,
        count(*) FILTER (WHERE has_ended) AS ended
        """

    static func tally(_ row: Row) throws -> Tally {
        var tally = Tally()
        tally.active = try row.int("active")
        tally.appointed = try row.int("appointed")
        tally.new = try row.int("new")
        tally.renewed = try row.int("renewed")
        tally.reappointed = try row.int("reappointed")
        tally.ended = try row.int("ended")
        tally.everPersons = try row.int("persons")
        return tally
    }

    /// 兼任数 by organization: active people for whom it is not the first one.
    public func secondaryCounts(on basis: TallyBasis) async throws -> [TallyKey: Int] {
        let found = try await longRows(
            """
            /* tally */ WITH held AS (\(Self.held(basis)))
            SELECT h.fiscal_year, o.code AS key, h.kind, count(DISTINCT h.person_id) AS persons
            FROM affiliations f
            JOIN held h ON h.application_id = f.application_id AND h.is_active
            JOIN organizations o ON o.id = f.organization_id
            WHERE NOT f.is_primary
              AND f.known_from < \(basis.known) AND f.known_until >= \(basis.known)
              AND f.true_from <= h.basis_day AND f.true_until >= h.basis_day
            GROUP BY 1, 2, 3
            """)
        var counts: [TallyKey: Int] = [:]
        for row in found { counts[try Self.tallyKey(row)] = try row.int("persons") }
        return counts
    }

    /// Months from the April of the first appointment or application on, for each kind: what
    /// happened, and how many were appointed for the first time.
    public func months(on basis: TallyBasis) async throws -> [(MonthTally, newcomers: Int)] {
        try await longRows(
            """
            /* tally */ WITH held AS (\(Self.held(basis))),
            happened AS (
                SELECT kind, true_from AS day, 1 AS appointed, 0 AS ended, 0 AS applied, 0 AS fresh
                FROM held
                UNION ALL SELECT kind, ended_on, 0, 1, 0, 0 FROM held
                WHERE ended_on <= \(basis.asOf)
                UNION ALL SELECT coalesce(v.kind, a.kind), a.received_on, 0, 0, 1, 0
                FROM applications a
                LEFT JOIN (\(Self.versions(basis))) v ON v.application_id = a.id
                WHERE a.received_at < \(basis.known) AND a.received_on <= \(basis.asOf)
                  AND NOT \(Self.isMerged(basis)) AND a.route <> 'renewal'
                UNION ALL SELECT kind, min(true_from), 0, 0, 0, 1 FROM held
                GROUP BY person_id, kind),
            monthly AS (
                SELECT kind, day - extract(day FROM day)::int + 1 AS month,
                    sum(appointed) AS appointed, sum(ended) AS ended,
                    sum(applied) AS applied, sum(fresh) AS fresh
                FROM happened GROUP BY 1, 2),
            april AS (
                SELECT make_date(extract(year FROM day - interval '3 months')::int, 4, 1) AS day
                FROM (SELECT min(month) AS day FROM monthly
                      UNION ALL SELECT \(basis.asOf)::date ORDER BY day LIMIT 1) f)
            SELECT to_char(m.day, 'YYYY-MM') AS month,
                   extract(year FROM m.day - interval '3 months')::int AS fiscal_year, k.kind,
                   coalesce(sum(applied), 0)::int AS applied,
                   coalesce(sum(appointed), 0)::int AS appointed,
                   coalesce(sum(ended), 0)::int AS ended, coalesce(sum(fresh), 0)::int AS fresh
            FROM april,
                 generate_series(april.day, \(basis.asOf)::date, interval '1 month') AS m(day)
            CROSS JOIN unnest(\(Kind.allCases.map(\.rawValue))::text[]) AS k(kind)
            LEFT JOIN monthly h ON h.kind = k.kind AND h.month = m.day::date
            GROUP BY m.day, k.kind ORDER BY k.kind DESC, m.day
            """
        ).map { row in
            var month = MonthTally(
                month: try row.string("month"), year: try row.year("fiscal_year"),
                kind: try row.code("kind"))
            month.applied = try row.int("applied")
            month.appointed = try row.int("appointed")
            month.ended = try row.int("ended")
            return (month, newcomers: try row.int("fresh"))
        }
    }

    /// Whether an application `a` led into another as it was known then: that may be said later,
    /// and taken back.
    static func isMerged(_ basis: TallyBasis) -> SQL {
        """
        EXISTS (SELECT FROM application_states s
                WHERE s.application_id = a.id AND s.state = 'merged'
                  AND s.known_from < \(basis.known)
                  AND NOT EXISTS (SELECT FROM application_states n
                                  WHERE n.application_id = s.application_id AND n.id > s.id
                                    AND n.known_from < \(basis.known)))
        """
    }

    /// Appointments as they were known, with what holds on the day that counts for their year. What
    /// was cancelled by then (取消), or ended beside another one (統合), never was; what was known
    /// before stays, also whose it was.
    static func held(_ basis: TallyBasis) -> SQL {
        """
        SELECT p.id, t.person_id, p.kind, p.fiscal_year, p.organization_id, p.history,
               p.application_id, t.true_from, b.basis_day,
               CASE WHEN t.end_reason <> '' THEN t.ends_on END AS ended_on,
               t.end_reason <> '' AND t.ends_on <= b.basis_day AS has_ended,
               t.ends_on > b.basis_day AS is_active
        FROM appointment_terms t
        JOIN appointments p ON p.id = t.appointment_id
        CROSS JOIN LATERAL (SELECT least(\(basis.asOf)::date, make_date(p.fiscal_year + 1, 3, 31))
                            AS basis_day) b
        WHERE t.known_from < \(basis.known) AND t.known_until >= \(basis.known)
          AND t.true_from <= \(basis.asOf) AND t.end_reason NOT IN ('cancelled', 'merged')
        """
    }

    /// Appointments with everything that they are counted by: organization and its group, and where
    /// the person lived as it was known then.
    private static func keyed(_ basis: TallyBasis) -> SQL {
        """
        SELECT h.fiscal_year, h.kind, h.person_id, h.history, h.is_active, h.has_ended,
            coalesce(o.code, \(individualsCode)) AS body,
            coalesce(y.group_code, o.group_code, \(individualsCode)) AS body_group,
            coalesce(v.prefecture_code, a.prefecture_code) AS prefecture
        FROM (\(held(basis))) h
        JOIN applications a ON a.id = h.application_id
        LEFT JOIN organizations o ON o.id = h.organization_id
        LEFT JOIN organization_years y
          ON y.organization_id = o.id AND y.fiscal_year = h.fiscal_year
        LEFT JOIN (\(versions(basis))) v ON v.application_id = a.id
        """
    }

    /// How many people had their first appointment under a key in each year.
    private static func firsts(_ dimension: SQL, key: SQL) -> SQL {
        """
        SELECT \(dimension)::text AS dimension, key, kind, year, count(*) AS persons
        FROM (SELECT \(key) AS key, kind, person_id, min(fiscal_year) AS year
              FROM keyed GROUP BY 1, kind, person_id) p GROUP BY key, kind, year
        """
    }

    static func tallyKey(_ row: Row) throws -> TallyKey {
        TallyKey(
            try row.year("fiscal_year"), try row.string("key"), try row.code("kind", Kind.self))
    }
}
