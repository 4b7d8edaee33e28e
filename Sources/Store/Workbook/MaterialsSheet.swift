internal import Enrollment
internal import Postgres
internal import Words

/// 15 資材送付, one line per request of the basis's year that was not withdrawn, as far as it was
/// known; for the inside only.
enum MaterialsSheet {
    static let sheet = Sheet<PlainLine>(
        SheetTitle("15", "資材送付", file: "materials"), columns
    ) { context, question, reading in
        let rows = try await reading.longRows(ask(question.columns, context.basis))
        return (rows.map(PlainLine.init), nil)
    }

    private typealias Column = SheetColumn<PlainLine>

    private static let columns: [Column] = [
        Column(.fiscalYear, from: "r.fiscal_year"),
        Column(.text("asking_organization_code", "資材を頼んだ団体のコード"), from: "o.code"),
        Column(
            .text("asking_organization_name", "資材を頼んだ団体の名称"),
            from: "coalesce(nullif(y.name, ''), o.name)"),
        Column(
            .count("sticker_qty", of: .sheets, "頼まれたステッカーの枚数"), from: "f.sticker_count"),
        Column(.count("nametag_qty", of: .sheets, "頼まれた名札の枚数"), from: "f.nametag_count"),
        Column(
            .count("material_qty", of: .copies, "頼まれた資料の部数"), from: "f.material_count"),
        Column(.text("ship_to_postal_code", "送付先の郵便番号。7桁"), from: "f.postal_code"),
        Column(
            .text("ship_to_address", "送付先の都道府県から建物名等まで"),
            from: """
                (SELECT e.name FROM prefectures e WHERE e.code = f.prefecture_code)
                || (SELECT m.name FROM municipalities m WHERE m.code = f.municipality_code)
                || f.ward || f.street
                || CASE WHEN f.building = '' THEN '' ELSE ' ' || f.building END
                """),
        Column(
            .text("ship_to_name", "送付先の宛名・部署。保存期間を過ぎたものは空欄"), from: "f.addressee"),
        Column(.day("asked_on", "団体が頼んだ日"), from: "r.asked_on"),
        Column(
            .day("sent_on", "事務局が発送した日。集計基準日までに発送していないものは空欄"),
            from: "CASE WHEN f.sent_on <= b.as_of THEN f.sent_on END"),
    ]

    private static func ask(_ columns: SQL, _ basis: TallyBasis) -> SQL {
        """
        SELECT \(columns)
        FROM material_requests r
        CROSS JOIN (SELECT \(basis.asOf)::date AS as_of) b
        JOIN material_facts f ON f.request_id = r.id
          AND f.known_from < \(basis.known) AND f.known_until >= \(basis.known)
        JOIN organizations o ON o.id = r.organization_id
        LEFT JOIN organization_years y
          ON y.organization_id = o.id AND y.fiscal_year = r.fiscal_year
        WHERE r.fiscal_year = \(basis.year) AND r.asked_on <= b.as_of AND f.state <> 'withdrawn'
        ORDER BY r.id
        """
    }
}
