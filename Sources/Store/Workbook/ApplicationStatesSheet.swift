internal import Enrollment
internal import Postgres
internal import Words

/// 10 応募状況, one line per fiscal year, 応募経路 and state, as far as it was known: also where there
/// is none.
enum ApplicationStatesSheet {
    static let sheet = Sheet<PlainLine>(
        SheetTitle("10", "応募状況", file: "application_states"), columns
    ) { context, question, reading in
        let rows = try await reading.longRows(
            ask(question.columns, context.basis, context.numbers.years))
        return (rows.map(PlainLine.init), nil)
    }

    private typealias Column = SheetColumn<PlainLine>

    private static let columns: [Column] = [
        Column(.fiscalYear, from: "y.fiscal_year"),
        Column(.route, from: "r.route") { (route: ApplicationRoute) in route.word },
        Column(.applicationStateCode, from: "st.state") { (state: ApplicationState) in
            state.rawValue
        },
        Column(.applicationState, from: "st.state") { (state: ApplicationState) in state.word },
        Column(
            .count("application_count", of: .applications, "集計基準日にその状態にある応募の数"),
            from: "count(k.fiscal_year)"),
        Column(
            .count(
                "processing_days_average", of: .days,
                "受付日から、承認、不承認、取下げまたは期限切れとなった日までの日数の平均。小数第1位まで。決まった応募がなければ空欄"),
            from: "round(avg(k.decided_on - k.received_on), 1)"
        ) { Double($0).map { .decimal($0) } },
    ]

    private static func ask(_ columns: SQL, _ basis: TallyBasis, _ years: [FiscalYear]) -> SQL {
        let decided: [ApplicationState] = [.approved, .appointed, .rejected, .withdrawn, .expired]
        let states = ApplicationState.allCases.filter { $0 != .draft }
        return """
            /* tally */ WITH latest AS (
                SELECT s.application_id, max(s.id) AS id, min(s.true_on) FILTER (
                    WHERE s.state = ANY(\(decided.map(\.rawValue))::text[])) AS decided_on
                FROM application_states s
                WHERE s.known_from < \(basis.known) AND s.true_on <= \(basis.asOf) GROUP BY 1),
            known AS (
                SELECT a.fiscal_year, a.route, s.state, a.received_on, l.decided_on
                FROM latest l JOIN application_states s ON s.id = l.id
                JOIN applications a ON a.id = l.application_id)
            SELECT \(columns)
            FROM (SELECT unnest(\(years.map(\.startYear))::int[]) AS fiscal_year
                  UNION SELECT fiscal_year FROM known) y
            CROSS JOIN unnest(\(ApplicationRoute.allCases.map(\.rawValue))::text[])
              WITH ORDINALITY AS r(route, position)
            CROSS JOIN unnest(\(states.map(\.rawValue))::text[])
              WITH ORDINALITY AS st(state, position)
            LEFT JOIN known k USING (fiscal_year, route, state)
            WHERE y.fiscal_year <= \(basis.year)
            GROUP BY y.fiscal_year, r.route, r.position, st.state, st.position
            ORDER BY y.fiscal_year, r.position, st.position
            """
    }
}
