internal import JapaneseText

/// What a spreadsheet shows where it cannot show an answer, and saves as if it were one.
enum ErrorValue {
    private static let names: Set<String> = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
        "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#GETTING_DATA", "#BUSY!", "#PYTHON!",
    ]

    /// #N/A and its like, Err:502, or a date that its column was too narrow for (########).
    static func isOne(_ cell: String) -> Bool {
        guard let first = cell.unicodeScalars.first(where: { !TextTrim.isSpace($0) }),
            first == "#" || first == "＃" || first == "E"
        else { return false }
        let plain = Width.narrowed(TextTrim.cellCleaned(cell))
        if plain.count > 2, plain.allSatisfy({ $0 == "#" }) { return true }
        return names.contains(plain.uppercased())
            || plain.hasPrefix("Err:") && Digits.areAll(String(plain.dropFirst(4)))
    }
}

extension ApplicationCheck {
    /// E230, in every cell of a group's file that says something of the person. It is the only
    /// thing told of its field.
    mutating func refuseErrorValues() {
        guard case .groupFile = door else { return }
        for answer in draft.answers
        where ErrorValue.isOne(answer.text) && !isDerived(answer.field) {
            let field = answer.field
            if field == .rowNumber || field == .note { continue }
            problems.settle([field] + field.parts)
            problems.add(.spreadsheetError, field, [.value: TextTrim.cellCleaned(answer.text)])
        }
    }
}
