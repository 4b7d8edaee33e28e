public import Enrollment

/// 補正.
extension Letters {
    /// To whoever applied: which questions, the office's words, and until when.
    public func amendment(
        _ receipt: String, name: String, _ note: AmendmentNote
    ) -> LetterWords {
        letter(
            "応募の内容を直してください（受付番号 \(receipt)）",
            [
                addressee(name), "", "応募の内容を確認したところ、直していただきたいところがあります。", "",
                "期限：\(note.dueOn.word)まで", "",
            ] + Self.questions(note) + [
                "", "次のページで受付番号を入れると、その項目だけを直して送れます。", links.status, "",
                "期限をすぎると、応募は期限切れになります。間に合わないときは、お電話でご相談ください。",
            ])
    }

    /// To whoever sent the row of a file, as long as it is the organization's to correct.
    public func amendment(
        _ receipt: String, of name: String, toCoordinator coordinator: String,
        _ note: AmendmentNote
    ) -> LetterWords {
        letter(
            "名簿の方の応募の内容を直してください（受付番号 \(receipt)）",
            [
                addressee(coordinator, otherwise: "ご担当者 様"), "",
                "名簿でお送りいただいた\(name.unlinked)さんの応募に、直していただきたいところがあります。", "",
                "期限：\(note.dueOn.word)まで", "",
            ] + Self.questions(note) + [
                "", "次のページの名簿から、この方の名前を開いて直せます。ご本人が直すこともできます。", links.members,
            ])
    }

    /// The day is near.
    public func amendmentReminder(
        _ receipt: String, name: String, _ note: AmendmentNote
    ) -> LetterWords {
        letter(
            "\(note.dueOn.word)までに、応募の内容を直してください（受付番号 \(receipt)）",
            [
                addressee(name), "", "前にお知らせした、直していただきたいところが、まだ届いていません。", "",
                "期限：\(note.dueOn.word)まで", "",
            ] + Self.questions(note) + [
                "", "次のページで受付番号を入れると、その項目だけを直して送れます。", links.status, "",
                "期限をすぎると、応募は期限切れになります。間に合わないときは、お電話でご相談ください。",
            ])
    }

    /// Nothing is to be corrected after all.
    public func amendmentTakenBack(_ receipt: String, name: String) -> LetterWords {
        letter(
            "応募の内容を直す必要がなくなりました（受付番号 \(receipt)）",
            [
                addressee(name), "", "前に、応募の内容を直していただくようお知らせしましたが、その必要がなくなりました。",
                "事務局が、いまの内容で確認を続けます。していただくことはありません。",
            ])
    }

    /// The day went by.
    public func amendmentExpired(
        _ receipt: String, name: String, _ note: AmendmentNote
    ) -> LetterWords {
        letter(
            "応募の期限が切れました（受付番号 \(receipt)）",
            [
                addressee(name), "",
                "直していただきたいところが\(note.dueOn.word)までに届かなかったため、応募は期限切れになりました。", "",
                "もう一度応募するときは、次のページで前の応募の内容を呼び出せます。", links.status, "",
                "行きちがいのときは、お電話でお知らせください。",
            ])
    }

    private static func questions(_ note: AmendmentNote) -> [String] {
        note.fields.flatMap { ["　・\($0.label)", "　　\(note.questions[$0].unlinked)"] }
    }
}
