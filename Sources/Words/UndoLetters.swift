public import Enrollment

/// 送信の取消し.
extension Letters {
    /// To whoever was told of an application that a file brought which was taken back.
    public func takenBack(
        _ receipt: String, name: String, by organization: String
    ) -> LetterWords {
        letter(
            "応募がなくなりました（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(organization)が、あなたの応募を載せた名簿の送信を取り消しました。",
                "前にお知らせした応募は、なかったことになりました。審査と任命の手続は行いません。", "",
                "くわしくは、\(organization)にお問い合わせください。ご自分で応募することもできます。", service.url,
            ])
    }

    /// To whoever sent a file that was taken back, by them or by somebody else.
    public func groupUndone(
        _ number: String, name: String, undone: Int, kept: Int
    ) -> LetterWords {
        letter(
            "名簿の送信を取り消しました（\(number)）",
            [
                addressee(name, otherwise: "ご担当者 様"), "", "お送りいただいた名簿の送信を取り消しました。", "",
                "名簿の番号：\(number)", "取り消した人数：\(undone.grouped)人",
                "取り消さずに残した人数：\(kept.grouped)人", "", "名簿は次のページで確かめられます。", links.members,
            ])
    }
}
