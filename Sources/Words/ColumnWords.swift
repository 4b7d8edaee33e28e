public import Enrollment

extension ColumnUse {
    /// What a column is taken for, as people choose it.
    public var word: String {
        switch self {
        case .question(let field): field.heading
        case .everyViewing: "視聴日（すべての動画）"
        case .unused: "使わない（登録しない）"
        }
    }

    /// As somebody writes it on the command line: by its code or by the right heading.
    public init?(word: String) {
        let plain = [ColumnUse.everyViewing, .unused].first { $0.word == word }
        let field = ApplicationField.plain.first { $0.isInFiles && $0.heading == word }
        guard let use = plain ?? field.map(ColumnUse.question) ?? ColumnUse(code: word) else {
            return nil
        }
        if case .question(let field) = use, !field.isInFiles { return nil }
        self = use
    }
}
