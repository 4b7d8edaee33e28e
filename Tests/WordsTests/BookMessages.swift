import Enrollment
import Testing

@testable import Words

extension MessageTable {
    /// What is told of a book as a whole.
    static let ofBooks: [Expected] = [
        Expected(
            .templateOfAnotherYear, nil, [.value: "令和7年度"],
            "様式の版が古い可能性があります（令和7年度）。最新の様式は「名簿のひな形を保存する」から入手できます。"),
        Expected(
            .templateOfAnotherOrganization, nil, [.value: "北病院", .organization: "南病院"],
            "このひな形は「北病院」のためのものです。「南病院」の名簿か、ご確認ください。"),
        Expected(
            .sheetsPassedOver, nil, [.heading: "名簿", .headings: "「記入例」、「集計」"],
            "シート「名簿」を読み取りました。次のシートは読み取っていません：「記入例」、「集計」"),
        Expected(
            .sheetNotThere, nil, [.headings: "「外来」、「病棟」"],
            "その名前のシートがありません。このブックにあるシート：「外来」、「病棟」"),
        Expected(.sheetNotThere, nil, [:], "シートを選べるのは、Excelブックだけです。"),
        Expected(
            .sheetsLookAlike, nil, [.heading: "外来", .headings: "「病棟」"],
            "名簿のようなシートがほかにもありますが、読み取っていません：「病棟」。"
                + "そのシートの方も応募するときは、この名簿を送ったあとで、同じファイルをそのシートで読み取ってください。"),
        Expected(
            .hiddenRowsRead, nil, [.rows: "5 6 7 9"],
            "表示されていない行も読み取りました：5〜7、9行目。応募しない方の行は、ファイルから消して、もう一度えらんでください。"),
        Expected(
            .hiddenColumnsRead, nil, [.columns: "C、AA"],
            "表示されていない列も読み取りました：C、AA列"),
        Expected(
            .mergedCellsRead, nil, [.cells: "B3:B5"],
            "結合されたセルがあります：B3:B5。縦に結合されたセルの値は、その範囲のすべての行の値として読み取りました。"),
        Expected(
            .formulasRead, nil, [.cells: "C5、C6", .extra: "3"],
            "計算式のセルは、保存されている計算の結果を読み取りました：C5、C6、ほか3か所"),
        Expected(
            .formulasWithoutValue, nil, [.cells: "C5"],
            "計算の結果が保存されていない計算式のセルは、空として読み取りました：C5。"
                + "Excelで開いて保存し直すと、計算の結果も保存されます。"),
        Expected(
            .kanaOfSpreadsheet, nil, [:],
            "フリガナの列がないため、Excelが覚えているふりがなを使いました。読みが正しいか、お一人ずつご確認ください。"),
    ]
}

@Suite struct BookSentenceTests {
    /// Every book that is not taken is called by its name, and says what to do.
    @Test(arguments: [
        ("oldWorkbook", "（.xls）"), ("binaryWorkbook", "（.xlsb）"), ("protectedWorkbook", "パスワード"),
        ("encrypted", "パスワード"), ("macros", "マクロ"), ("externalLinks", "リンクの解除"),
        ("documentType", "DOCTYPE"), ("inflated", "大きくなりすぎます"), ("damaged", "壊れている"),
        ("openDocument", "OpenDocument"), ("pdf", "PDF"), ("archive", "圧縮ファイル"),
        ("webPage", "HTML"),
    ])
    func aBookThatIsNotTakenIsCalledByItsName(kind: String, word: String) {
        let sentence = ForeignFileWords.sentence(kind)
        #expect(sentence.contains(word) && !sentence.contains(kind))
        #expect(sentence.hasSuffix("ください。"))
    }
}
