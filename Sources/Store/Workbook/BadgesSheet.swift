internal import Enrollment
internal import Postgres
internal import Words

/// 14 オープンバッジ, one line per fiscal year, kind and month.
enum BadgesSheet {
    static let sheet = Sheet<PlainLine>(
        SheetTitle("14", "オープンバッジ", file: "badges"), columns
    ) { context, question, reading in
        let months = context.numbers.months
        let rows = try await reading.longRows(ask(question.columns, months, context.basis))
        return (rows.map(PlainLine.init), nil)
    }

    private typealias Column = SheetColumn<PlainLine>

    private static let columns: [Column] = [
        Column(.fiscalYear, from: "m.fiscal_year"),
        Column(.month, from: "m.month"),
        Column(.kind, from: "m.kind") { (kind: Kind) in kind.word },
        Column(
            .count("badge_wanted_count", of: .persons, "その月に受け付けた応募のうち、オープンバッジを希望したものの数。更新を含む"),
            from: "coalesce(sum(h.wanted), 0)"),
        Column(
            .count("badge_issued_count", of: .badges, "その月に発行したオープンバッジの数"),
            from: "coalesce(sum(h.issued), 0)"),
        Column(
            .count("badge_revoked_count", of: .badges, "その月に取り消したオープンバッジの数。任期満了を含まない"),
            from: "coalesce(sum(h.revoked), 0)"),
        Column(
            .count("badge_reissued_count", of: .badges, "その月に、同じ任命について2回目以降に発行したオープンバッジの数"),
            from: "coalesce(sum(h.reissued), 0)"),
    ]

    private static func ask(_ columns: SQL, _ months: [MonthTally], _ basis: TallyBasis) -> SQL {
        """
        /* tally */ WITH badge AS (
            SELECT p.kind, b.issued_on,
                   (b.revoked_at AT TIME ZONE 'Asia/Tokyo')::date AS revoked_on,
                   b.revoked_at < \(basis.known) AS is_revoked,
                   row_number() OVER (PARTITION BY b.appointment_id ORDER BY b.known_from) AS turn
            FROM badges b JOIN appointments p ON p.id = b.appointment_id
            WHERE b.known_from < \(basis.known)),
        happened AS (
            SELECT coalesce(w.kind, a.kind) AS kind, a.received_on AS day, 1 AS wanted,
                   0 AS issued, 0 AS revoked, 0 AS reissued
            FROM applications a
            LEFT JOIN (\(ReadStore.versions(basis))) w ON w.application_id = a.id
            WHERE a.received_at < \(basis.known) AND NOT \(ReadStore.isMerged(basis))
              AND coalesce(w.badge_opt_in, a.badge_opt_in)
            UNION ALL SELECT kind, issued_on, 0, 1, 0, (turn > 1)::int FROM badge
            UNION ALL SELECT kind, revoked_on, 0, 0, 1, 0 FROM badge WHERE is_revoked
            UNION ALL SELECT p.kind, (u.revoked_at AT TIME ZONE 'Asia/Tokyo')::date, 0, 0, 1, 0
            FROM badge_revocations_undone u
            JOIN badges b ON b.id = u.badge_id JOIN appointments p ON p.id = b.appointment_id
            WHERE u.revoked_at < \(basis.known) AND u.undone_at >= \(basis.known)),
        monthly AS (
            SELECT kind, to_char(day, 'YYYY-MM') AS month, sum(wanted)::bigint AS wanted,
                   sum(issued)::bigint AS issued, sum(revoked)::bigint AS revoked,
                   sum(reissued)::bigint AS reissued
            FROM happened WHERE day <= \(basis.asOf) GROUP BY 1, 2)
        SELECT \(columns)
        FROM unnest(\(months.map(\.month))::text[], \(months.map(\.year.startYear))::int[],
                    \(months.map(\.kind.rawValue))::text[])
          WITH ORDINALITY AS m(month, fiscal_year, kind, position)
        LEFT JOIN monthly h ON h.month = m.month AND h.kind = m.kind
        GROUP BY m.fiscal_year, m.month, m.kind, m.position ORDER BY m.position
        """
    }
}
