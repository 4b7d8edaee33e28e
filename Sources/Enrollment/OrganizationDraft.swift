internal import JapaneseText

/// 法人種別 (国税庁 法人番号公表サイト): three digits.
public enum CorporateKind: String, CaseIterable, Sendable {
    case stateOrgan = "101"
    case localGovernment = "201"
    case stockCompany = "301"
    case limitedCompany = "302"
    case generalPartnership = "303"
    case limitedPartnership = "304"
    case limitedLiability = "305"
    case otherRegistered = "399"
    case foreign = "401"
    case other = "499"
}

/// What the office types of an organization that is to be opened.
public struct OrganizationDraft: Sendable {
    public var code = ""
    public var name = ""
    public var corporateNumber = ""
    public var kind = ""
    public var group = ""
    public var category = ""
    public var programme = ""
    public var opensOn = ""
    public var closesOn = ""
    public var activityNote = ""

    public init() {}

    public static let longestName = 100
    public static let longestNote = 1_000

    /// Everything that is wrong with it, as far as it says so itself.
    public func problems(under rules: FiscalYearRules) -> [OrganizationProblem] {
        var problems: [OrganizationProblem] = []
        if !Self.isPlain(code) { problems.append(.codeIsNotPlain) }
        problems += Self.problems(ofName: name)
        problems += Self.problems(ofNumber: corporateNumber)
        if CorporateKind(rawValue: kind) == nil { problems.append(.kindMissing) }
        if group.isEmpty { problems.append(.groupMissing) }
        problems += termProblems(under: rules)
        return problems
    }

    /// Of what is said of one year.
    public func termProblems(under rules: FiscalYearRules) -> [OrganizationProblem] {
        var problems: [OrganizationProblem] = []
        if terms(under: rules) == nil {
            if EligibilityCategory(rawValue: category) == nil { problems.append(.categoryMissing) }
            if day(opensOn) == nil { problems.append(.dayUnreadable(.opensOn)) }
            if !closesOn.isEmpty, day(closesOn) == nil {
                problems.append(.dayUnreadable(.closesOn))
            }
            if let first = day(opensOn), let last = day(closesOn), last < first {
                problems.append(.closesBeforeItOpens)
            }
            if problems.isEmpty { problems.append(.programmeDoesNotFit) }
        }
        if activityNote.unicodeScalars.count > Self.longestNote { problems.append(.noteTooLong) }
        return problems
    }

    /// Nil where something does not fit.
    public func terms(under rules: FiscalYearRules) -> OrganizationTerms? {
        guard let category = EligibilityCategory(rawValue: category), let first = day(opensOn),
            closesOn.isEmpty || day(closesOn).map({ $0 >= first }) ?? false
        else { return nil }
        let known = rules.programmes.first { $0.id == programme }
        let needsOne = rules.programmes.contains { $0.category == category }
        guard needsOne ? known?.category == category : programme.isEmpty else { return nil }
        return OrganizationTerms(
            category: category, programmeID: known?.id, activityNote: activityNote,
            opensOn: first, closesOn: day(closesOn))
    }

    private func day(_ typed: String) -> Day? { Self.day(typed) }

    public static func day(_ typed: String) -> Day? {
        if case .day(let day) = TypedDay.read(typed) { day } else { nil }
    }

    /// As `organizations_code_is_plain` says it.
    public static func isPlain(_ code: String) -> Bool {
        let octets = Array(code.utf8)
        guard let first = octets.first, octets.count <= 63, first != 0x2D else { return false }
        return octets.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
    }

    public var trimmedName: String { Self.trimmed(name) }

    /// Without blanks around it.
    public static func trimmed(_ name: String) -> String { TextTrim.trimmed(name) }

    public static func problems(ofName name: String) -> [OrganizationProblem] {
        let trimmed = TextTrim.trimmed(name)
        if trimmed.isEmpty { return [.nameMissing] }
        return trimmed.unicodeScalars.count > longestName ? [.nameTooLong] : []
    }

    /// None is given, or one whose check digit is right.
    public static func problems(ofNumber typed: String) -> [OrganizationProblem] {
        typed.allSatisfy(\.isWhitespace) || CorporateNumber(typed) != nil ? [] : [.numberIsNone]
    }
}

/// What is wrong with what was typed of an organization.
public enum OrganizationProblem: Hashable, Sendable {
    case codeIsNotPlain, codeIsTaken
    case nameMissing, nameTooLong
    case numberIsNone
    case kindMissing, groupMissing, categoryMissing, programmeDoesNotFit
    case dayUnreadable(Field)
    case closesBeforeItOpens
    /// A name that holds from a day that is to come.
    case dayIsToCome
    case dayBeforeTheLastName
    case noteTooLong
    /// A closing without a day, or before today.
    case endIsPast

    public enum Field: String, Sendable {
        case code, name, number, kind, group, category, programme, note
        case opensOn = "opens_on"
        case closesOn = "closes_on"
        case since
        case ends
    }

    public var field: Field {
        switch self {
        case .codeIsNotPlain, .codeIsTaken: .code
        case .nameMissing, .nameTooLong: .name
        case .numberIsNone: .number
        case .kindMissing: .kind
        case .groupMissing: .group
        case .categoryMissing: .category
        case .programmeDoesNotFit: .programme
        case .dayUnreadable(let field): field
        case .closesBeforeItOpens: .closesOn
        case .dayIsToCome, .dayBeforeTheLastName: .since
        case .noteTooLong: .note
        case .endIsPast: .ends
        }
    }
}
