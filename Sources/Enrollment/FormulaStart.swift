internal import JapaneseText

/// The start of a cell that a spreadsheet takes for a formula, once the file is passed on.
enum FormulaStart {
    /// The character at fault, nil for a harmless text. TAB and CR count only where the raw cell
    /// starts with them.
    static func of(_ raw: String) -> Unicode.Scalar? {
        guard let first = raw.unicodeScalars.first else { return nil }
        if first == "\t" || first == "\r" { return first }
        guard let start = raw.unicodeScalars.first(where: { !isPassedOver($0) }) else { return nil }
        return isSign(start) ? start : nil
    }

    /// Without the `'` that our own files put before what a spreadsheet would run.
    static func unguarded(_ cell: String) -> String {
        guard cell.utf8.first == 0x27 else { return cell }
        let rest = String(cell.unicodeScalars.dropFirst())
        return of(rest) == nil ? cell : rest
    }

    static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "＝", "＋", "－", "＠": true
        default: false
        }
    }

    /// ＠ホーム番町: houses, shops and remarks are called so. Whatever we write for a spreadsheet
    /// guards these characters.
    static func isName(_ start: Unicode.Scalar, of field: ApplicationField) -> Bool {
        guard field.isText(.mayBeginWithSign) else { return false }
        return start == "＠" || start == "＋" || start == "－"
    }

    /// How the character is shown in a sentence.
    static func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\t": "タブ"
        case "\r": "改行"
        default: String(scalar)
        }
    }

    /// What the cleaning of a cell takes away from its start.
    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        TextTrim.isSpace(scalar) || (0x200B...0x200D).contains(scalar.value)
            || scalar.value == 0x2060 || scalar.value == 0xFEFF
    }
}

extension ApplicationCheck {
    /// E226, in every text of a group's file but the telephone, where +81 is right. It is the only
    /// thing told of its field.
    mutating func refuseFormulas() {
        guard case .groupFile = door else { return }
        for answer in draft.answers {
            guard let start = FormulaStart.of(answer.text), answer.field.isText,
                !isDerived(answer.field)
            else { continue }
            let field = answer.field
            if FormulaStart.isName(start, of: field) { continue }
            problems.settle([field] + field.parts)
            problems.add(.formulaNotAllowed, field, [.character: FormulaStart.shown(start)])
        }
    }

    /// 氏 is told as 氏名 where the file has the name in one column.
    func isDerived(_ field: ApplicationField) -> Bool {
        ApplicationField.wholes.contains { whole in
            whole.parts.contains(field) && draft.has(whole)
        }
    }
}

extension ApplicationField {
    /// Columns that hold several answers in one cell.
    static let wholes: [ApplicationField] = [.fullName, .fullNameKana, .fullAddress]

    /// The questions that one cell of a file answers together.
    var parts: [ApplicationField] {
        switch self {
        case .fullName: [.familyName, .givenName]
        case .fullNameKana: [.familyNameKana, .givenNameKana]
        case .fullAddress: [.prefecture, .city, .street]
        default: []
        }
    }
}
