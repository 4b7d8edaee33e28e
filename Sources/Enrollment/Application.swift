internal import JapaneseText

/// An application fit to file. Only `check` makes one, so holding one is the proof.
public struct Application: Equatable, Sendable {
    public let year: FiscalYear
    public let kind: Kind
    public let category: EligibilityCategory
    public let programmeID: String?
    /// The organization that the person belongs to; nil for somebody who applies alone.
    public let organizationID: Int?
    /// 部署, 活動内容 and whatever else is kept as it was typed.
    public let texts: TextAnswers
    public let name: PersonName
    public let address: Address
    /// Empty where an organization keeps an employee number instead.
    public let email: String
    public let phone: String
    public let viewings: [Viewing]
    public let choices: Choices
    public let keys: MatchKeys
    /// 事業所, which is a fact of the organization's and not of the application.
    public let businessPlace: BusinessPlaceAnswer
    /// 委員番号 of somebody who was appointed before, if given.
    public let memberNumber: MemberNumber?

    /// The mail address as addresses are compared.
    public var mailKey: String { MatchKey.mail(email) }
    public var unit: String { texts[.unit] }
    /// 所属先の名称 as names are compared; never shown.
    public var workplaceKey: String { MatchKey.name(texts[.workplaceName]) }
    /// As typed; it is compared by `MatchKey.employeeNumber`.
    public var employeeNumber: String { texts[.employeeNumber] }

    /// Checks a draft received on `today` and names every problem, not only the first: a person
    /// corrects a form once.
    public static func check(
        _ draft: ApplicationDraft, on today: Day, under rules: FiscalYearRules, as door: Door
    ) -> Checked<Application> {
        let asked = door.isOfPerson ? draft.ofOnePerson : draft
        var check = ApplicationCheck(draft: asked, today: today, rules: rules, door: door)
        let application = check.application()
        guard let application, !check.problems.stop else {
            return .rejected(check.problems.inOrder)
        }
        return .accepted(application, notices: check.problems.inOrder)
    }

    /// By which door an application comes: what an organization's file leaves out, its row of the
    /// year says.
    public enum Door: Sendable {
        case form
        case groupFile(OpenOrganization)
        /// 訂正 by whoever applied: it came in time and was agreed to when it was sent. What is
        /// frozen is neither asked nor judged again.
        case correction(FrozenAnswers?)

        /// Whether a person answers, and no file.
        var isOfPerson: Bool { if case .groupFile = self { false } else { true } }
    }
}

/// 氏名. Exactly as typed, but for spaces; never normalised.
public struct PersonName: Equatable, Sendable {
    public let family: String
    public let given: String
    public let familyKana: String
    public let givenKana: String
    /// 代替文字: the same within JIS X 0213, for other systems.
    public let family0213: String
    public let given0213: String
    /// The person states that the name has no kana.
    public let hasNoKana: Bool
    /// The person has only one name.
    public let isSingle: Bool

    /// Both parts, or the one that there is.
    public var full: String { Self.joined(family, given) }
    public var fullKana: String { Self.joined(familyKana, givenKana) }

    private static func joined(_ parts: String...) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// 住所.
public struct Address: Equatable, Sendable {
    public let postalCode: String
    public let prefectureCode: String
    public let municipalityCode: String
    /// 行政区 of a designated city; the count is kept by the city.
    public let ward: String
    /// Without the building, which is one of the texts.
    public let street: String

    public init(
        postalCode: String, prefectureCode: String, municipalityCode: String, ward: String,
        street: String
    ) {
        self.postalCode = postalCode
        self.prefectureCode = prefectureCode
        self.municipalityCode = municipalityCode
        self.ward = ward
        self.street = street
    }
}

/// What the person chose.
public struct Choices: Equatable, Sendable {
    public let wantsBadge: Bool
    /// Whether they said so, yes or no: a file that leaves the question out takes back no wish.
    public let hasSaidOfBadge: Bool
    public let wantsNews: Bool
    public let reuse: ReuseAnswer
    public let allowsSharing: Bool
    public let allowsPublishing: Bool
}

/// Folded keys for finding the same person; never shown.
public struct MatchKeys: Equatable, Sendable {
    /// Name, kana and mail (or organization and employee number): the same key is the same person.
    public let sure: String
    /// Name and kana: the same key may be the same person.
    public let loose: String
    /// The kana alone, empty where there is none.
    let kana: String
    /// By what lists are ordered: the kana, or the name where there is none.
    public let order: String
}

/// 視聴. A required video was watched on a day.
public struct Viewing: Equatable, Sendable {
    public let slot: Int
    public let viewedOn: Day
    /// Whether the video is one of the year after the application's.
    public let isEarly: Bool

    public init(slot: Int, viewedOn: Day, isEarly: Bool = false) {
        self.slot = slot
        self.viewedOn = viewedOn
        self.isEarly = isEarly
    }
}
