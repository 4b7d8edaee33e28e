internal import Enrollment
internal import Postgres
internal import Words

/// 12 動画視聴, one line per fiscal year, video and evidence. Whoever gave evidence twice counts with
/// the better one, so that the lines of a video add up to people.
enum ViewingsSheet {
    static let sheet = Sheet<PlainLine>(
        SheetTitle("12", "動画視聴", file: "viewings"), columns
    ) { context, question, reading in
        let rows = try await reading.longRows(ask(question.columns, context.basis))
        return (rows.map(PlainLine.init), nil)
    }

    private typealias Column = SheetColumn<PlainLine>

    private static let columns: [Column] = [
        Column(.fiscalYear, from: "v.fiscal_year"),
        Column(.text("video_code", "動画のコード"), from: "v.code"),
        Column(.text("video_title", "動画の名称"), from: "v.title"),
        Column(
            .text("video_required", "その年度に視聴が必要な動画かどうか", values: ["必須", "任意"]),
            from: "v.is_required"
        ) { .text($0 == "t" ? "必須" : "任意") },
        Column(
            .text(
                "evidence_code", "視聴の根拠のコード",
                values: EvidenceGrade.allCases.map { "\($0.rawValue)：\($0.word)" }), from: "g.grade"
        ),
        Column(
            .text("evidence", "視聴の根拠", values: EvidenceGrade.allCases.map(\.word)), from: "g.grade"
        ) { (grade: EvidenceGrade) in grade.word },
        Column(
            .count("viewer_count", of: .persons, "集計基準日までに動画を視聴した人の数。根拠がいくつもある人は、最も確かな根拠で1回数える"),
            from: "count(b.person_id)"),
    ]

    private static func ask(_ columns: SQL, _ basis: TallyBasis) -> SQL {
        let grades = EvidenceGrade.allCases.map(\.rawValue)
        return """
            /* tally */ WITH best AS (
                SELECT w.fiscal_year, w.video_slot, w.person_id,
                       min(array_position(\(grades)::text[], w.grade)) AS position
                FROM viewings w
                WHERE w.known_from < \(basis.known) AND w.known_until >= \(basis.known)
                  AND w.viewed_on <= \(basis.asOf) AND w.fiscal_year <= \(basis.year)
                GROUP BY 1, 2, 3),
            shown AS (
                SELECT d.*, EXISTS (
                    SELECT FROM requirements r
                    WHERE r.fiscal_year = d.fiscal_year AND r.video_slot = d.slot
                      AND r.known_from < \(basis.known) AND NOT EXISTS (
                        SELECT FROM requirement_withdrawals x
                        WHERE x.fiscal_year = r.fiscal_year AND x.kind = r.kind
                          AND x.category = r.category AND x.video_slot = r.video_slot
                          AND x.known_from < \(basis.known) AND x.known_until >= \(basis.known)
                          AND x.true_from <= make_date(d.fiscal_year, 4, 1))) AS is_required
                FROM videos d WHERE d.fiscal_year <= \(basis.year))
            SELECT \(columns)
            FROM shown v
            CROSS JOIN unnest(\(grades)::text[]) WITH ORDINALITY AS g(grade, position)
            LEFT JOIN best b ON b.fiscal_year = v.fiscal_year AND b.video_slot = v.slot
              AND b.position = g.position
            GROUP BY v.fiscal_year, v.slot, v.code, v.title, v.is_required, g.grade, g.position
            ORDER BY v.fiscal_year, v.slot, g.position
            """
    }
}
