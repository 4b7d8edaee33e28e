internal import Enrollment
internal import Spreadsheet
internal import Store
internal import Words

extension MinistryNumbers {
    /// 00 メタデータ.
    func metadata(_ order: ExportOrder, version: Int, at now: Instant) -> [[String]] {
        let found = differences
        return [
            ["様式版", "\(version)"], ["出力日時", now.description],
            ["集計基準日", basis.asOf.description],
            ["把握時点", "\(basis.known.precise)までに記録された事実による"],
            ["対象年度（西暦）", "\(basis.year.startYear)"], ["対象年度（和暦）", basis.year.word],
            ["作成者", order.requestedBy], ["利用目的", order.purpose], ["公開区分", "内部"],
            ["文字コード", "UTF-8"],
            ["件数照合の結果", found.isEmpty ? "一致" : "不一致：" + found.joined(separator: "、")],
            ["年度の扱い", "過去の年度の行は、その年度の3月31日現在の人数"],
            ["兼任の扱い", "複数の団体に所属する人は、主たる団体で1回だけ数える"],
            ["変更履歴", "\(version)年度版。変更は99_対応表に示す"],
            ["出典", "都道府県・市区町村のコードは総務省「全国地方公共団体コード」を加工して作成"],
        ]
    }
}

extension [BoundSheet] {
    /// 90 コード表: every code that stands on a sheet.
    func codeTable(_ context: SheetContext) -> [[CellValue]] {
        codes(context).map { type, code, name in
            [
                .text(type), .text(code), .text(name), .blank,
                .day(context.basis.year.firstDay), .blank,
            ]
        }
    }

    /// 91 項目定義, of every sheet as it was written.
    func definitionRows(version: Int) -> [[String]] {
        (flatMap(\.definitions) + FixedSheet.allCases.flatMap(\.definitions)).map {
            [
                $0.sheet, $0.heading, $0.physicalName, $0.type, $0.unit, $0.definition,
                $0.method, $0.values, "空欄は不明または該当なし", "\(version)年度版。変更は99_対応表に示す",
            ]
        }
    }
}
