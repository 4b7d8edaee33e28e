internal import JapaneseText

/// 応募区分と募集対象の区分.
struct Eligibility {
    let kind: Kind
    let category: EligibilityCategory
    let programmeID: String?
    let organization: OpenOrganization?
    let activityNote: String
}

extension ApplicationCheck {
    mutating func eligibility(_ texts: TextAnswers) -> Eligibility? {
        switch door {
        case .form: eligibilityOfForm(texts)
        case .groupFile(let organization): eligibility(of: organization)
        case .correction(nil): eligibilityOfForm(texts)
        case .correction(let frozen?): eligibility(frozen, texts)
        }
    }

    private mutating func eligibility(
        _ frozen: FrozenAnswers, _ texts: TextAnswers
    ) -> Eligibility {
        if frozen.asksWork { tellMissing(texts, of: frozen.category) }
        return Eligibility(
            kind: frozen.kind, category: frozen.category, programmeID: frozen.programmeID,
            organization: frozen.organizationID.flatMap { rules.organization(id: $0) },
            activityNote: texts[.activityNote])
    }

    /// What an organization's row of the year says stands for its people's eligibility.
    private mutating func eligibility(of organization: OpenOrganization) -> Eligibility? {
        if !organization.isOpen(on: today) {
            problems.add(.organizationNotOpen, .organization, [.organization: organization.name])
        }
        guard let kind = kindOfRow() else { return nil }
        let category = kind == .caller ? .communityCaller : organization.category
        return Eligibility(
            kind: kind, category: category, programmeID: organization.programmeID,
            organization: organization, activityNote: organization.activityNote)
    }

    private mutating func kindOfRow() -> Kind? {
        let kind = Kind.read(cleaned(.kind))
        if kind == nil { problems.add(.kindUnreadable, .kind, [.value: draft[.kind]]) }
        return kind
    }

    private mutating func eligibilityOfForm(_ texts: TextAnswers) -> Eligibility? {
        let kind = Kind(rawValue: cleaned(.kind))
        if kind == nil { problems.add(.kindMissing, .kind) }
        guard let category = category(for: kind) else { return nil }
        let programme = programme(for: category)
        let organization = organization(for: category)
        tellMissing(texts, of: category)
        guard let kind else { return nil }
        return Eligibility(
            kind: kind, category: category, programmeID: programme, organization: organization,
            activityNote: texts[.activityNote])
    }

    private mutating func category(for kind: Kind?) -> EligibilityCategory? {
        if kind == .caller, cleaned(.category).isEmpty { return .communityCaller }
        guard let category = EligibilityCategory(rawValue: cleaned(.category)) else {
            problems.add(.categoryMissing, .category)
            return nil
        }
        if let kind, category.kind != kind {
            problems.add(.kindNotOpenInCategory, .category, [.kind: kind.rawValue])
            return nil
        }
        return category
    }

    private mutating func programme(for category: EligibilityCategory) -> String? {
        guard category == .nationalProject || category == .localProject else { return nil }
        let offered = rules.programmes.filter { $0.category == category }
        // 地方公共団体の事業 is one line; which project it is stands in 活動内容.
        if category == .localProject, offered.count == 1 { return offered[0].id }
        let chosen = offered.first { $0.id == cleaned(.programme) }
        if chosen == nil { problems.add(.programmeMissing, .programme) }
        return chosen?.id
    }

    private mutating func organization(for category: EligibilityCategory) -> OpenOrganization? {
        let code = cleaned(.organization)
        guard category == .listedOrganization || !code.isEmpty else { return nil }
        guard let organization = rules.organization(code: code) else {
            problems.add(.organizationMissing, .organization)
            return nil
        }
        guard organization.isOpen(on: today) else {
            problems.add(.organizationNotOpen, .organization, [.organization: organization.name])
            return nil
        }
        return organization
    }

    /// Texts that somebody of the category may not leave out.
    private mutating func tellMissing(_ texts: TextAnswers, of category: EligibilityCategory) {
        let namesOrganization = !cleaned(.organization).isEmpty
        for question in Self.plain where texts[question.field].isEmpty {
            if let missing = question.missing, question.isRequired(category, namesOrganization) {
                problems.add(missing, question.field)
            }
        }
    }
}

extension Kind {
    /// 応募区分 as a row of a file has it; nothing means 推進委員.
    static func read(_ text: String) -> Kind? {
        switch Width.narrowed(text) {
        case "", "デジタル推進委員", "推進委員", "1", "promoter": .promoter
        case "デジタル推進よびかけ員", "よびかけ員", "呼びかけ員", "2", "caller": .caller
        default: nil
        }
    }

    /// Whether a word is about 応募区分 at all, rightly written or not.
    static func isMeant(by text: String) -> Bool {
        if text.isEmpty { return false }
        return read(text) != nil
            || ["推進", "よびかけ", "呼びかけ", "呼び掛け", "委員"].contains { text.contains($0) }
    }
}
