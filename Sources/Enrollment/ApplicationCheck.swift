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
        refuseFormulas()
        refuseErrorValues()
        var texts = plainTexts()
        let eligibility = eligibility(texts)
        let name = name()
        let address = address()
        let reach = reach(texts)
        let viewings = viewings(eligibility)
        let choices = choices()
        let member = memberNumber()
        let place = businessPlace()
        guard let eligibility, let name, let address, let reach, let viewings, let choices else {
            return nil
        }
        texts[.activityNote] = eligibility.activityNote
        return Application(
            year: rules.year, kind: eligibility.kind, category: eligibility.category,
            programmeID: eligibility.programmeID, organizationID: eligibility.organization?.id,
            texts: texts, name: name, address: address, email: reach.email, phone: reach.phone,
            viewings: viewings, choices: choices,
            keys: keys(name, reach, texts[.employeeNumber], eligibility.organization),
            businessPlace: place, memberNumber: member)
    }

    private mutating func checkPeriod() {
        if case .correction = door { return }
        if let problem = rules.closed(on: today) {
            problems.add(problem.code, problem.field, problem.arguments)
        }
    }

    private mutating func memberNumber() -> MemberNumber? {
        let typed = draft[.memberNumber]
        guard !TextTrim.cellCleaned(typed).isEmpty else { return nil }
        let number = MemberNumber(typed)
        if number == nil { problems.add(.memberNumberUnknown, .memberNumber, [.value: typed]) }
        return number
    }

    private func keys(
        _ name: PersonName, _ reach: Reach, _ employeeNumber: String,
        _ organization: OpenOrganization?
    ) -> MatchKeys {
        let kanaKey = MatchKey.kana(name.familyKana + name.givenKana)
        let loose = MatchKey.name(name.family + name.given) + "|" + kanaKey
        let way =
            reach.email.isEmpty
            ? "\(organization?.code ?? "")#\(MatchKey.employeeNumber(employeeNumber))"
            : MatchKey.mail(reach.email)
        let kana = name.familyKana + " " + name.givenKana
        let order = kana == " " ? name.family + " " + name.given : kana
        return MatchKeys(
            sure: loose + "|" + way, loose: loose, kana: kanaKey, order: order)
    }

    // MARK: what the fields have in common

    func cleaned(_ field: ApplicationField) -> String { TextTrim.cellCleaned(draft[field]) }

    /// The same with single spaces inside, which most answers do not have at all.
    func singleSpaced(_ field: ApplicationField) -> String {
        let text = cleaned(field)
        let hasSpace = text.unicodeScalars.contains {
            TextTrim.isSpace($0) || $0 == "\n" || $0 == "\r"
        }
        return hasSpace ? TextTrim.singleSpaced(text) : text
    }

    /// The texts that are kept as they were typed.
    private mutating func plainTexts() -> TextAnswers {
        var texts = TextAnswers()
        for question in Self.plain where draft.has(question.field) {
            let (field, text) = (question.field, cleaned(question.field))
            checkLength(text, field)
            checkPlain(text, field)
            askAboutNothing(text, field)
            texts[field] = text
        }
        return texts
    }

    static let plain = TextQuestion.having(.plain)

    mutating func checkLength(_ text: String, _ field: ApplicationField) {
        let count = text.unicodeScalars.count
        if let limit = TextQuestion.of(field)?.limit, count > limit {
            problems.add(.tooLong, field, [.limit: String(limit), .count: String(count)])
        }
    }

    /// No control character, no 外字, and no emoji: other systems lose it, or show another. A longer
    /// text may have lines.
    mutating func checkPlain(_ text: String, _ field: ApplicationField) {
        let mayHaveLines = field.isText(.hasLines)
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if mayHaveLines, scalar == "\n" || scalar == "\r" || scalar == "\t" { continue }
            guard Forbidden.includes(scalar) || Repertoire.isPictorial(scalar) else { continue }
            // What makes a picture of a sign stands behind it, and is not seen.
            let picture = scalar.value == 0xFE0F ? text.unicodeScalars.prefix(index).last : nil
            return problems.add(
                .characterNotAllowed, field,
                [
                    .character: Forbidden.shown(picture ?? scalar),
                    .position: String(picture == nil ? index + 1 : index),
                ])
        }
    }
}

/// Characters that no answer may hold.
enum Forbidden {
    /// Control characters and 外字. Asks the slow tables only above what people mostly write.
    static func includes(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0x3000...0x9FFF: false
        default: Repertoire.isControl(scalar) || Repertoire.isPrivateUse(scalar)
        }
    }

    /// How the character is shown in a sentence.
    static func shown(_ scalar: Unicode.Scalar) -> String {
        Repertoire.isControl(scalar) ? "制御文字" : String(scalar)
    }
}
