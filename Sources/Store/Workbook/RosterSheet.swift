internal import Enrollment
internal import Postgres
internal import Words

/// 01 任命者名簿, one line per appointment of the basis's year that had begun; for the inside only.
enum RosterSheet {
    static let sheet = Sheet<RosterLine>(
        SheetTitle("01", "任命者名簿", file: "roster"),
        numbers + person + address + organization + application + term + badge,
        needing: RosterLine.needs
    ) { context, question, reading in
        let rows = try await reading.longRows(
            ask(question.columns, context.basis, after: question.after))
        let lines = try rows.map { try RosterLine($0, context) }
        return (lines, lines.count == pageSize ? lines.last?.id : nil)
    }

    private typealias Column = SheetColumn<RosterLine>

    private static let pageSize = 1_000

    private static let numbers: [Column] = [
        Column(
            .text("appointment_number", "任命ごとの番号。元号の年、区分、年度と区分ごとの通し番号、検査文字からなる"),
            from: "p.number"),
        Column(
            .text("member_number", "人ごとの番号。年度と区分が変わっても変わらない"), from: "pe.member_number"),
        Column(.fiscalYear, from: "p.fiscal_year"),
        Column(.fiscalYearEra, from: "p.fiscal_year") {
            Int($0).map { .text(FiscalYear(startYear: $0).word) }
        },
        Column(.kindCode, from: "p.kind") { (kind: Kind) in kind.code },
        Column(.kind, from: "p.kind") { (kind: Kind) in kind.word },
        Column(.categoryCode, from: "a.category") { (category: EligibilityCategory) in
            category.code
        },
        Column(.category, from: "a.category") { (category: EligibilityCategory) in category.word },
    ]

    private static let person: [Column] = [
        Column(
            .text("family_name", "氏。本人の入力どおり"), from: "coalesce(w.family_name, a.family_name)"),
        Column(.text("given_name", "名。本人の入力どおり"), from: "coalesce(w.given_name, a.given_name)"),
        Column(
            .text("family_name_kana", "氏の読み。全角カタカナ"),
            from: "coalesce(w.family_name_kana, a.family_name_kana)"),
        Column(
            .text("given_name_kana", "名の読み。全角カタカナ"),
            from: "coalesce(w.given_name_kana, a.given_name_kana)"),
        Column(
            .text("family_name_0213", "氏。JIS X 0213の範囲外の文字を代替文字に置き換えたもの"),
            from: "coalesce(w.family_name_0213, a.family_name_0213)"),
        Column(
            .text("given_name_0213", "名。JIS X 0213の範囲外の文字を代替文字に置き換えたもの"),
            from: "coalesce(w.given_name_0213, a.given_name_0213)"),
    ]

    private static let address: [Column] = [
        Column(
            .text("postal_code", "自宅の郵便番号。ハイフンなしの7桁"),
            from: "coalesce(w.postal_code, a.postal_code)"),
        Column(.prefectureCode, from: "pr.code"),
        Column(.prefecture, from: "pr.name"),
        Column(.municipalityCode, from: "m.code"),
        Column(.city, from: "m.county || m.name"),
        Column(.text("ward", "政令指定都市の行政区"), from: "coalesce(w.ward, a.ward)"),
        Column(.text("street", "町字以下"), from: "coalesce(w.street, a.street)"),
        Column(.text("building", "建物名等"), from: "coalesce(w.building, a.building)"),
        Column(.text("email", "連絡先のメールアドレス"), from: "a.email"),
        Column(.text("phone", "連絡先の電話番号。ハイフンなし"), from: "coalesce(w.phone, a.phone)"),
    ]

    /// Whoever belongs to no organization is counted under a name of their own, and listed under
    /// the same.
    private static let organization: [Column] = [
        Column(.organizationCode, from: "o.code", otherwise: .text(individualsCode)),
        Column(
            .organizationName, from: "coalesce(nullif(y.name, ''), o.name)",
            otherwise: .text(TallyWords.individuals)),
        Column(.corporateNumber, from: "o.corporate_number"),
        Column(.organizationGroup, from: "g.name", otherwise: .text(TallyWords.individuals)),
        Column(
            .text("workplace_name", "所属する会社や団体の名称。本人または所属団体の入力どおり"),
            from: "coalesce(w.workplace_name, a.workplace_name)"),
        Column(.text("affiliation_unit", "所属する部署・店舗の名称"), from: "coalesce(w.unit, a.unit)"),
    ]

    private static let application: [Column] = [
        Column(.route, from: "a.route") { (route: ApplicationRoute) in route.word },
        Column(.receipt, from: "a.receipt"),
        Column(.day("received_on", "応募を受け付けた日"), from: "a.received_on"),
        Column(.day("decided_on", "任命の決裁日"), from: "p.decided_on"),
        Column(.text("decision_number", "任命の決裁番号"), from: "p.decision_number"),
    ]

    private static let term: [Column] = [
        Column(.day("valid_from", "任命の最初の日")) { .day($0.term.from) },
        Column(.day("valid_until", "任命の最後の日。辞任・解任・区分変更があればその日")) {
            .day($0.term.lastDay)
        },
        Column(.appointmentStateCode) { .text($0.state.rawValue) },
        Column(.appointmentState) { .text($0.state.word) },
        Column(.day("state_changed_on", "状態が変わった日")) { .day($0.changedOn) },
        Column(.appointmentHistory, from: "p.history") { (history: AppointmentHistory) in
            history.word
        },
        .numbered(.day("view_{n}_on", "動画{n}を視聴した日")) { line, video in
            .day(line.viewings[video]?.viewedOn)
        },
        .numbered(.viewingEvidence) { line, video in
            line.viewings[video].map { .text($0.grade.word) } ?? .blank
        },
    ]

    private static let badge: [Column] = [
        Column(
            .text("badge_wanted", "オープンバッジの発行の希望", values: ["希望する", "希望しない"]),
            from: "coalesce(w.badge_opt_in, a.badge_opt_in)"
        ) { .text($0 == "t" ? "希望する" : "希望しない") },
        Column(.day("badge_issued_on", "オープンバッジを発行した日"), from: "b.issued_on"),
        Column(.text("badge_url", "オープンバッジを確かめるページのURL")) { line in
            line.badge.map { .text($0) } ?? .blank
        },
    ]

    private static func ask(_ columns: SQL, _ basis: TallyBasis, after last: Int) -> SQL {
        """
        SELECT \(columns)
        FROM appointments p
        JOIN appointment_terms t ON t.appointment_id = p.id
          AND t.known_from < \(basis.known) AND t.known_until >= \(basis.known)
          AND t.true_from <= \(basis.asOf) AND t.end_reason NOT IN ('cancelled', 'merged')
        JOIN applications a ON a.id = p.application_id
        JOIN people pe ON pe.id = t.person_id
        LEFT JOIN (\(ReadStore.versions(basis))) w ON w.application_id = a.id
        JOIN prefectures pr ON pr.code = coalesce(w.prefecture_code, a.prefecture_code)
        JOIN municipalities m ON m.code = coalesce(w.municipality_code, a.municipality_code)
        LEFT JOIN organizations o ON o.id = p.organization_id
        LEFT JOIN organization_years y
          ON y.organization_id = o.id AND y.fiscal_year = p.fiscal_year
        LEFT JOIN organization_groups g ON g.code = coalesce(y.group_code, o.group_code)
        LEFT JOIN badges b ON b.appointment_id = p.id AND b.known_from < \(basis.known)
        LEFT JOIN LATERAL (\(seen(basis))) v ON true
        WHERE p.fiscal_year = \(basis.year) AND p.id > \(last)
        ORDER BY p.id LIMIT \(pageSize)
        """
    }

    /// The best evidence that each video was watched: three arrays in one order.
    private static func seen(_ basis: TallyBasis) -> SQL {
        """
        SELECT array_agg(best.video_slot) AS slots, array_agg(best.viewed_on) AS days,
               array_agg(best.grade) AS grades
        FROM (SELECT DISTINCT ON (v.video_slot) v.video_slot, v.viewed_on, v.grade
              FROM viewings v
              WHERE v.person_id = a.person_id AND v.fiscal_year = a.fiscal_year
                AND v.application_id = a.id
                AND v.known_from < \(basis.known) AND v.known_until >= \(basis.known)
              ORDER BY v.video_slot, array_position(
                  ARRAY['measured', 'transcript', 'attested', 'declared'], v.grade)) best
        """
    }
}

extension ColumnMeaning {
    static let appointmentStateCode = text(
        "state_code", "集計基準日の任命の状態のコード",
        values: AppointmentState.onRoster.map { "\($0.rawValue)：\($0.word)" })
    static let appointmentState = text(
        "state", "集計基準日の任命の状態", values: AppointmentState.onRoster.map(\.word))
    static let appointmentHistory = text(
        "standing", "人と応募区分の履歴による新規・継続・再任の別",
        values: AppointmentHistory.allCases.map(\.word))
    static let viewingEvidence = text(
        "view_{n}_evidence", "動画{n}の視聴の根拠", values: EvidenceGrade.allCases.map(\.word))
}

extension AppointmentState {
    /// What was cancelled (取消) stands on no roster.
    static let onRoster = allCases.filter { $0 != .cancelled && $0 != .merged }
}
