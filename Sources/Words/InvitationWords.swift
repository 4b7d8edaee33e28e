public import Enrollment

extension OfficeRight {
    public var word: String {
        switch self {
        case .reception: "受付"
        case .review: "審査"
        case .appointment: "任命"
        case .administration: "管理"
        }
    }

    /// What it is for, in a line.
    public var explanation: String {
        switch self {
        case .reception: "応募と人の記録を見て、メモを書き、メールをもう一度送る"
        case .review: "承認・不承認、訂正、重複の確認、名簿の送信の取消しをする"
        case .appointment: "決裁を登録して任命し、年度更新、任命の終わりの登録、書き出しをする"
        case .administration: "アカウント、団体、記録を扱い、書き出しをする"
        }
    }
}

extension OfficeRights {
    /// 受付・審査.
    public var word: String { list.map(\.word).joined(separator: "・") }
}

extension InvitationProblem {
    /// What is wrong, and what to do.
    public var sentence: String {
        switch self {
        case .emailMissing: "メールアドレスを入力してください。"
        case .emailNotAnAddress: "メールアドレスの形になっていません。もう一度確かめてください。"
        case .hasAccount: "このアドレスのアカウントは、すでにあります。一覧で確かめてください。"
        case .hasDisabledAccount: "このアドレスのアカウントは止めてあります。一覧でそのアカウントを開き、もう一度使えるようにしてください。"
        case .isInvited: "このアドレスには、すでに招待を送っています。届いていないときは、招待の一覧からもう一度送ってください。"
        case .isTakenOverByAnother:
            "このアカウントを引き継ぐ人は、すでに招待しています。人をかえるときは、招待の一覧でその招待を取り消してください。"
        case .addressCannotBeUsed:
            "このアドレスは、すでに使われているか、招待中です。一覧を確かめ、見当たらないときは事務局にご連絡ください。"
        case .nameMissing: "お名前を入力してください。"
        case .nameTooLong: "お名前は\(InvitationDraft.longestName)文字以内で入力してください。"
        case .rightsMissing: "権限を1つ以上選んでください。"
        case .organizationMissing: "団体コードを入力してください。"
        case .organizationUnknown: "この団体コードの団体はありません。団体の一覧で確かめてください。"
        case .organizationIsClosed: "この団体はとじています。団体の画面で、とじるのをやめてから招待してください。"
        case .placeUnknown: "この団体に、いま使われているその事業所はありません。事業所のコードを確かめてください。"
        }
    }
}

/// Of an invitation, what its letter says.
public struct InvitationNotice: Sendable {
    /// Where the account will be.
    public enum Desk: Sendable, Equatable {
        case office, ministry
        /// With its name, and that of the 事業所.
        case organization(String)

        public var word: String {
            switch self {
            case .office: "事務局"
            case .ministry: "府省の担当"
            case .organization(let name): "\(name)の担当"
            }
        }
    }

    let name: String
    let desk: Desk
    let link: String
    let until: Instant

    public init(name: String, desk: Desk, link: String, until: Instant) {
        self.name = name
        self.desk = desk
        self.link = link
        self.until = until
    }
}

/// What becomes of an account.
public enum AccountNews: Sendable, Equatable {
    case disabled, enabled, handedOver
    case rights(OfficeRights)

    fileprivate var subject: String {
        switch self {
        case .disabled: "アカウントが使えなくなりました"
        case .enabled: "アカウントがまた使えるようになりました"
        case .handedOver: "アカウントを引き継ぎました"
        case .rights: "アカウントの権限が変わりました"
        }
    }

    fileprivate var lines: [String] {
        switch self {
        case .disabled: ["事務局が、あなたのアカウントを止めました。ログインはできません。"]
        case .enabled: ["事務局が、あなたのアカウントをまた使えるようにしました。", "パスワードは前と同じです。"]
        case .handedOver: ["あなたの仕事を引き継ぐ人が使い始めたため、あなたのアカウントは終わりました。"]
        case .rights(let rights): ["あなたのアカウントの権限は、いまは次のとおりです。", "　　\(rights.word)"]
        }
    }
}

extension Letters {
    /// The link opens a page; only sending that page's form does something.
    public func invitation(_ told: InvitationNotice) -> LetterWords {
        letter(
            "アカウントへの招待",
            [
                addressee(told.name, otherwise: "ご担当者 様"), "",
                "\(service.title)で、\(told.desk.word.unlinked)としてのアカウントをお使いいただけます。",
                "次のページで、ご自分のパスワードを決めてください。", told.link, "",
                "このリンクが使えるのは、\(told.until.word)までの1回だけです。",
                "このメールをほかの人に渡さないでください。",
                "お心当たりがないときは、このメールを捨ててください。アカウントはできません。",
            ])
    }

    /// To whoever an account belongs to.
    public func accountChanged(_ news: AccountNews, name: String) -> LetterWords {
        letter(
            news.subject,
            [addressee(name, otherwise: "ご担当者 様"), ""] + news.lines
                + ["", "お心当たりがないときは、事務局にお電話ください。"])
    }
}
