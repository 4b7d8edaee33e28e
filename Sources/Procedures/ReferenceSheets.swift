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
            ["変更履歴", "\(version)年度版：最初の版"],
            ["出典", "都道府県・市区町村のコードは総務省「全国地方公共団体コード」を加工して作成"],
        ]
    }

    /// 90 コード表: every code that stands on a sheet.
    var codeTable: [[CellValue]] {
        func rows(_ kind: String, _ codes: [(String, String)]) -> [[CellValue]] {
            codes.map { code, name in
                [.text(kind), .text(code), .text(name), .blank, .day(basis.year.firstDay), .blank]
            }
        }
        let individuals = (individualsCode, TallyWords.individuals)
        return rows("応募区分", Kind.allCases.map { ($0.code, $0.word) })
            + rows("募集対象区分", EligibilityCategory.allCases.map { ($0.code, $0.word) })
            + rows("任命の状態", AppointmentState.allCases.map { ($0.rawValue, $0.word) })
            + rows("応募経路", ApplicationRoute.allCases.map { ($0.rawValue, $0.word) })
            + rows("新規継続区分", AppointmentHistory.allCases.map { ($0.rawValue, $0.word) })
            + rows("視聴の根拠", EvidenceGrade.allCases.map { ($0.rawValue, $0.word) })
            + rows("団体グループ", groupNames + [individuals])
            + rows(
                "団体",
                (countedOrganizations[basis.year] ?? []).map { ($0.code, $0.name) } + [individuals])
            + rows("都道府県", prefectureNames + [TallyWords.unknownPlace])
    }
}

extension MinistryLayouts {
    /// 91 項目定義, of every sheet with a layout; the roster as it was written.
    func definitionRows(_ roster: MinistrySheet<RosterColumn>) -> [[String]] {
        let all =
            roster.definitions + totals.definitions + organizations.definitions
            + groups.definitions + prefectures.definitions + months.definitions
            + FixedSheet.allCases.flatMap(\.definitions)
        return all.map {
            [
                $0.sheet, $0.heading, $0.physicalName, $0.type, $0.unit, $0.definition,
                $0.method, $0.values, "空欄は不明または該当なし", "\(version)年度版：最初の版",
            ]
        }
    }
}
