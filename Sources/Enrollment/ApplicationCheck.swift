internal import JapaneseText

/// One check of one draft: reads field by field and gathers problems.
struct ApplicationCheck {
    let draft: ApplicationDraft
    let today: Day
    let rules: FiscalYearRules
    let door: Application.Door
    var problems = Problems()

    /// The application, or nil when something it cannot be without is missing.
    mutating func application() -> Application? {
        checkPeriod()
        let ground = ground()
        let name = name()
        let address = address()
        let reach = reach()
        let viewings = viewings(ground)
        let choices = choices()
        let member = memberNumber()
        guard let ground, let name, let address, let reach, let viewings, let choices else {
            return nil
        }
        return Application(
            year: rules.year, kind: ground.kind, category: ground.category,
            programmeID: ground.programmeID, organizationID: ground.organization?.id,
            unit: limited(.unit, to: 100), activityNote: ground.activityNote, name: name,
            address: address, email: reach.email, phone: reach.phone,
            employeeNumber: reach.employeeNumber, viewings: viewings, choices: choices,
            keys: keys(name, reach, ground.organization), memberNumber: member)
    }

    private mutating func checkPeriod() {
        if let problem = rules.closed(on: today) {
            problems.add(problem.code, problem.field, problem.arguments)
        }
    }

    private mutating func memberNumber() -> MemberNumber? {
        let typed = draft[.memberNumber]
        guard !TextTrim.cellCleaned(typed).isEmpty else { return nil }
        let number = MemberNumber(typed)
        if number == nil { problems.add(.e195, .memberNumber, [.value: typed]) }
        return number
    }

    private func keys(_ name: PersonName, _ reach: Reach, _ body: OpenOrganization?) -> MatchKeys {
        let loose =
            MatchKey.name(name.family + name.given) + "|"
            + MatchKey.reading(name.familyKana + name.givenKana)
        let way =
            reach.email.isEmpty
            ? "\(body?.code ?? "")#\(reach.employeeNumber)" : MatchKey.mail(reach.email)
        let reading = name.familyKana + " " + name.givenKana
        let order = reading == " " ? name.family + " " + name.given : reading
        return MatchKeys(sure: loose + "|" + way, loose: loose, order: order)
    }

    // MARK: what the fields have in common

    func cleaned(_ field: ApplicationField) -> String { TextTrim.cellCleaned(draft[field]) }

    /// A text that may be empty, of at most `limit` scalars.
    mutating func limited(_ field: ApplicationField, to limit: Int) -> String {
        let text = cleaned(field)
        checkLength(text, field, limit)
        checkFormula(text, field)
        return text
    }

    mutating func checkLength(_ text: String, _ field: ApplicationField, _ limit: Int) {
        let count = text.unicodeScalars.count
        if count > limit {
            problems.add(.e110, field, [.limit: String(limit), .count: String(count)])
        }
    }

    /// A cell of a file that a spreadsheet would take for a formula.
    mutating func checkFormula(_ text: String, _ field: ApplicationField) {
        guard case .groupFile = door, let first = text.unicodeScalars.first,
            "=+-@＝＋－＠".unicodeScalars.contains(first)
        else { return }
        problems.add(.e226, field, [.character: String(first)])
    }
}
