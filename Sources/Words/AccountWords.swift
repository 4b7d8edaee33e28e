public import Enrollment

extension PasswordProblem {
    /// What is wrong, and what to do.
    public var sentence: String {
        switch self {
        case .missing: "新しいパスワードを入力してください。"
        case .tooShort: "短すぎます。\(NewPassword.shortest)文字以上にしてください。"
        case .tooLong: "長すぎます。もう少し短くしてください。"
        case .tooSimple:
            "よく使われる言葉やお名前、同じ文字のくり返しが多く、当てられやすいパスワードです。関係のない言葉を3つか4つ並べるなど、別のものにしてください。"
        case .unchanged: "いまのパスワードと同じです。別のものにしてください。"
        case .typedDifferently: "もう一度入力したものと違います。同じものを2回入力してください。"
        }
    }
}

extension Letters {
    /// To whoever an account belongs to: its password is another one.
    public func passwordChanged(name: String) -> LetterWords {
        letter(
            "パスワードが変わりました",
            [
                addressee(name, otherwise: "ご担当者 様"), "",
                "あなたのアカウントのパスワードが変わりました。",
                "ほかの画面でのログインは、すべて終わりました。", "",
                "ご自分で変えたときは、何もする必要はありません。",
                "お心当たりがないときは、すぐに事務局にお電話ください。",
                "次のページの「パスワードを忘れたとき」から、決め直すこともできます。", links.signIn,
            ])
    }
}
