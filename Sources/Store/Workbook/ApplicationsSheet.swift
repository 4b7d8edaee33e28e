internal import Enrollment
internal import Postgres
internal import Words

/// 02 応募一覧, one line per application of the basis's year, in the state that it was known to be in;
/// for the inside only.
enum ApplicationsSheet {
    static let sheet = Sheet<Line>(
        SheetTitle("02", "応募一覧", file: "applications"), columns,
        needing: ["a.id AS application_id"]
    ) { context, question, reading in
        let rows = try await reading.longRows(
            ask(question.columns, context.basis, after: question.after))
        let lines = try rows.map { Line(row: $0, id: try $0.int("application_id")) }
        return (lines, lines.count == pageSize ? lines.last?.id : nil)
    }

    struct Line: AnsweredLine, Sendable {
        let row: Row
        let id: Int
    }

    private typealias Column = SheetColumn<Line>

    /// Each page looks through the lines of the year's files once.
    private static let pageSize = 10_000

    private static let columns: [Column] = [
        Column(.receipt, from: "a.receipt"),
        Column(.fiscalYear, from: "a.fiscal_year"),
        Column(.kind, from: "coalesce(v.kind, a.kind)") { (kind: Kind) in kind.word },
        Column(.category, from: "coalesce(v.category, a.category)") {
            (category: EligibilityCategory) in category.word
        },
        Column(.organizationCode, from: "o.code", otherwise: .text(individualsCode)),
        Column(
            .organizationName, from: "coalesce(nullif(y.name, ''), o.name)",
            otherwise: .text(TallyWords.individuals)),
        Column(.route, from: "a.route") { (route: ApplicationRoute) in route.word },
        Column(.groupFileNumber, from: "l.number"),
        Column(.number("row_number", "団体のファイルの行の番号"), from: "l.row_number"),
        Column(.text("received_at", "応募を受け付けた日時（ISO 8601）"), from: "a.received_at") {
            Instant($0).map { .text($0.description) }
        },
        Column(.applicationStateCode, from: "s.state", codes: states) {
            (state: ApplicationState) in state.rawValue
        },
        Column(.applicationState, from: "s.state") { (state: ApplicationState) in state.word },
        Column(
            .text("application_state_changed_at", "応募がその状態になった日時（ISO 8601）"),
            from: "s.known_from"
        ) { Instant($0).map { .text($0.description) } },
        Column(
            .text("correction_reason", "補正を求めた理由。補正待ちでなければ空欄"),
            from: "CASE s.state WHEN 'correcting' THEN s.reason END"),
        Column(.day("correction_due_on", "補正の期限。期限は記録していないため空欄")) { _ in .blank },
        Column(.text("officer", "担当者。応募ごとの担当は決めていないため空欄")) { _ in .blank },
    ]

    private static let states = CodeList("応募の状態") { _ in
        ApplicationState.allCases.map { ($0.rawValue, $0.word) }
    }

    private static func ask(_ columns: SQL, _ basis: TallyBasis, after last: Int) -> SQL {
        """
        SELECT \(columns)
        FROM applications a
        JOIN LATERAL (
            SELECT s.state, s.known_from, s.reason FROM application_states s
            WHERE s.application_id = a.id AND s.known_from < \(basis.known)
              AND s.true_on <= \(basis.asOf)
            ORDER BY s.id DESC LIMIT 1) s ON true
        LEFT JOIN (\(ReadStore.versions(basis))) v ON v.application_id = a.id
        LEFT JOIN organizations o ON o.id =
            CASE WHEN v.kind IS NULL THEN a.organization_id ELSE v.organization_id END
        LEFT JOIN organization_years y
          ON y.organization_id = o.id AND y.fiscal_year = a.fiscal_year
        LEFT JOIN (
            SELECT DISTINCT ON (l.application_id) l.application_id, l.row_number, p.number
            FROM group_lines l JOIN group_files f ON f.id = l.group_file_id
            JOIN plans p ON p.id = f.plan_id
            WHERE p.fiscal_year = \(basis.year) AND l.applied_as = \(LineResult.submitted)
            ORDER BY l.application_id, f.id) l ON l.application_id = a.id
        WHERE a.fiscal_year = \(basis.year) AND a.id > \(last)
          AND a.received_at < \(basis.known) AND a.received_on <= \(basis.asOf)
        ORDER BY a.id LIMIT \(pageSize)
        """
    }
}

extension ColumnMeaning {
    static let groupFileNumber = text("group_file_number", "団体が送ったファイルの番号")
    static let applicationStateCode = text(
        "application_state_code", "集計基準日の応募の状態のコード",
        values: ApplicationState.allCases.map { "\($0.rawValue)：\($0.word)" })
    static let applicationState = text(
        "application_state", "集計基準日の応募の状態", values: ApplicationState.allCases.map(\.word))
}
