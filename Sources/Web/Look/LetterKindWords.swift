internal import Store

extension LetterKind {
    /// What a letter is about.
    var word: String {
        switch self {
        case .code: "確認番号"
        case .receipt: "受付の控え"
        case .alreadyReceived: "すでに受け付けていること"
        case .appointment: "任命のお知らせ"
        case .resignation: "辞任の受付"
        case .rejection: "承認しないこと"
        case .withdrawal: "取下げの受付"
        case .expired: "期限切れ"
        case .groupApplied: "名簿の反映"
        case .notRenewed: "更新しないこと"
        case .jobFailed: "仕事の失敗"
        case .signInWarning: "ログインの注意"
        case .passwordChanged: "パスワードの変更"
        case .secondFactor: "二段階の確認"
        case .invitation: "アカウントへの招待"
        case .accountChanged: "アカウントの変更"
        case .alarm: "システムの注意"
        case .correction: "訂正の受付"
        case .correctionRefused: "訂正しないこと"
        case .mailChanged: "メールアドレスの変更"
        case .receipts: "応募の一覧"
        case .dismissal: "任命の終わり"
        case .resumption: "任命にもどすこと"
        case .reopening: "審査にもどすこと"
        case .cancellation: "任命の取消"
        case .parting: "応募を分けること"
        case .proposal: "団体の名簿の内容の確認"
        case .peopleMerged: "人をまとめたこと"
        case .peopleSeparated: "まとめを解いたこと"
        case .takenBack: "名簿の送信の取消し"
        case .groupUndone: "名簿を取り消した結果"
        case .listed: "団体の名簿にのったこと"
        case .listingRefused: "名簿の人が希望しないこと"
        case .amendment: "補正の求め"
        case .amendmentReminder: "補正の期限が近いこと"
        case .amendmentTakenBack: "補正の求めの取消し"
        case .affiliationEnded: "所属が終わったという届け出"
        case .affiliationResumed: "所属がつづいているという届け出"
        }
    }
}
