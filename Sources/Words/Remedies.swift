public import Enrollment

extension Problem {
    /// 直し方. What to do in the error file, in a few words.
    public var remedy: String {
        switch code {
        case .valueMissing where [.familyName, .givenName].contains(field):
            "空の欄に入力してください（1語だけのお名前は、「氏名1語」の列に「1」）"
        case .kanaMissing: "空の欄に入力してください（読みがないときは、「読みなし」の列に「1」）"
        case .valueMissing, .postalCodeMissing, .prefectureMissing, .cityMissing, .streetMissing,
            .emailMissing, .viewingMissing:
            "空の欄に入力してください"
        case .tooLong: "文字数を減らしてください"
        case .characterNotAllowed, .privateUseCharacter: "使用できない文字を、標準の文字に置き換えてください"
        case .garbled: "正しい文字で入力し直してください"
        case .firstCharacterNotAllowed, .formulaNotAllowed: "先頭の記号を消してください"
        case .kanaNotKatakana: "全角カタカナで入力してください"
        case .kanaGivenAlthoughNone: "読みがあるときはこの欄を空に、ないときはカナを空にしてください"
        case .bothNamesGivenAlthoughOne: "氏と名の両方があるときは、この欄を空にしてください"
        case .postalCodeNotSevenDigits: "「102-0094」のように7桁で入力してください"
        case .postalCodeTooShort: "先頭に「0」を付けて「060-0001」の形で入力してください"
        case .prefectureUnknown: "都道府県を正式な名称にしてください"
        case .cityUnknown: "都道府県と市区町村の組み合わせを確かめてください"
        case .addressWithoutPrefecture: "都道府県から書いてください"
        case .spreadsheetError: "エラーの表示を消して、元の値を入力してください"
        case .streetIsADate: "セルの書式を文字列にして「1-2-3」の形で入力してください"
        case .emailNotAnAddress, .emailDotsMisplaced: "届くメールアドレスに直してください"
        case .phoneNotDigits: "数字とハイフンだけで入力してください"
        case .phoneLengthWrong: "先頭の「0」と桁数を確かめてください"
        case .viewingInFuture: "動画を見た日を入力してください。これから見る方は、見たあとに入力してください"
        case .viewingTooEarly:
            "\(arguments[.day].flatMap { Day($0)?.word } ?? "対象の期間の最初の日")以降に見た日を入力してください。"
                + "それより前に見た方は、もう一度見てから入力してください"
        case .viewingNotInCalendar, .viewingUnreadable: "動画を見た日を「2026-09-01」の形で入力してください"
        case .memberNumberUnknown: "任命状の委員番号を確かめるか、空にしてください"
        case .nameWithoutSpace: "氏と名の間に空白を入れてください（1語だけのお名前は、「氏名1語」の列に「1」）"
        case .kindUnreadable: "「デジタル推進委員」または「デジタル推進よびかけ員」にしてください"
        case .consentMissing: "ご本人の同意を得て「同意する」と入力してください"
        case .answerUnreadable where field == .badgeOptIn: "「希望する」か「希望しない」にしてください"
        case .answerUnreadable: "「○」にするか、空にしてください"
        case .businessPlaceUnknown, .businessPlaceClosed:
            "団体のページの一覧にある事業所の名前にするか、空にしてください"
        case .businessPlaceAmbiguous: "「本院／2階」のように、上の事業所の名前から書いてください"
        case .businessPlaceNotYours: "担当している事業所の名前にするか、空にしてください"
        case .memberOfAnotherPlace: "この行を消すか、団体全体の担当者に送ってもらってください"
        case .emailShared: "ご本人のメールアドレスに直してください"
        case .tooManyCells: "カンマを含む値を「\"」で囲んでください"
        case .controlCharacter: "セルの内容をすべて消して、入力し直してください（見えない文字が入っています）"
        default: "内容を確かめてください"
        }
    }
}
