internal import JapaneseText

/// Rows of a file that are nobody's: examples, totals, headings of a section, remarks at the foot.
enum RowShape {
    case person
    /// 記入例: shows how to fill in the others.
    case sample
    /// A number without a person, a line of one cell, a total, the headings once more.
    case remark

    static func of(_ record: GroupRecord, under headings: GroupHeadings) -> RowShape {
        if isSample(record, headings) { return .sample }
        let filled = record.cells.indices.filter { !TextTrim.isBlank(record.cells[$0]) }
        let isRemark =
            filled.count == 1 || !filled.contains { headings.tellsOfAPerson($0) }
            || isTotal(filled.map { record.cells[$0] }) || headings.isRepeated(by: record, filled)
        return isRemark ? .remark : .person
    }

    private static func isSample(_ record: GroupRecord, _ headings: GroupHeadings) -> Bool {
        record.cells.indices.contains { index in
            let field = index < headings.fields.count ? headings.fields[index] : nil
            if field == .note { return false }
            let isNumber = field == .rowNumber || index == 0 && field == nil
            return isNumber && numberMarks.contains(word(record.cells[index]))
                || isSampleMark(record.cells[index])
        }
    }

    /// What stands in the place of a number: （例）, 入力例, 例1.
    private static let numberMarks: Set<String> = [
        "例", "記入例", "入力例", "記載例", "作成例", "書き方", "見本", "サンプル", "sample", "example",
    ]

    /// Whether the cell begins with 記入例, in brackets or not. Not 見本, which organizations are
    /// called.
    private static func isSampleMark(_ cell: String) -> Bool {
        guard cell.utf8.count >= 9 else { return false }
        var scalars = cell.unicodeScalars[...]
        while let first = scalars.first, TextTrim.isSpace(first) || isBracket(first) {
            scalars.removeFirst()
        }
        return ["記入例", "入力例", "記載例"].contains { scalars.starts(with: $0.unicodeScalars) }
    }

    private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
        "(（[［【〔「<＜※*＊".unicodeScalars.contains(scalar)
    }

    /// 合計　2名.
    private static func isTotal(_ filled: [String]) -> Bool {
        guard filled.count <= 3, let first = filled.first else { return false }
        return totals.contains(word(first))
    }

    private static let totals: Set<String> = [
        "計", "合計", "小計", "総計", "総数", "人数", "合計人数", "以上", "以下余白",
    ]

    /// A short cell without brackets, spaces, digits and marks.
    private static func word(_ cell: String) -> String {
        guard cell.utf8.count <= 40 else { return "" }
        let marks = "0123456789:.、。：→".unicodeScalars
        let plain = MatchKey.heading(cell).unicodeScalars.filter { !marks.contains($0) }
        return String(String.UnicodeScalarView(plain))
    }
}

extension GroupHeadings {
    /// Whether a cell of the column is about one person: not its number, nor what a form has filled
    /// in for every row.
    fileprivate func tellsOfAPerson(_ column: Int) -> Bool {
        guard column < fields.count else { return true }
        switch fields[column] {
        case nil, .rowNumber, .kind, .consent, .badgeOptIn, .viewedOn: return false
        case .some(let field): return !field.isText(.isOfMany)
        }
    }

    /// The headings once more, as at the head of a printed page.
    fileprivate func isRepeated(by record: GroupRecord, _ filled: [Int]) -> Bool {
        guard filled.count >= 3 else { return false }
        return filled.allSatisfy { index in
            index < cells.count
                && TextTrim.cellCleaned(cells[index]).unicodeScalars.elementsEqual(
                    TextTrim.cellCleaned(record.cells[index]).unicodeScalars)
        }
    }
}

extension GroupRecord {
    var isBlank: Bool { cells.allSatisfy(TextTrim.isBlank) }
}
