public import Enrollment

extension ColumnName {
    /// As it is spoken of: which of several columns of one heading.
    public var word: String {
        ordinal == 1 ? "「\(heading)」の列" : "「\(heading)」の\(ordinal)つ目の列"
    }

    /// As it is written on the command line. A heading that ends as if it were counted is counted.
    public var argument: String {
        let last = heading.split(separator: "#", omittingEmptySubsequences: false).last ?? ""
        let looksCounted = heading.contains("#") && Int(last) != nil
        return ordinal > 1 || looksCounted ? "\(heading)#\(ordinal)" : heading
    }
}

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
