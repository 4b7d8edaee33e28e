internal import Enrollment

/// What is told of a book as a whole: which of it was read, and what people may not see in it.
enum BookWords {
    /// Nil for what is not about a book.
    static func sentence(_ problem: Problem) -> String? {
        let get = problem.arguments
        switch problem.code {
        case .sheetsPassedOver:
            return "シート「\(get[.heading] ?? "")」を読み取りました。"
                + "次のシートは読み取っていません：\(get[.headings] ?? "")"
        case .sheetsLookAlike:
            return "名簿のようなシートがほかにもありますが、読み取っていません：\(get[.headings] ?? "")。"
                + "そのシートの方も応募するときは、この名簿を送ったあとで、同じファイルをそのシートで読み取ってください。"
        case .sheetNotThere:
            guard let names = get[.headings] else { return "シートを選べるのは、Excelブックだけです。" }
            return "その名前のシートがありません。このブックにあるシート：\(names)"
        case .formulasRead:
            return "計算式のセルは、保存されている計算の結果を読み取りました：\(cells(problem))"
        case .formulasWithoutValue:
            return "計算の結果が保存されていない計算式のセルは、空として読み取りました：\(cells(problem))。"
                + "Excelで開いて保存し直すと、計算の結果も保存されます。"
        case .kanaOfSpreadsheet:
            return "フリガナの列がないため、Excelが覚えているふりがなを使いました。読みが正しいか、お一人ずつご確認ください。"
        default: return ofTemplate(problem) ?? ofShape(problem)
        }
    }

    private static func ofTemplate(_ problem: Problem) -> String? {
        let made = problem.arguments[.value] ?? ""
        switch problem.code {
        case .templateOfAnotherYear:
            return "様式の版が古い可能性があります（\(made)）。"
                + "最新の様式は「名簿のひな形を保存する」から入手できます。"
        case .templateOfAnotherOrganization:
            let sender = problem.arguments[.organization] ?? ""
            return "このひな形は「\(made)」のためのものです。「\(sender)」の名簿か、ご確認ください。"
        default: return nil
        }
    }

    /// C5、C6、ほか3か所.
    private static func cells(_ problem: Problem) -> String {
        let more = problem.arguments[.extra].map { "、ほか\($0)か所" } ?? ""
        return (problem.arguments[.cells] ?? "") + more
    }

    private static func ofShape(_ problem: Problem) -> String? {
        let get = problem.arguments
        switch problem.code {
        case .hiddenRowsRead:
            let rows = (get[.rows] ?? "").split(separator: " ").compactMap { Int($0) }
            return "表示されていない行も読み取りました：\(RowRanges.word(rows))。"
                + "応募しない方の行は、ファイルから消して、もう一度えらんでください。"
        case .hiddenColumnsRead:
            return "表示されていない列も読み取りました：\(get[.columns] ?? "")列"
        case .mergedCellsRead:
            return "結合されたセルがあります：\(cells(problem))。"
                + "縦に結合されたセルの値は、その範囲のすべての行の値として読み取りました。"
        default: return nil
        }
    }
}
