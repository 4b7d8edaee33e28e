public import Enrollment

extension CorporateKind {
    public var word: String {
        switch self {
        case .stateOrgan: "国の機関"
        case .localGovernment: "地方公共団体"
        case .stockCompany: "株式会社"
        case .limitedCompany: "有限会社"
        case .generalPartnership: "合名会社"
        case .limitedPartnership: "合資会社"
        case .limitedLiability: "合同会社"
        case .otherRegistered: "その他の設立登記法人"
        case .foreign: "外国会社等"
        case .other: "その他"
        }
    }
}

extension OrganizationProblem {
    /// What is wrong, and what to do.
    public var sentence: String {
        switch self {
        case .codeIsNotPlain: "団体コードは、半角の英小文字・数字・ハイフンで、63文字以内で入力してください（例：east-hospital）。"
        case .codeIsTaken: "この団体コードは、ほかの団体が使っています。別のコードにしてください。"
        case .nameMissing: "団体の名前を入力してください。"
        case .nameTooLong: "団体の名前は\(OrganizationDraft.longestName)文字以内で入力してください。"
        case .numberIsNone: "法人番号は13けたの数字です。打ちまちがいがないか確かめてください（検査用の数字が合いません）。"
        case .kindMissing: "法人の種別を選んでください。"
        case .groupMissing: "団体グループを選んでください。"
        case .categoryMissing: "募集対象の区分を選んでください。"
        case .programmeDoesNotFit: "選んだ区分に合う事業を選んでください。事業のない区分では、選ばないでください。"
        case .dayUnreadable: "日付が読み取れません。2026年10月1日、2026/10/1、R8.10.1のように入力してください。"
        case .closesBeforeItOpens: "応募の最後の日は、最初の日よりあとにしてください。"
        case .dayIsToCome: "今日までの日付を入力してください。名前が変わってから登録します。"
        case .dayBeforeTheLastName: "前に名前が変わった日よりあとの日付を入力してください。"
        case .noteTooLong: "活動内容は\(OrganizationDraft.longestNote)文字以内で入力してください。"
        case .endIsPast: "今日か、今日よりあとの日付を入力してください。"
        }
    }
}

/// What becomes of an organization, as it is told to those who sign in for it.
public enum OrganizationNews: Sendable, Equatable {
    /// The first day on which it is there no more.
    case closed(Day)
    case reopened
}

extension Letters {
    public func organizationChanged(
        _ news: OrganizationNews, _ organization: String, name: String
    ) -> LetterWords {
        let (subject, lines) =
            switch news {
            case .closed(let day):
                (
                    "団体をとじるお知らせ",
                    [
                        "事務局が、\(organization.unlinked)を\(day.word)からとじることにしました。",
                        "その日から、この団体としての応募と名簿の送信、あなたのアカウントでのログインはできません。",
                        "すでに任命された人の任命は、そのままです。",
                    ]
                )
            case .reopened:
                (
                    "団体がまた使えるようになりました",
                    [
                        "事務局が、\(organization.unlinked)をとじるのをやめました。",
                        "あなたのアカウントは、前と同じパスワードで使えます。",
                    ]
                )
            }
        return letter(
            subject,
            [addressee(name, otherwise: "ご担当者 様"), ""] + lines
                + ["", "お心当たりがないときは、事務局にお電話ください。"])
    }
}
