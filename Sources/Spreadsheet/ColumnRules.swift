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
        if source == nil && note.isEmpty { return nil }
        let kind = source == nil ? "" : #" type="list""#
        let said =
            note.isEmpty
            ? ""
            : #" showInputMessage="1" promptTitle="\#(Self.attribute(heading))" "#
                + #"prompt="\#(Self.attribute(note))""#
        let formula = source.map { "<formula1>\(WorkbookParts.escaped($0))</formula1>" } ?? ""
        return #"<dataValidation\#(kind) allowBlank="1"\#(said) "#
            + #"sqref="\#(column)2:\#(column)\#(Self.lastRow)">\#(formula)</dataValidation>"#
    }

    /// Where what is offered stands; nil where nothing is.
    private var source: String? {
        if let list { return "'\(list.sheet)'!$A$2:$A$\(list.count + 1)" }
        return choices.isEmpty ? nil : "\"\(choices.joined(separator: ","))\""
    }

    private static func attribute(_ text: String) -> String {
        WorkbookParts.escaped(text).replacing("\"", with: "&quot;")
    }
}
