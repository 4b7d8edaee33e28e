/// What a letter tells of somebody's second factor.
public enum SecondFactorNews: String, CaseIterable, Sendable {
    case setUp, removed, reset, recoveryCodesRenewed, recoveryCodeUsed, wrongCodes

    fileprivate var subject: String {
        switch self {
        case .setUp: "二段階の確認を使い始めました"
        case .removed: "二段階の確認をやめました"
        case .reset: "二段階の確認を取り消しました"
        case .recoveryCodesRenewed: "予備のコードを作り直しました"
        case .recoveryCodeUsed: "予備のコードが使われました"
        case .wrongCodes: "確認コードの入力まちがいが続いています"
        }
    }

    fileprivate var lines: [String] {
        switch self {
        case .setUp:
            [
                "あなたのアカウントで、二段階の確認を使い始めました。",
                "これからは、ログインするときに、認証アプリに表示される6けたのコードも入力します。",
            ]
        case .removed: ["あなたのアカウントで、二段階の確認をやめました。"]
        case .reset:
            [
                "システムの運用担当が、あなたのアカウントの二段階の確認を取り消しました。",
                "すべての画面でのログインが終わりました。次にログインしたときに、もう一度、設定してください。",
            ]
        case .recoveryCodesRenewed: ["予備のコードを作り直しました。前の予備のコードは使えません。"]
        case .recoveryCodeUsed:
            ["認証アプリのコードの代わりに、予備のコードが1つ使われました。使ったコードは、もう使えません。"]
        case .wrongCodes:
            [
                "あなたのアカウントで、正しいパスワードのあとに、まちがった確認コードが続けて入力されました。",
                "ご自分でないときは、だれかがあなたのパスワードを知っています。パスワードをすぐに変えてください。",
            ]
        }
    }
}

extension Letters {
    /// To whoever an account belongs to.
    public func secondFactor(_ news: SecondFactorNews, name: String) -> LetterWords {
        letter(
            news.subject,
            [addressee(name, otherwise: "ご担当者 様"), ""] + news.lines + [
                "", "お心当たりがないときは、すぐに事務局にお電話ください。",
            ])
    }
}

extension ServiceWords {
    /// The address by which an authenticator learns a secret and whose it is (Key URI Format).
    public func authenticatorAddress(_ secret: String, of email: String) -> String {
        let (issuer, owner) = (Self.escaped(title), Self.escaped(email))
        return "otpauth://totp/\(issuer):\(owner)?secret=\(secret)&issuer=\(issuer)"
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { escaped, octet in
            let scalar = Unicode.Scalar(octet)
            let isPlain = octet < 128 && (Character(scalar).isLetter || Character(scalar).isNumber)
            escaped +=
                isPlain || octet == 0x2E || octet == 0x2D
                ? String(scalar) : (octet < 16 ? "%0" : "%") + String(octet, radix: 16)
        }
    }
}
