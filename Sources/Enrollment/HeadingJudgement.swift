internal import JapaneseText

extension GroupHeadings {
    /// Why no headings were found: what was read is garbled, or nothing in it is a heading.
    static func nothingFound(
        _ candidates: [GroupHeadings], in records: [GroupRecord]
    ) -> [Problem] {
        if candidates.contains(where: { $0.cells.contains(where: looksBroken) }) {
            return [Problem(.fileGarbled)]
        }
        let nearest = nearest(of: candidates)
        let next = records.first { $0.row > nearest?.row ?? 0 }
        if let forbidden = nearest?.forbidden(next), !forbidden.isEmpty { return forbidden }
        return [Problem(.headingsMissing)] + (nearest?.notUsed(besides: []) ?? [])
    }

    private static func looksBroken(_ cell: String) -> Bool {
        cell.unicodeScalars.contains("\u{FFFD}")
            || (cell.unicodeScalars.count > 1 && !cell.contains("?") && Mojibake.looksBroken(cell))
    }

    /// The headings beside the rows under them: whether the file can be read by them, and what of
    /// it is not used.
    func judged(beside records: [GroupRecord], _ videos: [Video]) -> Finding {
        let rows = records.drop { $0.row <= row }
        let headings = beside(rows)
        let nameless = headings.nameless(rows)
        let open = headings.open(rows)
        let faults =
            headings.forbidden(rows.first) + headings.twice + headings.merged(nameless)
            + headings.missing(videos) + headings.notUnderstood(open)
        let place = row > 1 ? [Problem(.headingsFound, nil, [.number: String(row)])] : []
        let left =
            place + headings.notUsed(besides: open) + headings.namelessNotUsed(nameless)
        if !faults.isEmpty { return .fault(faults + left) }
        return .found(headings, notices: left + headings.absent)
    }

    /// The headings as the rows under them show what they mean.
    func beside(_ rows: ArraySlice<GroupRecord>) -> GroupHeadings {
        var headings = self
        if let column = otherKind(rows) { headings.pass(over: column) }
        for column in emptyAgain(rows) { headings.passInSilence(over: column) }
        return headings
    }

    /// Columns of a question that another column has answers to, or is said to be: they hold
    /// nothing, so that nothing is lost without them, and nobody need say which is meant.
    private func emptyAgain(_ rows: ArraySlice<GroupRecord>) -> [Int] {
        let columns = Dictionary(grouping: fields.indices.filter { fields[$0] != nil }) {
            fields[$0]
        }
        return columns.values.filter { $0.count > 1 }.flatMap { alike in
            let full = alike.filter { chosen[$0] != nil || holdsSomething($0, in: rows) }
            let kept = full.isEmpty ? [alike[0]] : full
            return alike.filter { !kept.contains($0) }
        }
    }

    /// Columns that hold something, and of which neither their heading nor anybody says what.
    func open(_ rows: ArraySlice<GroupRecord>) -> [Int] {
        cells.indices.filter { column in
            fields[column] == nil && chosen[column] == nil && isHeading(cells[column])
                && holdsSomething(column, in: rows)
        }
    }

    func holdsSomething(_ column: Int, in rows: ArraySlice<GroupRecord>) -> Bool {
        rows.contains { $0.cells.count > column && !TextTrim.isBlank($0.cells[column]) }
    }

    /// Not empty, not one of an error file's, not one that nobody may send.
    func isHeading(_ cell: String) -> Bool {
        let key = MatchKey.heading(TextTrim.cellCleaned(cell))
        return !key.isEmpty && !Self.addedKeys.contains(key) && !HeadingWords.isForbidden(cell)
    }

    /// E432 and E433: nobody but whoever sends the file can say what these columns are for.
    private func notUnderstood(_ open: [Int]) -> [Problem] {
        let rivals = twins.filter { open.contains($0.column) }
        let unknown = open.filter { column in !rivals.contains { $0.column == column } }
        let names = unknown.map { Self.shown(cells[$0]) }.joined(separator: "、")
        return (unknown.isEmpty ? [] : [Problem(.columnsNotUnderstood, nil, [.headings: names])])
            + rivals.map {
                Problem(.columnsRival, nil, [.heading: $0.heading, .substitute: $0.used])
            }
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

    /// E409, and E433 where two headings were said to be one question.
    private var twice: [Problem] {
        let all = Dictionary(grouping: fields.indices.filter { fields[$0] != nil }) { fields[$0] }
        return all.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { columns in
            let shown = columns.map { Self.shown(cells[$0]) }
            guard let other = columns.first(where: { !isSameHeading($0, columns[0]) }) else {
                return Problem(
                    .headingRepeated, fields[columns[0]],
                    [.heading: shown[0], .count: String(columns.count)])
            }
            return Problem(
                .columnsRival, nil, [.heading: Self.shown(cells[other]), .substitute: shown[0]])
        }
    }

    /// One problem that names every heading that is missing, by its right spelling.
    private func missing(_ videos: [Video]) -> [Problem] {
        let missing = missingQuestions(videos)
        guard !missing.isEmpty else { return [] }
        let names = missing.map(\.key).joined(separator: " ")
        return [Problem(.columnsMissing, nil, [.headings: names])]
    }

    /// Of questions that may be asked in several ways the way that the template has.
    func missingQuestions(_ videos: [Video]) -> [ApplicationField] {
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
        return missing
    }

    /// N417: a column that may be left out, but not without people noticing. A badge goes to a mail
    /// address, so that the address alone is told when both are missing.
    private var absent: [Problem] {
        let missed = [ApplicationField.email, .badgeOptIn].first { !fields.contains($0) }
        return missed.map { [Problem(.columnMissing, $0)] } ?? []
    }

    /// W410 and W420: columns that have a heading and are not used, besides those that are told
    /// otherwise.
    private func notUsed(besides open: [Int]) -> [Problem] {
        let rivals = twins.filter { !open.contains($0.column) }
        let told = emptyTwins.union(open + twins.map(\.column))
        let unknown = cells.indices.filter { column in
            fields[column] == nil && isHeading(cells[column]) && !told.contains(column)
        }
        let names = unknown.map { Self.shown(cells[$0]) }.joined(separator: "、")
        return (unknown.isEmpty ? [] : [Problem(.columnsUnused, nil, [.headings: names])])
            + rivals.map {
                Problem(.columnRivalled, nil, [.heading: $0.heading, .substitute: $0.used])
            }
    }

    /// 区分 means 応募区分 only where a row has a word for it; elsewhere it is 常勤 and the like.
    private func otherKind(_ rows: ArraySlice<GroupRecord>) -> Int? {
        guard let column = fields.firstIndex(of: .kind), chosen[column] == nil,
            HeadingWords.key(cells[column]) != "応募区分"
        else { return nil }
        let answers = rows.lazy.map { column < $0.cells.count ? $0.cells[column] : "" }
        let isKind = answers.contains { Kind.isMeant(by: TextTrim.cellCleaned($0)) }
        let isEmpty = answers.allSatisfy { TextTrim.cellCleaned($0).isEmpty }
        return isKind || isEmpty ? nil : column
    }
}
