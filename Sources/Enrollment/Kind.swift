/// 応募区分. Which of the two a person is appointed as.
public enum Kind: String, CaseIterable, Sendable {
    /// デジタル推進委員.
    case promoter
    /// デジタル推進よびかけ員.
    case caller

    /// The letter in an appointment's number.
    public var letter: String { self == .promoter ? "P" : "C" }

    /// The code in the ministry's workbook.
    public var code: String { self == .promoter ? "1" : "2" }
}

/// 募集対象の区分. By which category a person may apply.
public enum EligibilityCategory: String, CaseIterable, Sendable {
    /// ① 国が実施する事業.
    case nationalProject = "national_project"
    /// ② 募集要項に掲げる団体.
    case listedOrganization = "listed_org"
    /// ③ 地方公共団体の事業.
    case localProject = "local_gov_project"
    /// ④ デジタル庁が認める者.
    case agencyApproved = "agency_approved"
    /// よびかけ員.
    case communityCaller = "community_caller"

    /// The kind it leads to.
    public var kind: Kind { self == .communityCaller ? .caller : .promoter }

    /// The code in the ministry's workbook.
    public var code: String { String((Self.allCases.firstIndex(of: self) ?? 0) + 1) }
}

/// 応募経路.
public enum ApplicationRoute: String, CaseIterable, Sendable {
    case individual, group, renewal
}

/// 根拠の等級. How well it is known that a person watched a video.
public enum EvidenceGrade: String, CaseIterable, Sendable {
    case measured, transcript, attested, declared
}

/// 動画の視聴を確認した方法, as a group states it.
public enum EvidenceKind: String, CaseIterable, Sendable {
    /// 本人の申告.
    case personal
    /// 団体で視聴会を実施.
    case screening
    /// 団体の研修システムの記録.
    case training

    public var grade: EvidenceGrade { self == .personal ? .declared : .attested }
}
