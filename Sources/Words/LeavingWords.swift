public import Enrollment

extension Leaving.Reason {
    public var word: String {
        switch self {
        case .retired: "退職"
        case .transferred: "異動"
        case .graduated: "卒業"
        case .deceased: "死亡"
        case .other: "その他"
        case .objected: "本人が希望しない"
        }
    }
}

extension Leaving {
    /// 退職（2026年10月31日）.
    public var word: String { "\(reason.word)（\(lastDay.word)）" }
}

extension MemberList {
    /// What the list is called.
    public var word: String {
        switch self {
        case .present: "いまの名簿"
        case .confirmed: "確認済み"
        case .unconfirmed: "確認がまだ"
        case .reached: "連絡済み"
        case .unreached: "連絡がまだ"
        case .watched: "視聴済み"
        case .unwatched: "視聴がまだ"
        case .left: "離れた人"
        }
    }

    /// Whom it names, in a sentence.
    public var meaning: String {
        switch self {
        case .present: "この団体に所属している人です。"
        case .confirmed: "届いた番号を入力して、自分のメールアドレスを確かめた人です。"
        case .unconfirmed: "まだ、自分のメールアドレスを確かめていない人です。"
        case .reached: "お知らせのメールが届いた人です。"
        case .unreached: "お知らせのメールがまだ届いていないか、届かなかったか、メールアドレスのない人です。"
        case .watched: "この年度に必要な動画を、全部見た人です。"
        case .unwatched: "この年度に必要な動画のうち、まだ見ていないものがある人です。"
        case .left: "所属が終わったと、この団体が届け出た人です。"
        }
    }
}

extension MemberReach {
    public var word: String {
        switch self {
        case .reached: "連絡済み"
        case .waiting: "まだ"
        case .refused: "届きません"
        case .none: "メールアドレスなし"
        }
    }
}

extension MemberWords {
    public static let confirmedHeading = "確認済み"
    public static let reachHeading = "連絡済み"
    public static let watchedHeading = "視聴"
    public static let leftOnHeading = "離れた日"
    public static let leftBecauseHeading = "離れた理由"
    public static let sheet = "名簿"

    /// 確認済み and 視聴; nil where the organization may not know.
    public static func done(_ isDone: Bool?) -> String {
        isDone.map { $0 ? "済み" : "まだ" } ?? notShown
    }
}

extension Letters {
    /// To whoever an organization says to have left it.
    public func affiliationEnded(
        _ receipt: String, name: String, at organization: String, _ leaving: Leaving
    ) -> LetterWords {
        letter(
            "所属が終わったという届け出がありました（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(organization)から、あなたの所属が終わったという届け出がありました。", "",
                "所属の最後の日：\(leaving.lastDay.word)", "理由：\(leaving.reason.word)", "",
                "いまの応募や任命は、このことでは変わりません。",
                "この団体で応募した方は、次の年度に自動では更新されません。続けて活動するときは、次の年度の応募をしてください。",
                "いまの内容は、次のページで確かめられます。", links.status, "",
                "お心当たりがないときは、\(organization)か、事務局にお知らせください。",
            ])
    }

    /// The same was said by mistake.
    public func affiliationResumed(
        _ receipt: String, name: String, at organization: String
    ) -> LetterWords {
        letter(
            "所属はつづいています（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(organization)が、あなたの所属が終わったという届け出を取り消しました。",
                "所属は、前のとおりつづいています。していただくことはありません。",
            ])
    }
}
