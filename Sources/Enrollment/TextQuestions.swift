extension TextQuestion {
    /// Every question that a text answers. A new one is a case of `ApplicationField`, a line here,
    /// its words and its column.
    public static let all: [TextQuestion] = work + names + addresses + reach + files

    private static let work: [TextQuestion] = [
        TextQuestion(
            .workplaceName, limit: 100,
            [
                .plain, .ofWork, .onRoster, .mayBeEmpty, .mayBeginWithSign, .isOfMany,
                .isParticular, .isAdded,
            ],
            ["所属先の名称", "所属先", "所属先名", "勤務先の名称", "勤務先名"], missing: .workplaceMissing
        ) { category, namesOrganization in category == .agencyApproved && !namesOrganization },
        TextQuestion(
            .unit, limit: 100,
            [.plain, .ofWork, .onRoster, .mayBeEmpty, .mayBeginWithSign, .isOfMany],
            ["部署・店舗名", "所属", "部署", "店舗", "勤務先", "部署名", "店舗名", "所属部署"]),
        TextQuestion(
            .activityNote, limit: 400, [.plain, .ofWork, .hasLines], missing: .activityMissing
        ) { category, _ in category == .localProject || category == .agencyApproved },
    ]

    private static let names: [TextQuestion] = [
        TextQuestion(
            .familyName, limit: 50, .isParticular, ["氏", "姓", "名字", "苗字"],
            missing: .valueMissing),
        TextQuestion(
            .givenName, limit: 50, .isParticular, ["名"], missing: .valueMissing),
        TextQuestion(
            .familyNameKana, limit: 80, .isParticular, ["氏（カナ）", "セイ", "せい"],
            missing: .kanaMissing),
        TextQuestion(
            .givenNameKana, limit: 80, .isParticular, ["名（カナ）", "メイ", "めい"],
            missing: .kanaMissing),
        TextQuestion(
            .fullName, [], ["氏名", "お名前", "名前", "職員名", "社員名", "応募者氏名"],
            missing: .valueMissing),
        TextQuestion(
            .fullNameKana, [], ["フリガナ", "ふりがな", "カナ", "ヨミガナ"], missing: .kanaMissing),
    ]

    private static let addresses: [TextQuestion] = [
        TextQuestion(.prefecture, [], ["都道府県", "県"]),
        TextQuestion(.city, [], ["市区町村", "市町村", "市区郡"]),
        TextQuestion(.street, limit: 100, .isParticular, ["町字以下", "番地", "町名番地", "住所1"]),
        TextQuestion(
            .fullAddress, [], ["住所", "現住所", "所在地"], missing: .valueMissing),
        TextQuestion(
            .building, limit: 100, [.plain, .mayBeEmpty, .mayBeginWithSign, .isParticular],
            ["建物名等", "建物名", "方書", "ビル名", "マンション名", "住所2"]),
    ]

    private static let reach: [TextQuestion] = [
        TextQuestion(
            .email, [.mayBeEmpty, .isParticular],
            ["メールアドレス", "メール", "E-mail", "email", "eメール", "MAIL", "アドレス", "Eメールアドレス"]),
        TextQuestion(
            .phone, [.mayBeEmpty, .isDigits, .isParticular],
            ["電話番号", "TEL", "電話", "連絡先", "携帯電話", "携帯電話番号", "連絡先電話番号"]),
        TextQuestion(.memberNumber, .mayBeEmpty, ["委員番号", "会員番号"]),
    ]

    private static let files: [TextQuestion] = [
        TextQuestion(
            .employeeNumber, limit: 50, [.plain, .mayBeEmpty, .isParticular],
            ["社員番号", "職員番号", "従業員番号"]),
        TextQuestion(
            .note, limit: 200, [.plain, .hasLines, .mayBeEmpty, .mayBeginWithSign, .isOfMany],
            ["備考", "メモ"]),
        TextQuestion(
            .businessPlace, [.mayBeEmpty, .mayBeginWithSign, .isOfMany],
            ["事業所", "事業所名", "施設", "施設名", "拠点", "拠点名"]),
    ]
}

extension ApplicationField {
    /// Kept and passed on as a text; choices, dates, codes and numbers are read into values.
    var isText: Bool { TextQuestion.of(self).map { !$0.traits.contains(.isDigits) } ?? false }

    func isText(_ traits: TextQuestion.Traits) -> Bool {
        TextQuestion.of(self)?.traits.isSuperset(of: traits) ?? false
    }
}
