extension Letters {
    /// 人をまとめる, to each address of whoever was known as two. `stays` is the 委員番号 of the one that
    /// stays, where there is one.
    public func peopleMerged(_ receipt: String, name: String, stays: String?) -> LetterWords {
        letter(
            "登録を1つにまとめました（受付番号 \(receipt)）",
            [
                addressee(name), "", "2つに分かれていたあなたの登録を、事務局が1つにまとめました。",
                stays.map { "これからの委員番号：\($0)" } ?? "",
                "受付番号 \(receipt) は、これからも使えます。前の番号も、まとめた登録につながります。", "",
                "同じ区分と年度の任命が2つあったときは、1つが残り、もう1つのオープンバッジは使えなくなります。", "",
                "お心当たりがないときは、お電話でお知らせください。元にもどします。", "", links.status,
            ])
    }

    /// The way back.
    public func peopleSeparated(_ receipt: String, name: String) -> LetterWords {
        letter(
            "登録を元にもどしました（受付番号 \(receipt)）",
            [
                addressee(name), "", "1つにまとめたというお知らせを取り消しました。登録は、まとめる前のとおりです。",
                "受付番号 \(receipt) は、これからも使えます。", "",
                "まとめたときに使えなくなったオープンバッジは、同じリンクで、また使えます。", "", links.status,
            ])
    }
}
