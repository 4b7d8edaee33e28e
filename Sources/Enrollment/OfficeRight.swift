/// What somebody of 事務局 may do. The raw value stands in the tables.
public enum OfficeRight: String, CaseIterable, Sendable {
    /// 受付: sees applications and people, answers the telephone, writes down what was said.
    case reception
    /// 審査: approves, rejects, corrects, says who is who, takes files back.
    case review
    /// 任命: carries out the ministry's decisions, and ends appointments.
    case appointment
    /// 管理: accounts, organizations and the journal.
    case administration
}

/// The rights of an account; nobody but the office has any.
public struct OfficeRights: Hashable, Sendable {
    private let all: Set<OfficeRight>

    public init(_ rights: some Sequence<OfficeRight>) { all = Set(rights) }

    public static let every = OfficeRights(OfficeRight.allCases)
    public static let none = OfficeRights([])

    /// In the order in which they are told.
    public var list: [OfficeRight] { OfficeRight.allCases.filter(all.contains) }

    public var isEmpty: Bool { all.isEmpty }

    public func contains(_ right: OfficeRight) -> Bool { all.contains(right) }

    /// Whether one of the rights is there that an act asks for.
    public func allow(_ act: OfficeAct) -> Bool { !all.isDisjoint(with: act.rights) }
}

/// What is done in 事務局, as far as rights tell it apart: the one table of which act asks for which
/// right (`ops/decisions/0047`).
public enum OfficeAct: CaseIterable, Sendable {
    /// 今日: what waits for them, whatever they may do.
    case seeToday
    /// 応募, people, what organizations sent: to be read.
    case readCases
    /// Notes, and letters once more.
    case keepNotes
    /// 資材: what is sent to organizations.
    case shipMaterials
    /// 承認, 不承認, 訂正, 重複の確認, 人をまとめる, files taken back.
    case review
    /// 決裁, 年度更新, the end of an appointment, 任命状.
    case appoint
    /// The ministry's workbook, which names people.
    case exportNames
    case keepAccounts
    case keepOrganizations
    case readJournal

    /// Any one of them is enough.
    public var rights: Set<OfficeRight> {
        switch self {
        case .seeToday: Set(OfficeRight.allCases)
        case .readCases: [.reception, .review, .appointment]
        case .keepNotes: [.reception, .review]
        case .shipMaterials: [.reception]
        case .review: [.review]
        case .appoint: [.appointment]
        case .exportNames: [.appointment, .administration]
        case .keepAccounts, .keepOrganizations, .readJournal: [.administration]
        }
    }
}
