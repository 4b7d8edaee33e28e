public import Enrollment

/// What a template says of itself: made for which year and whom. Read again when it comes back.
public enum TemplateFact: CaseIterable, Sendable {
    case year, organization, code, category, programme, period, places, videos, example

    /// The name in the first column.
    public var word: String {
        switch self {
        case .year: "年度"
        case .organization: "団体"
        case .code: "団体コード"
        case .category: "応募の立場"
        case .programme: "制度"
        case .period: "受付の期間"
        case .places: "担当する事業所"
        case .videos: "必要な動画"
        case .example: "記入例の行"
        }
    }
}

extension GroupTemplate {
    /// The headings of the sheet about the template.
    public static let aboutHeadings = ["項目", "内容"]

    /// The rows of the sheet about the template. What is looked after is named where that is not
    /// the whole organization.
    public static func about(
        _ organization: OpenOrganization, within place: String?, under rules: FiscalYearRules
    ) -> [[String]] {
        var rows: [(TemplateFact, String)] = [
            (.year, rules.year.word), (.organization, organization.name),
            (.code, organization.code), (.category, organization.category.word),
        ]
        if let programme = rules.programmes.first(where: { $0.id == organization.programmeID }) {
            rows.append((.programme, programme.name))
        }
        rows.append((.period, period(organization)))
        if let place { rows.append((.places, place)) }
        rows += (rules.videos + rules.early).map { video in
            (.videos, "動画\(video.slot)：\(video.title)（\(video.viewValidFrom.word)から後に見た日）")
        }
        rows.append((.example, "「\(sheet)」の2行目は記入例です。消しても、残しても、応募にはなりません。"))
        return rows.map { [$0.0.word, $0.1] }
    }

    private static func period(_ organization: OpenOrganization) -> String {
        organization.opensOn.word + "から" + (organization.closesOn.map { $0.word + "まで" } ?? "")
    }
}
