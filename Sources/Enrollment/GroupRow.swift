internal import JapaneseText

/// One row of a group's file on its way to a draft: what is wrong with its shape is told here, what
/// is wrong with its answers by the check that the form has too.
struct GroupRow {
    let record: GroupRecord
    let headings: GroupHeadings
    let rules: FiscalYearRules
    var problems: [Problem] = []
    var draft = ApplicationDraft(minimumCapacity: 18)
    /// Questions of which everything has been told here.
    var settled: Set<ApplicationField> = []

    init(record: GroupRecord, headings: GroupHeadings, rules: FiscalYearRules) {
        self.record = record
        self.headings = headings
        self.rules = rules
    }

    /// Reads the cells into the draft. False when the row cannot be taken as a row at all.
    mutating func read() -> Bool {
        guard checkShape() else { return false }
        for (field, cell) in zip(headings.fields, record.cells) {
            guard let field else { continue }
            let cell = FormulaStart.unguarded(cell)
            draft[field] =
                CellShape.saysNothing(cell, to: field) ? "" : withoutLineEnds(cell, field)
        }
        if headings.fields.contains(.fullName) { splitName() }
        if headings.fields.contains(.fullNameKana) { splitKana() }
        if headings.fields.contains(.fullAddress) { splitAddress() } else { leaveOutPlace() }
        if headings.isOneViewingForAll {
            let day = draft[.viewedOn(slot: 1)]
            for video in rules.videos where !headings.fields.contains(.viewedOn(slot: video.slot)) {
                draft[.viewedOn(slot: video.slot)] = day
            }
        }
        return true
    }

    /// What the check found that has not been told: a name that could not be split has no 名, and
    /// one column of days for all videos is wrong once.
    func once(_ found: [Problem]) -> [Problem] {
        var days: Set<ProblemCode> = []
        return found.filter { problem in
            guard let field = problem.field else { return true }
            if settled.contains(field) { return false }
            guard headings.isOneViewingForAll, case .viewedOn(let slot) = field,
                slot == 1 || !headings.fields.contains(field)
            else { return true }
            return days.insert(problem.code).inserted
        }
    }

    private mutating func checkShape() -> Bool {
        let extra = record.cells.dropFirst(headings.fields.count)
        if extra.contains(where: { !$0.isEmpty }) {
            let counts: [Problem.Argument: String] = [
                .columns: String(headings.fields.count), .cells: String(record.cells.count),
            ]
            problems.append(Problem(.tooManyCells, nil, counts))
            return false
        }
        for (index, cell) in record.cells.enumerated() where CellShape.isSuspect(cell) {
            let field = index < headings.fields.count ? headings.fields[index] : nil
            if CellShape.hasControl(cell) {
                problems.append(Problem(.controlCharacter, field, [.number: String(index + 1)]))
                return false
            }
            if let field, CellShape.hasPrivateUse(cell) {
                problems.append(Problem(.privateUseCharacter, field))
                return false
            }
        }
        return true
    }

    private mutating func withoutLineEnds(_ cell: String, _ field: ApplicationField) -> String {
        guard cell.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }), !field.isText(.hasLines),
            !isNoAnswer(cell, field)
        else { return cell }
        problems.append(Problem(.lineBreakReplaced, field))
        return TextTrim.singleSpaced(cell)
    }

    /// Told once, by the check.
    func isNoAnswer(_ cell: String, _ field: ApplicationField) -> Bool {
        FormulaStart.of(cell) != nil && field.isText || ErrorValue.isOne(cell)
    }

    /// 氏名 is split at the first space; a longer rest belongs to 名.
    private mutating func splitName() {
        let parts = split(.fullName, .familyName, .givenName)
        guard let first = parts.first else { return tellMissing(.fullName) }
        guard parts.count == 2 else {
            if !isTicked(.singleName) { tellUnsplit(.fullName) }
            return
        }
        if parts[1].utf8.contains(0x20) {
            problems.append(
                Problem(.nameSplit, .fullName, [.value: first, .substitute: parts[1]]))
        }
    }

    private mutating func splitKana() {
        let parts = split(.fullNameKana, .familyNameKana, .givenNameKana)
        if parts.isEmpty {
            if !isTicked(.noKana) { tellMissing(.fullNameKana) }
        } else if parts.count == 1, !isTicked(.singleName) {
            tellUnsplit(.fullNameKana)
        }
    }

    private mutating func split(
        _ whole: ApplicationField, _ first: ApplicationField, _ second: ApplicationField
    ) -> [String] {
        let parts = TextTrim.singleSpaced(TextTrim.cellCleaned(draft[whole])).split(
            separator: " ", maxSplits: 1
        ).map(String.init)
        draft[first] = parts.first ?? ""
        draft[second] = parts.count == 2 ? parts[1] : ""
        return parts
    }

    private func isTicked(_ field: ApplicationField) -> Bool {
        Ticks.read(TextTrim.cellCleaned(draft[field]), of: field) == .yes
    }

    mutating func tellMissing(_ whole: ApplicationField) {
        if let missing = TextQuestion.of(whole)?.missing {
            problems.append(Problem(missing, whole))
        }
        settled.formUnion(whole.parts)
    }

    private mutating func tellUnsplit(_ whole: ApplicationField) {
        settled.formUnion(whole.parts.dropFirst())
        if !isNoAnswer(draft[whole], whole) { problems.append(Problem(.nameWithoutSpace, whole)) }
    }
}
