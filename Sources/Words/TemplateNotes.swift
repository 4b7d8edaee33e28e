public import Enrollment

extension GroupTemplate {
    /// What a spreadsheet offers for a column; empty where there is no list.
    public static func choices(_ field: ApplicationField) -> [String] {
        switch field {
        case .kind: Kind.allCases.map(\.word)
        case .consent: ["同意する"]
        case .badgeOptIn: ["希望する", "希望しない"]
        case .noKana, .singleName: ["○"]
        default: []
        }
    }

    /// What a spreadsheet says beside a cell of a column.
    public static func note(_ field: ApplicationField) -> String {
        switch field {
        case .rowNumber: "番号はなくてもかまいません。「記入例」とある行は応募になりません。"
        case .kind: "空のときは「\(Kind.promoter.word)」として受け付けます。"
        case .familyName, .givenName:
            "1語だけのお名前は、一方だけに入力して、「氏名1語」の列で「○」を選んでください。"
        case .familyNameKana, .givenNameKana:
            "全角カタカナで入力してください。読みがない方は、「読みなし」の列で「○」を選んでください。"
        case .postalCode: "7桁で入力してください。先頭の「0」も必要です。"
        case .prefecture: "一覧から選べます。"
        case .street: "「1-2-3」の形で入力してください。"
        case .email: "ご本人のアドレスを入力してください。空のときは「社員番号」が必要です。"
        case .businessPlace: "一覧から選べます。空のときは、いまの事業所のまま変わりません。"
        case .viewedOn: "動画を見た日を、「2026-09-01」か「令和8年9月1日」の形で、年から入力してください。"
        case .consent: "ご本人の同意を得てから、「同意する」を選んでください。"
        case .badgeOptIn: "空のときは「希望しない」として受け付けます。"
        case .memberNumber: "前の年度から続ける方だけ、任命状にある番号を入力してください。"
        default: ""
        }
    }
}
