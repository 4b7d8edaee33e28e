internal import Enrollment

/// What stands on more than one sheet and means the same on each. What only one sheet has is said
/// in that sheet's own file.
extension ColumnMeaning {
    public static let fiscalYear = number("fiscal_year", "年度の4月1日が属する西暦の年")
    public static let fiscalYearEra = text("fiscal_year_era", "年度の和暦による表記")
    public static let kindCode = text(
        "kind_code", "応募区分のコード", values: Kind.allCases.map { "\($0.code)：\($0.word)" })
    public static let kind = text("kind", "応募区分の名称", values: Kind.allCases.map(\.word))
    public static let categoryCode = text(
        "category_code", "募集対象の区分のコード",
        values: EligibilityCategory.allCases.map { "\($0.code)：\($0.word)" })
    public static let category = text(
        "category", "募集対象の区分の名称", values: EligibilityCategory.allCases.map(\.word))
    public static let route = text(
        "route", "応募経路", values: ApplicationRoute.allCases.map(\.word))
    public static let receipt = text("receipt", "応募の受付番号")
    public static let month = text("month", "年月（YYYY-MM）")

    public static let prefectureCode = text(
        "prefecture_code", "都道府県コード（JIS X 0401）。2桁。99は不明", values: ["01から47", "99"])
    public static let prefecture = text("prefecture", "都道府県の名称")
    public static let municipalityCode = text(
        "municipality_code", "全国地方公共団体コード。検査数字を含む6桁。政令指定都市は市のコード")
    public static let city = text("city", "市区町村の名称")

    public static let organizationCode = text(
        "organization_code", "主たる所属団体のコード。団体に所属しない人は individual")
    public static let organizationName = text("organization_name", "主たる所属団体の名称")
    public static let corporateNumber = text("corporate_number", "団体の法人番号。13桁")
    public static let organizationGroup = text("organization_group", "団体グループの名称")

    public static let active = count(
        "active_count", of: .persons,
        "任命の期間に集計基準日を含む人の数。両端の日を含む。その日までに辞任・解任・区分変更で終了した人は含まない。応募区分ごとに1人を1回数える")
    public static let appointed = count(
        "fy_appointed_count", of: .persons,
        "年度の任命のうち、任命開始日が集計基準日以前のものの数。その後に終了したものを含む")
    public static let new = count(
        "fy_new", of: .persons, "当年度任命数のうち、応募区分で初めて任命された人の数")
    public static let renewed = count(
        "fy_renewed", of: .persons, "当年度任命数のうち、前年度にも同じ応募区分で任命されていた人の数")
    public static let reappointed = count(
        "fy_reappointed", of: .persons, "当年度任命数のうち、1年度以上の間をおいて再び任命された人の数")
    public static let ended = count(
        "fy_ended_count", of: .persons, "年度の任命のうち、集計基準日までに辞任・解任・区分変更で終了したものの数")
    public static let everPersons = count(
        "ever_persons", of: .persons, "集計基準日までに1回以上任命された人の数。同じ人は1回だけ数える")
}
