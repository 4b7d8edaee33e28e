public import Enrollment

extension PlanCause {
    /// 郵便番号が6桁：100行.
    public func title(_ names: [ApplicationField: String]) -> String {
        let name = field.map { names[$0] ?? $0.heading } ?? ""
        return "\(code.cause(name))：\(rows.count.grouped)行"
    }
}

extension ProblemCode {
    /// What rows with this problem have in common, of a column called `name`.
    public func cause(_ name: String) -> String {
        switch self {
        case .valueMissing, .kanaMissing, .postalCodeMissing, .prefectureMissing, .cityMissing,
            .streetMissing, .emailMissing, .viewingMissing:
            "「\(name)」が空"
        case .tooLong: "「\(name)」が長すぎる"
        case .characterNotAllowed, .privateUseCharacter: "「\(name)」に使えない文字がある"
        case .garbled: "「\(name)」が文字化けしている"
        case .firstCharacterNotAllowed, .formulaNotAllowed: "「\(name)」が計算式のように始まる"
        case .kanaNotKatakana: "「\(name)」が全角カタカナでない"
        case .kanaGivenAlthoughNone: "「\(name)」の印があるのに、カナが入っている"
        case .bothNamesGivenAlthoughOne: "「\(name)」の印があるのに、氏と名の両方が入っている"
        case .postalCodeNotSevenDigits: "郵便番号が7桁でない"
        case .prefectureUnknown: "都道府県が見つからない"
        case .cityUnknown: "市区町村が見つからない"
        case .addressWithoutPrefecture: "住所が都道府県から書かれていない"
        case .streetIsADate: "町名・番地が日付になっている"
        case .emailNotAnAddress, .emailDotsMisplaced: "メールアドレスの形式が正しくない"
        case .phoneNotDigits: "電話番号に数字でないものがある"
        case .phoneLengthWrong: "電話番号の桁数が正しくない"
        case .viewingNotInCalendar: "「\(name)」が暦にない日付"
        case .viewingInFuture: "「\(name)」が未来の日付"
        case .viewingTooEarly: "「\(name)」が早すぎる"
        case .viewingUnreadable: "「\(name)」を読み取れない"
        case .memberNumberUnknown: "委員番号を確認できない"
        case .nameWithoutSpace: "「\(name)」を氏と名に分けられない"
        case .kindUnreadable: "応募区分として読み取れない"
        case .consentMissing: "本人の同意が確認できない"
        case .postalCodeTooShort: "郵便番号が6桁か5桁"
        case .spreadsheetError: "「\(name)」が表計算ソフトのエラーの表示になっている"
        case .answerUnreadable: "「\(name)」を、はい・いいえとして読み取れない"
        case .rowRepeated: "同じ人が前の行にもある"
        case .emailShared: "オープンバッジを希望する人と、同じメールアドレスの人がいる"
        case .tooManyCells: "列の数が多すぎる"
        case .controlCharacter: "使用できない制御文字がある"
        case .valueLooksMistyped: "「\(name)」が答えになっていないかもしれない"
        case .characterIsSubstituted: "ほかのシステムでは、別の字で扱う字がある"
        case .characterHasNoSubstitute: "ほかのシステムで扱えない字がある"
        case .partLooksMistyped: "「\(name)」に、名前にはない字か語がある"
        case .characterLooksLikeAnother: "「\(name)」に、漢字に似た別の字がある"
        case .postalCodeOfAnotherPlace: "郵便番号と都道府県・市区町村が一致しない"
        case .postalCodeNotListed: "郵便番号が一覧にない"
        case .wardNotYetThere: "いまはない区の名前になっている"
        case .emailDomainLooksMistyped: "メールアドレスの「@」より後ろの書き誤りかもしれない"
        case .phoneLengthUnusual: "電話番号の桁数がふつうと違う"
        case .nameSplit: "「\(name)」に空白が2つ以上ある"
        case .badgeWithoutEmail: "オープンバッジを希望しているが、メールアドレスがない"
        case .rowLooksRepeated: "前の行と同じ人かもしれない"
        case .emailSharedInFile: "同じメールアドレスの人がいる"
        case .differencesBecomeAProposal: "部署・店舗名のほかは、登録の内容を変えない"
        case .appointmentEnded: "任命が年度の途中で終わっている人"
        case .kanaConverted: "「\(name)」を全角カタカナに直した"
        case .cityCorrected: "市区町村を正式な名前に直した"
        case .prefectureSupplied: "書かれていない都道府県を補った"
        case .phoneZeroSupplied: "電話番号の先頭の「0」を補った"
        case .postalCodeZeroSupplied: "郵便番号の先頭の「0」を補った"
        case .lineBreakReplaced: "セル内の改行を空白に置き換えた"
        default: ofPlaces(name)
        }
    }

    private func ofPlaces(_ name: String) -> String {
        switch self {
        case .businessPlaceUnknown: "「\(name)」が登録されていない"
        case .businessPlaceAmbiguous: "「\(name)」が二つ以上ある"
        case .businessPlaceClosed: "「\(name)」がもう使われていない"
        case .businessPlaceNotYours: "「\(name)」が、送った方の担当ではない"
        case .applicationWithdrawn: "本人が応募を取り下げた人"
        case .memberOfAnotherPlace: "ほかの事業所の名簿にいる方"
        default: besidePeople ?? ofForms
        }
    }

    /// Of rows beside people whom the organization has sent before.
    private var besidePeople: String? {
        self == .rowLooksKnown ? "前に送られた人と同じ人かもしれない" : nil
    }

    /// What no row of a file is told today; named by its number, should one be told all the same.
    private var ofForms: String { "確認してください（\(rawValue)）" }
}
