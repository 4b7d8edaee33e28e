public import Enrollment

/// What a letter says: subject and text.
public struct LetterWords: Sendable, Equatable {
    public let subject: String
    public let body: String
}

/// The letters of the programme. Plain text; short lines; no link that acts by being opened.
public struct Letters: Sendable {
    let service: ServiceWords
    let links: Links

    public init(_ service: ServiceWords, _ links: Links) {
        self.service = service
        self.links = links
    }

    /// The six-digit code that confirms an address; `page` is where it is to be typed.
    public func code(_ code: String, page: String) -> LetterWords {
        letter(
            "確認番号のお知らせ",
            [
                "確認番号は次のとおりです。", "", "　　\(code)", "",
                "「\(page)」の次の画面（届いた番号を入力する）に戻り、この番号を入力してください。",
                "番号が使えるのは、このメールが届いてから10分間です。",
                "お心当たりがない場合は、このメールを捨ててください。",
            ])
    }

    /// A letter that is sent once more: what it said, and of which day it is.
    public func again(_ subject: String, _ body: String, of day: Day) -> LetterWords {
        LetterWords(
            subject: "もう一度お送りします：\(subject)",
            body: """
                \(day.word)にお送りしたメールを、もう一度お送りします。
                そのあとに変わったことは、あとからお送りしたメールのとおりです。

                \(body)
                """)
    }

    /// `insteadOfRenewal` where the application has put aside a renewal that was under way.
    public func receipt(
        _ receipt: String, name: String, kind: Kind, year: FiscalYear,
        insteadOfRenewal: Bool = false
    ) -> LetterWords {
        self.receipt(
            receipt, of: (name, kind), year: year, insteadOfRenewal: insteadOfRenewal, by: nil)
    }

    /// The same of a row of a file, which an organization has sent; nil for none.
    public func receipt(
        _ receipt: String, of who: (name: String, kind: Kind), year: FiscalYear,
        insteadOfRenewal: Bool, by organization: String?
    ) -> LetterWords {
        let (name, kind) = who
        let instead =
            insteadOfRenewal
            ? [
                "\(year.previous.word)の任命は、\(year.word)への更新の手続中でした。",
                "この応募を受け付けたため、更新は行いません。",
                "任命されるかどうかは、この応募の審査で決まります。",
                "更新を待つつもりだったときは、お電話でご相談ください。", "",
            ] : []
        return letter(
            "応募を受け付けました（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(kind.word)（\(year.word)）への応募を受け付けました。", "",
                "受付番号：\(receipt)", "",
            ] + (organization.map(Self.listed(by:)) ?? []) + instead + [
                "事務局が内容を確認します。結果はメールでお知らせします。",
                "いまの状態は、次のページで確かめられます。", links.status,
            ])
    }

    /// To somebody who had applied already: what the page did not say.
    public func alreadyReceived(
        _ receipt: String, first: String, year: FiscalYear
    ) -> LetterWords {
        letter(
            "応募について（受付番号 \(receipt)）",
            [
                "\(year.word)の応募はすでに受け付けています。",
                "先の受付番号（\(first)）が、そのまま有効です。",
                "今回の応募（受付番号 \(receipt)）は、先の応募にまとめました。", "",
                "先の応募の内容は、次のページで確かめて、直せます。", links.status,
            ])
    }

    public func appointment(_ told: AppointmentNotice) -> LetterWords {
        var lines = [
            addressee(told.name), "", "あなたを\(told.kind.word)に任命しました。", "", "任命番号：\(told.number)",
            "任命の期間：\(told.first.word)から\(told.last.word)まで", "",
            "内容は、次のページで受付番号（\(told.receipt)）を入れると確かめられます。"
                + "任命状（PDF）\(told.badge == nil ? "" : "とオープンバッジの画像")も、そこで受け取れます。",
            links.status, "",
        ]
        if let badge = told.badge {
            lines += ["バッジを見せた相手は、次のページで任命を確かめられます。", links.verify(badge), ""]
        }
        return letter("任命のお知らせ（任命番号 \(told.number)）", lines + ["ご活躍を期待しています。"])
    }

    public func resignation(_ number: String, name: String, last: Day) -> LetterWords {
        letter(
            "辞任を受け付けました（任命番号 \(number)）",
            [
                addressee(name), "", "辞任の申し出を受け付けました。", "任命の最後の日：\(last.word)", "",
                "これまでのご協力に感謝します。",
            ])
    }

    /// 解任, with the office's reason.
    public func dismissal(
        _ number: String, name: String, _ ending: AppointmentEnding
    ) -> LetterWords {
        letter(
            "任命が終わりました（任命番号 \(number)）",
            [
                addressee(name), "", "事務局が任命を終えました。", "任命の最後の日：\(ending.day.word)", "",
                "理由：\(ending.because)", "", "お心当たりがないときは、お電話でお知らせください。",
            ])
    }

    public func rejection(_ receipt: String, name: String, reason: String) -> LetterWords {
        letter(
            "応募の結果（受付番号 \(receipt)）",
            [
                addressee(name), "", "応募の内容を確認しましたが、今回は任命できませんでした。", "", "理由：\(reason)", "",
                "理由が当てはまらなくなったときは、もう一度応募できます。", service.url,
            ])
    }

    public func withdrawal(_ receipt: String, name: String, kind: Kind, year: FiscalYear)
        -> LetterWords
    {
        letter(
            "応募の取下げを受け付けました（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(kind.word)（\(year.word)）への応募の取下げを受け付けました。",
                "審査と任命の手続は行いません。", "",
                "もう一度応募するときは、次のページで前の応募の内容を呼び出せます。", links.status, "",
                "お心当たりがないときは、お電話でお知らせください。",
            ])
    }

    /// What the owner has corrected, or asked the office to: which answers, and not what they say.
    public func correction(
        _ receipt: String, name: String, fields: [ApplicationField]
    ) -> LetterWords {
        letter(
            "応募の内容を訂正しました（受付番号 \(receipt)）",
            [addressee(name), "", "次の項目を訂正しました。"] + fields.map { "　・\($0.label)" } + [
                "", "いまの内容は、次のページで確かめられます。", links.status, "",
                "お心当たりがないときは、お電話でお知らせください。",
            ])
    }

    /// What an organization's file says otherwise: which answers, and never what they say.
    public func proposal(
        _ receipt: String, name: String, by organization: String, fields: [ApplicationField]
    ) -> LetterWords {
        letter(
            "団体の名簿の内容を確かめてください（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(organization)から届いた名簿に、応募と違う内容がありました。応募の内容は変わっていません。",
                "", "違うところ：",
            ] + fields.map { "　・\($0.label)" } + [
                "", "名簿のほうが正しいときは、次のページで直せます。直すところがないときは、何もする必要はありません。",
                links.status,
            ])
    }

    public func correctionRefused(
        _ receipt: String, name: String, reason: String
    ) -> LetterWords {
        letter(
            "訂正の申し出について（受付番号 \(receipt)）",
            [
                addressee(name), "", "訂正の申し出を確認しましたが、そのとおりには訂正しませんでした。", "",
                "理由：\(reason)", "", "いまの内容は、次のページで確かめられます。", links.status,
            ])
    }

    /// To the address that somebody was reached at until now.
    public func mailChanged(_ receipt: String, name: String) -> LetterWords {
        letter(
            "メールアドレスが変わりました（受付番号 \(receipt)）",
            [
                addressee(name), "", "届出のメールアドレスが、新しいアドレスに変わりました。",
                "これからのお知らせは、新しいアドレスにお送りします。", "",
                "お心当たりがないときは、すぐにお電話でお知らせください。",
            ])
    }

    /// What was applied for with an address, a line each; to whoever reads its mail.
    public func receipts(
        _ applications: [(receipt: String, kind: Kind, receivedOn: Day, ApplicationStatus)]
    ) -> LetterWords {
        guard !applications.isEmpty else { return noReceipts }
        let lines = applications.map { receipt, kind, day, status in
            "　\(receipt)（\(kind.word)、\(day.word)受付）：\(status.word)"
        }
        return letter(
            "受付番号のお知らせ",
            ["このメールアドレスで受け付けた応募は、次のとおりです。", ""] + lines
                + [
                    "", "くわしくは、次のページで受付番号を入れると確かめられます。", links.status, "",
                    "お心当たりがないときは、このメールを捨ててください。",
                ])
    }

    private var noReceipts: LetterWords {
        letter(
            "受付番号のお知らせ",
            [
                "このメールアドレスで受け付けた応募は、見つかりませんでした。",
                "別のアドレスで応募したときは、そのアドレスでお試しください。",
                "分からないときは、お電話でご相談ください。", "",
                "お心当たりがないときは、このメールを捨ててください。",
            ])
    }

    /// The fiscal year ended before the application was decided. Whoever holds an appointment that
    /// is about to be renewed, as `renewing`, has nothing to do.
    public func expired(
        _ receipt: String, name: String, kind: Kind, year: FiscalYear, renewing held: Kind?
    ) -> LetterWords {
        if let held { return overtaken(receipt, name: name, kind: kind, year: year, held: held) }
        return letter(
            "応募の期限が切れました（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(kind.word)（\(year.word)）への応募は、年度の終わりまでに任命の手続が終わらなかったため、",
                "期限切れになりました。お待たせしたまま終わり、申し訳ありません。", "",
                "新しい年度の任命をご希望のときは、もう一度応募してください。", service.url,
            ])
    }

    private func overtaken(
        _ receipt: String, name: String, kind: Kind, year: FiscalYear, held: Kind
    ) -> LetterWords {
        letter(
            "応募の手続を終えました（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(kind.word)（\(year.word)）への応募は、年度の終わりまでに任命の手続が終わらなかったため、",
                "手続を終えました。お待たせしたまま終わり、申し訳ありません。", "",
                "いまの\(held.word)の任命は、\(year.next.word)への更新の手続中です。",
                "結果はメールでお知らせします。していただくことはありません。",
            ])
    }

    /// The appointment ends and was not renewed: why, and what can be done until when.
    public func notRenewed(_ told: NotRenewedNotice) -> LetterWords {
        let outcome = told.outcome
        let why = outcome == .lacksVideo ? told.videos.map { "　・\($0)" } : []
        let remedy = outcome.remedy(until: told.until)
        return letter(
            outcome == .declined ? "任命を更新していません" : "任命の更新ができませんでした",
            [
                addressee(told.name), "", "\(told.kind.word)の任命は、\(told.last.word)で終わりました。",
                "次の年度の任命に更新していない理由：", outcome.reason,
            ] + why + ["", remedy, "応募は次のページからできます。", service.url])
    }

    /// To whoever sent an organization's file, when the work is done.
    public func groupApplied(_ number: String, name: String, count: Int) -> LetterWords {
        letter(
            "名簿の登録が終わりました（\(number)）",
            [
                addressee(name, otherwise: "ご担当者 様"), "", "お送りいただいた名簿の登録が終わりました。", "",
                "名簿の番号：\(number)", "登録・変更した人数：\(count.grouped)人", "",
                "名簿は次のページで確かめられます。", links.members,
            ])
    }

    /// To the office: a piece of work broke again and again and was given up.
    public func jobFailed(_ subject: String, reference: String) -> LetterWords {
        letter(
            "処理を最後まで行えませんでした（\(subject)）",
            [
                "次の処理が何度も失敗したため、中止しました。途中までの結果は残っていません。", "",
                "番号：\(subject)", "参照番号：\(reference)", "",
                "システムの担当者に参照番号を伝えてください。直したあとで、もう一度実行してください。",
            ])
    }

    /// To whoever an account belongs to: somebody types wrong passwords for it.
    public func signInWarning(count: Int) -> LetterWords {
        letter(
            "ログインの失敗が続いています",
            [
                "あなたのメールアドレスで、まちがったパスワードが\(count)回以上入力されました。",
                "このお知らせは、1日に1通までお送りします。", "",
                "ご自分で入力まちがいをしたときは、何もする必要はありません。",
                "お心当たりがないときも、正しいパスワードを知らない人はログインできません。",
                "あなたは、いつものパスワードでログインできます。",
                "ご心配なときは、事務局にお電話ください。",
            ])
    }

    /// To the office: so many wrong codes that somebody must be guessing.
    public func wrongCodes(_ count: Int) -> LetterWords {
        letter(
            "確認番号の入力まちがいが増えています",
            [
                "この10分ほどの間に、まちがった確認番号が\(count.grouped)回入力されました。",
                "だれかが番号を当てようとしているのかもしれません。", "",
                "増えている間に送る番号は、1回だけ入力できます。応募は、いつものとおり受け付けています。",
                "システムの担当者に伝えてください。このお知らせは、1日に1通までお送りします。",
            ])
    }

    /// Whom the letter speaks to; the name without links.
    func addressee(_ name: String, otherwise nobody: String = "ご本人 様") -> String {
        let name = name.unlinked
        return name.isEmpty ? nobody : "\(name) 様"
    }

    func letter(_ subject: String, _ lines: [String]) -> LetterWords {
        let foot = [
            "", "--", service.issuer, "\(service.title)", service.url,
            "お問い合わせ：\(service.phone)（\(service.hours)）",
            "このメールは送信専用です。",
        ]
        return LetterWords(
            subject: "【\(service.shortTitle)】\(subject)",
            body: (lines + foot).joined(separator: "\n"))
    }
}

extension Renewal.Outcome {
    /// Why somebody is not renewed, to themselves.
    public var reason: String {
        switch self {
        case .alreadyApplied: "新しい年度の応募を、更新より先に受け付けていました。"
        case .lacksVideo: "新しい年度に必要な動画の視聴日が、まだ届いていません。"
        case .declined: "次の年度の更新に、入力した内容を「使わない」とお答えになりました。内容は写していません。"
        case .unanswered: "次の年度も続けるかどうかのお答えが、届いていません。"
        case .left: "応募のときの団体への所属が、終わっています。"
        case .organizationClosed, .continues:
            "応募のときの団体または事業が、新しい年度の応募を受け付けていません。"
        }
    }

    /// What can be done about it.
    fileprivate func remedy(until day: Day) -> String {
        switch self {
        case .lacksVideo: "動画を見て、\(day.word)までに応募すると、引き続き活動できます。"
        case .declined, .unanswered: "続けて活動するときは、\(day.word)までに応募してください。"
        case .organizationClosed, .continues, .alreadyApplied, .left:
            "ほかの団体に所属しているときや、ほかの区分に当てはまるときは、\(day.word)までに応募すると、引き続き活動できます。"
        }
    }
}

/// How the service calls itself: settings of an installation.
public struct ServiceWords: Sendable {
    public let title = "デジタル推進委員 受付サービス"
    public let shortTitle = "デジタル推進委員"
    public let issuer: String
    public let phone: String
    public let hours = "平日 9時30分から18時15分まで"
    /// Without a slash at the end.
    public let url: String

    public init(issuer: String, phone: String, url: String) {
        self.issuer = issuer
        self.phone = phone
        self.url = url
    }
}
