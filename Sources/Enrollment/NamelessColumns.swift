internal import JapaneseText

extension GroupHeadings {
    /// A column in which rows have something, but the headings nothing.
    struct Nameless {
        let column: Int
        /// The next heading to its left, over which it may have been merged.
        let left: Int?
    }

    func nameless(_ rows: ArraySlice<GroupRecord>) -> [Nameless] {
        cells.indices.compactMap { column in
            guard isEmpty(cells[column]) else { return nil }
            let isUsed = rows.contains { $0.cells.count > column && !isEmpty($0.cells[column]) }
            guard isUsed else { return nil }
            return Nameless(column: column, left: cells[..<column].lastIndex { !isEmpty($0) })
        }
    }

    /// E419: a heading that reaches over several columns. What stands in the further ones would be
    /// lost, or taken for what it is not.
    func merged(_ nameless: [Nameless]) -> [Problem] {
        var told: Set<Int> = []
        return nameless.compactMap { found in
            guard let left = found.left, let field = fields[left], field.mayBeDivided,
                told.insert(left).inserted
            else { return nil }
            return Problem(
                .headingOverTwoColumns, field,
                [.heading: Self.shown(cells[left]), .columns: Self.letters(found.column)])
        }
    }

    /// W421: other columns without a heading.
    func namelessNotUsed(_ nameless: [Nameless]) -> [Problem] {
        let columns = nameless.filter { found in
            !(found.left.flatMap { fields[$0] }?.mayBeDivided ?? false)
        }
        guard !columns.isEmpty else { return [] }
        let letters = columns.map { Self.letters($0.column) }.joined(separator: "、")
        return [Problem(.columnsWithoutHeading, nil, [.columns: letters])]
    }

    private func isEmpty(_ cell: String) -> Bool { TextTrim.isBlank(cell) }

    /// A column as a spreadsheet names it: A, Z, AA.
    static func letters(_ column: Int) -> String {
        let last = String(Unicode.Scalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }
}

extension ApplicationField {
    /// Whether people write the answer in several columns: 氏 and 名, two videos, 市区町村 and the rest.
    fileprivate var mayBeDivided: Bool {
        switch self {
        case .familyName, .familyNameKana, .fullName, .fullNameKana, .postalCode, .prefecture,
            .city, .street, .fullAddress, .email, .phone, .viewedOn:
            true
        default: false
        }
    }
}
