public import Enrollment

/// What was decided is taken back, or that is.
extension Letters {
    /// 取消, with the office's reason.
    public func cancellation(_ number: String, name: String, reason: String) -> LetterWords {
        letter(
            "任命を取り消しました（任命番号 \(number)）",
            [
                addressee(name), "", "お知らせした任命は、はじめから誤りでした。事務局が取り消しました。",
                "オープンバッジは使えません。", "", "理由：\(reason)", "",
                "お心当たりがないときは、お電話でお知らせください。",
            ])
    }

    /// 取消 of all that a plan appointed, with the office's reason: the application stands as before.
    public func undoneAppointment(_ number: String, name: String, reason: String) -> LetterWords {
        letter(
            "任命を取り消しました（任命番号 \(number)）",
            [
                addressee(name), "", "お知らせした任命は、手続の誤りでした。事務局が取り消しました。",
                "この任命のオープンバッジと任命状は使えません。", "", "理由：\(reason)", "",
                "応募は、任命の前と同じ「承認済み」にもどりました。もう一度応募する必要はありません。",
                "あらためて任命されたときは、新しい任命番号をメールでお知らせします。", "", links.status,
            ])
    }

    /// 審査にもどす, of what was refused.
    public func reopening(_ receipt: String, name: String) -> LetterWords {
        letter(
            "もう一度、応募の内容を確認します（受付番号 \(receipt)）",
            [
                addressee(name), "", "前にお知らせした結果を取り消しました。",
                "もう一度、事務局が応募の内容を確認します。結果はメールでお知らせします。", "", links.status,
            ])
    }

    /// 審査にもどす, of what was not put right in time.
    public func reopeningOfExpired(_ receipt: String, name: String) -> LetterWords {
        letter(
            "もう一度、応募の内容を確認します（受付番号 \(receipt)）",
            [
                addressee(name), "", "期限を過ぎて終わった応募を、審査にもどしました。",
                "もう一度、事務局が応募の内容を確認します。結果はメールでお知らせします。", "", links.status,
            ])
    }

    /// 先の応募にまとめた, taken back.
    public func parting(_ receipt: String, name: String) -> LetterWords {
        letter(
            "応募を、もう一度確認します（受付番号 \(receipt)）",
            [
                addressee(name), "", "先の応募にまとめたというお知らせを取り消しました。",
                "この応募（受付番号 \(receipt)）だけで、もう一度、事務局が内容を確認します。",
                "結果はメールでお知らせします。", "", links.status,
            ])
    }

    public func resumption(_ number: String, name: String, last: Day) -> LetterWords {
        letter(
            "任命が続いています（任命番号 \(number)）",
            [
                addressee(name), "", "任命が終わったという記録を、事務局が取り消しました。任命は続いています。",
                "任命の最後の日：\(last.word)", "", "オープンバッジをお持ちの方は、前と同じリンクで使えます。",
            ])
    }

    /// What was cancelled was right, and is over today or has not begun.
    public func reinstatement(_ number: String, name: String, _ term: Term) -> LetterWords {
        letter(
            "任命の取消しを取り消しました（任命番号 \(number)）",
            [
                addressee(name), "", "お知らせした任命の取消しは、誤りでした。事務局が取り消しました。",
                "任命の期間：\(term.from.word)から\(term.lastDay.word)まで",
            ])
    }
}
