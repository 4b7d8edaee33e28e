internal import JapaneseText

extension GroupHeadings {
    /// Why no headings were found: what was read is garbled, or nothing in it is a heading.
    static func nothingFound(_ candidates: [GroupHeadings]) -> [Problem] {
        if candidates.contains(where: { $0.cells.contains(where: looksBroken) }) {
            return [Problem(.fileGarbled)]
        }
        let nearest = candidates.first { $0.fields.contains { $0 != nil } }
        return [Problem(.headingsMissing)] + (nearest?.notUsed ?? [])
    }

    private static func looksBroken(_ cell: String) -> Bool {
        cell.unicodeScalars.contains("\u{FFFD}")
            || (cell.unicodeScalars.count > 1 && !cell.contains("?") && Mojibake.looksBroken(cell))
    }

    /// The headings beside the rows under them: whether the file can be read by them, and what of
    /// it is not used.
    func judged(beside records: [GroupRecord], _ videos: [Video]) -> Finding {
        let rows = records.drop { $0.row <= row }
        var headings = self
        if let column = otherKind(rows) { headings.pass(over: column) }
        let nameless = headings.nameless(rows)
        let faults =
            headings.forbidden(rows.first) + headings.twice + headings.merged(nameless)
            + headings.missing(videos)
        let place = row > 1 ? [Problem(.headingsFound, nil, [.number: String(row)])] : []
        let left = place + headings.notUsed + headings.namelessNotUsed(nameless)
        if !faults.isEmpty { return .fault(faults + left) }
        return .found(headings, notices: left + headings.absent)
    }

    /// E418: personal data that the programme has no use for, in the headings or in a second row of
    /// them. Such a file is not kept.
    private func forbidden(_ next: GroupRecord?) -> [Problem] {
        let found = (cells + (next?.cells ?? [])).filter(HeadingWords.isForbidden)
        guard !found.isEmpty else { return [] }
        return [
            Problem(
                .columnsForbidden, nil, [.headings: found.map(Self.shown).joined(separator: "、")])
        ]
    }

    private var twice: [Problem] {
        var counts: [ApplicationField: Int] = [:]
        for field in fields.compactMap({ $0 }) { counts[field, default: 0] += 1 }
        return fields.enumerated().compactMap { index, field in
            guard let field, let count = counts[field], count > 1,
                fields.firstIndex(of: field) == index
            else { return nil }
            return Problem(
                .headingRepeated, field,
                [.heading: Self.shown(cells[index]), .count: String(count)])
        }
    }

    /// One problem that names every heading that is missing, by its right spelling.
    private func missing(_ videos: [Video]) -> [Problem] {
        let present = Set(fields.compactMap { $0 })
        let oneOf: [[[ApplicationField]]] = [
            [[.familyName, .givenName], [.fullName]],
            [[.familyNameKana, .givenNameKana], [.fullNameKana], [.noKana]],
            [[.postalCode]],
            [[.prefecture, .city, .street], [.fullAddress]],
            [[.email], [.employeeNumber]],
            [[.consent]],
        ]
        var missing = oneOf.flatMap { choices -> [ApplicationField] in
            if choices.contains(where: { $0.allSatisfy(present.contains) }) { return [] }
            return choices[0].filter { !present.contains($0) }
        }
        if !isOneViewingForAll {
            missing += videos.map { .viewedOn(slot: $0.slot) }.filter { !present.contains($0) }
        }
        guard !missing.isEmpty else { return [] }
        let names = missing.map { $0.key }.joined(separator: " ")
        return [Problem(.columnsMissing, nil, [.headings: names])]
    }

    /// N417: a column that may be left out, but not without people noticing. A badge goes to a mail
    /// address, so that the address alone is told when both are missing.
    private var absent: [Problem] {
        let missed = [ApplicationField.email, .badgeOptIn].first { !fields.contains($0) }
        return missed.map { [Problem(.columnMissing, $0)] } ?? []
    }

    /// W410 and W420: columns that have a heading and are not used.
    private var notUsed: [Problem] {
        let told = Set(twins.map(\.heading))
        let unknown = zip(cells, fields).compactMap { cell, field -> String? in
            let key = MatchKey.heading(TextTrim.cellCleaned(cell))
            let isTold =
                field != nil || key.isEmpty || Self.addedKeys.contains(key)
                || HeadingWords.isForbidden(cell)
            return isTold || told.contains(Self.shown(cell)) ? nil : Self.shown(cell)
        }
        let ofUnknown =
            unknown.isEmpty
            ? [] : [Problem(.columnsUnused, nil, [.headings: unknown.joined(separator: "、")])]
        return ofUnknown
            + twins.map {
                Problem(.columnRivalled, nil, [.heading: $0.heading, .substitute: $0.used])
            }
    }

    /// 区分 means 応募区分 only where a row has a word for it; elsewhere it is 常勤 and the like.
    private func otherKind(_ rows: ArraySlice<GroupRecord>) -> Int? {
        guard let column = fields.firstIndex(of: .kind), HeadingWords.key(cells[column]) != "応募区分"
        else { return nil }
        let answers = rows.lazy.map { column < $0.cells.count ? $0.cells[column] : "" }
        let isKind = answers.contains { Kind.isMeant(by: TextTrim.cellCleaned($0)) }
        let isEmpty = answers.allSatisfy { TextTrim.cellCleaned($0).isEmpty }
        return isKind || isEmpty ? nil : column
    }
}
