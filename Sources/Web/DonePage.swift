internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// What became of an application that was just sent. What is printed says what was applied for and
/// when. No name: the next person at a shared computer could turn back to this page.
struct DonePage {
    let filed: ApplicationRecord
    /// The receipt number of the application that the same person had sent before; theirs is the
    /// mailbox that was confirmed, so they may know of it.
    let first: String?

    var heading: String { first == nil ? "応募を受け付けました" : "すでに応募を受け付けています" }

    var html: HTML {
        """
        \(Part.progress(4))<section class="sec flow"><h1>\(heading)</h1>\(first.map(merged) ?? received)<div class="btns"><a class="btn" href="\(href(Route.status.path))">応募の状況を見る</a></div></section>
        """
    }

    private var received: HTML {
        """
        \(Self.number("受付番号", filed.receipt))\(facts("受付日"))
        <p>受付番号をメールでもお送りしました。この画面を印刷して、控えにすることもできます。届かないときは、迷惑メールの入れ物もごらんください。</p><h2>このあと</h2><ol><li>事務局が内容を確認します。</li><li>結果をメールでお知らせします。</li></ol>
        """
    }

    private func merged(into first: String) -> HTML {
        """
        \(Self.number("先の受付番号（そのまま使えます）", first))\(facts("今回送った日"))
        <p>\(filed.year.word)の応募は、すでに受け付けています。今回の応募（受付番号 \(filed.receipt)）は、先の応募にまとめました。先の応募の内容は変わりません。</p><h2>このあと</h2><ul><li>いまの状態は、「応募の状況を見る」で確かめられます。</li><li>内容を変えたいときは、お電話でお知らせください。</li></ul>
        """
    }

    private static func number(_ label: String, _ receipt: String) -> HTML {
        """
        <div class="note good" role="status"><p class="told">\(Icon.of("good"))<strong>\(label)</strong></p><p class="big">\(receipt)</p></div>
        """
    }

    private func facts(_ day: String) -> HTML {
        Part.answers([
            ("応募区分", filed.kind.word), ("年度", filed.year.word), (day, filed.receivedOn.word),
        ])
    }
}
