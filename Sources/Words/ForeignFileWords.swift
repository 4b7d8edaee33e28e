/// E403: what a file is that is neither a book nor a CSV file, or a book that is not taken, and how
/// to get one from it that is.
enum ForeignFileWords {
    static func sentence(_ kind: String) -> String {
        if let sentence = ofBooks(kind) { return sentence }
        if kind == "zip" {
            return "ZIPファイルです。中のExcelブックかCSVファイルを取り出して、そのファイルを選んでください。"
        }
        return "Excelブック（.xlsx）でもCSVファイルでもありません（\(names[kind] ?? kind)）。" + advice(kind)
    }

    private static let names = [
        "numbers": "Numbersの書類", "openDocument": "OpenDocumentの書類",
        "otherOffice": "WordやPowerPointの書類", "pdf": "PDF", "png": "PNGの画像", "jpeg": "JPEGの画像",
        "gif": "GIFの画像", "heic": "HEICの画像", "richText": "リッチテキスト", "webPage": "Webページ（HTML）",
        "archive": "圧縮ファイル",
    ]

    private static func advice(_ kind: String) -> String {
        switch kind {
        case "numbers": "Numbersの「書き出す」で「Excel」を選び、できたファイルを選んでください。"
        case "openDocument": "元のソフトの「名前を付けて保存」で、種類を「Excel 2007-365（.xlsx）」にして保存し直してください。"
        case "pdf", "png", "jpeg", "gif", "heic", "richText", "otherOffice":
            "名簿を作った表計算ソフトのファイル（.xlsx）を選んでください。"
        case "archive": "中のExcelブックかCSVファイルを取り出して、そのファイルを選んでください。"
        default: save
        }
    }

    private static let save = "Excelで開き、「名前を付けて保存」で「Excel ブック（*.xlsx）」を選んで保存し直してください。"

    /// Books that are not read, each by its name.
    private static func ofBooks(_ kind: String) -> String? {
        switch kind {
        case "oldWorkbook": "古い形式のExcelブック（.xls）は読み取れません。" + save
        case "binaryWorkbook": "バイナリ形式のExcelブック（.xlsb）は読み取れません。" + save
        case "protectedWorkbook", "encrypted":
            "パスワードのついたExcelブックは読み取れません。Excelで開き、「ファイル」→「情報」→「ブックの保護」→"
                + "「パスワードを使用して暗号化」でパスワードを消して保存し、もう一度えらんでください。"
        case "macros": "マクロの入ったExcelブックは受け付けていません。" + save
        case "externalLinks":
            "ほかのブックの値を使っているExcelブックは受け付けていません。Excelの「データ」→「リンクの編集」で"
                + "「リンクの解除」をして保存するか、値だけを新しいブックに貼り付けて保存し直してください。"
        default: ofDoubtfulBooks(kind)
        }
    }

    private static func ofDoubtfulBooks(_ kind: String) -> String? {
        switch kind {
        case "documentType":
            "Excelが作らない書き方（DOCTYPE）が含まれているため、このブックは受け付けていません。" + save
        case "inflated":
            "このブックは、開くと大きくなりすぎます。名簿の行だけを新しいブックに貼り付けて、保存し直してください。"
        case "damaged":
            "このExcelブックは壊れているため、読み取れません。" + save
        default: nil
        }
    }
}
