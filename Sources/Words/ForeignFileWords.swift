/// E403: what a file is that is no CSV file, and how to get one from it.
enum ForeignFileWords {
    static func sentence(_ kind: String) -> String {
        if kind == "zip" {
            return "ZIPファイルです。中のCSVファイルを取り出して、そのファイルを選んでください。"
        }
        return "CSVファイルではありません（\(names[kind] ?? kind)）。" + advice(kind)
    }

    private static let names = [
        "workbook": "Excelブック", "oldWorkbook": "古い形式か、パスワードのついたExcelブック",
        "numbers": "Numbersの書類", "openDocument": "OpenDocumentの書類",
        "otherOffice": "WordやPowerPointの書類", "pdf": "PDF", "png": "PNGの画像", "jpeg": "JPEGの画像",
        "gif": "GIFの画像", "heic": "HEICの画像", "richText": "リッチテキスト", "webPage": "Webページ（HTML）",
        "archive": "圧縮ファイル",
    ]

    private static func advice(_ kind: String) -> String {
        switch kind {
        case "numbers": "Numbersの「書き出す」で「CSV」を選んで保存し直してください。"
        case "openDocument": "元のソフトで「CSV」を選び、文字コードを「UTF-8」にして保存し直してください。"
        case "pdf", "png", "jpeg", "gif", "heic", "richText", "otherOffice":
            "名簿を作った表計算ソフトのファイルを開き、「CSV UTF-8（コンマ区切り）」で保存し直してください。"
        case "archive": "中のCSVファイルを取り出して、そのファイルを選んでください。"
        default: "Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。"
        }
    }
}
