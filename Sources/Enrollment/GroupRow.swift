internal import JapaneseText

/// One row of a group's file on its way to a draft: what is wrong with its shape is told here, what
/// is wrong with its answers by the check that the form has too.
struct GroupRow {
    let record: GroupRecord
    let headings: GroupHeadings
    let rules: FiscalYearRules
    var problems: [Problem] = []
    var draft = ApplicationDraft()

    /// 記入例.
    var isSample: Bool { record.cells.contains { $0.contains("記入例") } }

    /// Reads the cells into the draft. False when the row cannot be taken as a row at all.
    mutating func read() -> Bool {
        guard checkShape() else { return false }
        for (field, cell) in zip(headings.fields, record.cells) {
            guard let field else { continue }
            draft[field] = withoutLineEnds(cell, field)
        }
        splitName()
        splitReading()
        splitAddress()
        if headings.isOneViewingForAll {
            for video in rules.videos {
                draft[.viewedOn(slot: video.slot)] = draft[.viewedOn(slot: 1)]
            }
        }
        return true
    }

    private mutating func checkShape() -> Bool {
        let extra = record.cells.dropFirst(headings.fields.count)
        if extra.contains(where: { !$0.isEmpty }) {
            let counts: [Problem.Argument: String] = [
                .columns: String(headings.fields.count), .cells: String(record.cells.count),
            ]
            problems.append(Problem(.e412, nil, counts))
            return false
        }
        for (index, cell) in record.cells.enumerated() {
            for scalar in cell.unicodeScalars {
                if scalar.value < 0x20, scalar != "\n", scalar != "\r", scalar != "\t" {
                    problems.append(Problem(.e413))
                    return false
                }
                if Repertoire.isPrivateUse(scalar), index < headings.fields.count,
                    let field = headings.fields[index]
                {
                    problems.append(Problem(.e415, field))
                    return false
                }
            }
        }
        return true
    }

    private mutating func withoutLineEnds(_ cell: String, _ field: ApplicationField) -> String {
        guard field != .note, cell.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" })
        else { return cell }
        problems.append(Problem(.n225, field))
        return TextTrim.singleSpaced(cell)
    }

    /// 氏名 is split at the first space; a longer rest belongs to 名.
    private mutating func splitName() {
        guard headings.fields.contains(.fullName) else { return }
        let parts = TextTrim.singleSpaced(TextTrim.cellCleaned(draft[.fullName])).split(
            separator: " ", maxSplits: 1)
        draft[.familyName] = parts.first.map(String.init) ?? ""
        guard parts.count == 2 else {
            if !parts.isEmpty, !Ticks.isYes(draft[.singleName]) {
                problems.append(Problem(.e211, .fullName))
            }
            return
        }
        draft[.givenName] = String(parts[1])
        if parts[1].contains(" ") {
            let split: [Problem.Argument: String] = [
                .value: String(parts[0]), .substitute: String(parts[1]),
            ]
            problems.append(Problem(.w212, .fullName, split))
        }
    }

    private mutating func splitReading() {
        guard headings.fields.contains(.fullNameKana) else { return }
        let parts = TextTrim.singleSpaced(TextTrim.cellCleaned(draft[.fullNameKana])).split(
            separator: " ", maxSplits: 1)
        draft[.familyNameKana] = parts.first.map(String.init) ?? ""
        draft[.givenNameKana] = parts.count == 2 ? String(parts[1]) : ""
    }

    private mutating func splitAddress() {
        guard headings.fields.contains(.fullAddress) else { return }
        let whole = draft[.fullAddress]
        guard let parts = rules.gazetteer.split(whole) else {
            if !TextTrim.cellCleaned(whole).isEmpty { draft[.prefecture] = whole }
            return
        }
        draft[.prefecture] = parts.prefecture
        draft[.city] = parts.city
        draft[.street] = parts.rest
    }
}
