internal import Enrollment
internal import Postgres
internal import Words

/// 11 団体応募一覧, one line per file that an organization sent in the basis's year; for the inside only.
/// A file that was sent again before it was taken in stands once.
enum GroupFilesSheet {
    static let sheet = Sheet<PlainLine>(
        SheetTitle("11", "団体応募一覧", file: "group_files"), columns
    ) { context, question, reading in
        let rows = try await reading.longRows(ask(question.columns, context.basis))
        return (rows.map(PlainLine.init), nil)
    }

    private typealias Column = SheetColumn<PlainLine>

    private static let columns: [Column] = [
        Column(.groupFileNumber, from: "f.number"),
        Column(.fiscalYear, from: "f.fiscal_year"),
        Column(.text("sender_code", "ファイルを送った団体のコード"), from: "o.code"),
        Column(
            .text("sender_name", "ファイルを送った団体の名称"), from: "coalesce(nullif(y.name, ''), o.name)"),
        Column(.text("file_received_at", "ファイルを受け付けた日時（ISO 8601）"), from: "f.uploaded_at") {
            Instant($0).map { .text($0.description) }
        },
        Column(
            .count("row_count", of: .rows, "ファイルの行の数。見出しと空の行を除く"), from: "f.row_count"),
        Column(
            .count("applied_row_count", of: .rows, "登録した行の数。まだ取り込んでいないファイルでは0"),
            from: "CASE WHEN f.is_applied THEN f.applied_count ELSE 0 END"),
        Column(
            .count("held_row_count", of: .rows, "同じ人かどうかなど、確認が要る行の数"), from: "f.held_count"),
        Column(.count("error_row_count", of: .rows, "誤りがあって登録できない行の数"), from: "f.error_count"),
        Column(
            .count("earlier_file_count", of: .files, "団体がその年度に先に送ったファイルの数"),
            from: "row_number() OVER (PARTITION BY f.organization_id ORDER BY f.id) - 1"),
        Column(
            .text("coordinator_name", "取りまとめ担当者の氏名。事務局が取り込んだファイルでは空欄"),
            from: "f.coordinator_name"),
        Column(
            .text(
                "viewing_confirmed_by", "団体が動画の視聴を確かめた方法",
                values: EvidenceKind.allCases.map(\.word)),
            from: "f.evidence_kind"
        ) { (evidence: EvidenceKind) in evidence.word },
    ]

    private static func ask(_ columns: SQL, _ basis: TallyBasis) -> SQL {
        """
        WITH known AS (
            SELECT g.id, p.number, p.fiscal_year, g.organization_id, g.sha256,
                   p.planned_at AS uploaded_at,
                   g.row_count, g.held_count, g.error_count, g.coordinator_name, g.evidence_kind,
                   -- Rows that the office let in after the moment count as waiting still.
                   g.applied_count - (
                       SELECT count(*) FROM doubts d
                       WHERE d.group_file_id = g.id AND d.answer = \(DoubtAnswer.different)
                         AND d.decided_at >= \(basis.known)) AS applied_count,
                   p.applied_at IS NOT NULL AND p.applied_at < \(basis.known) AS is_applied
            FROM \(GroupFileRecord.tables)
            WHERE p.fiscal_year = \(basis.year) AND p.planned_at < \(basis.known)
              AND p.planned_on <= \(basis.asOf))
        SELECT \(columns)
        FROM known f
        JOIN organizations o ON o.id = f.organization_id
        LEFT JOIN organization_years y
          ON y.organization_id = o.id AND y.fiscal_year = f.fiscal_year
        WHERE f.is_applied OR NOT EXISTS (
            SELECT FROM known again WHERE again.organization_id = f.organization_id
              AND again.sha256 = f.sha256 AND again.id > f.id)
        ORDER BY f.id
        """
    }
}
