extension ColumnHelp {
    /// How far down the rules of a column reach.
    private static let lastRow = 30_010

    /// The rules of the columns that people fill in (ECMA-376 Part 1, 18.3.1.33); nothing without
    /// any.
    static func rules(of columns: [ColumnFormat]) -> String {
        let rules = columns.enumerated().compactMap { index, column in
            column.help?.rule(of: CellName.letters(index), called: column.heading)
        }
        guard !rules.isEmpty else { return "" }
        return #"<dataValidations count="\#(rules.count)">"# + rules.joined()
            + "</dataValidations>"
    }

    private func rule(of column: String, called heading: String) -> String? {
        if choices.isEmpty && note.isEmpty { return nil }
        let list = choices.isEmpty ? "" : #" type="list""#
        let said =
            note.isEmpty
            ? ""
            : #" showInputMessage="1" promptTitle="\#(Self.attribute(heading))" "#
                + #"prompt="\#(Self.attribute(note))""#
        let formula =
            choices.isEmpty
            ? ""
            : "<formula1>\"\(WorkbookParts.escaped(choices.joined(separator: ",")))\"</formula1>"
        return #"<dataValidation\#(list) allowBlank="1"\#(said) "#
            + #"sqref="\#(column)2:\#(column)\#(Self.lastRow)">\#(formula)</dataValidation>"#
    }

    private static func attribute(_ text: String) -> String {
        WorkbookParts.escaped(text).replacing("\"", with: "&quot;")
    }
}
