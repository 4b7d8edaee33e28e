internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// What became of an application that was just sent. What is printed says what was applied for and
/// when. No name: the next person at a shared computer could turn back to this page.
struct DonePage {
    let filed: ApplicationRecord
    /// The same whether or not the person had applied before: nothing of it is disclosed here, the
    /// letter says it.
    static let heading = "応募を受け付けました"

    var html: HTML {
        """
        \(Part.progress(4))
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          \(received)
          <div class="btns"><a class="btn" href="\(href(Route.status.path))">応募の状況を見る</a></div>
        </section>
        """
    }

    private var received: HTML {
        """
        \(Self.number("受付番号", filed.receipt))\(facts("受付日"))
        <p>受付番号をメールでもお送りしました。この画面を印刷して、控えにすることもできます。届かないときは、迷惑メールの入れ物もごらんください。</p>
        <h2>このあと</h2>
        <ol>
          <li>事務局が内容を確認します。</li>
          <li>結果をメールでお知らせします。</li>
        </ol>
        """
    }

    private static func number(_ label: String, _ receipt: String) -> HTML {
        """
        <div class="note good" role="status">
          <p class="told">\(Icon.of("good"))<strong>\(label)</strong></p>
          <p class="big">\(receipt)</p>
        </div>
        """
    }

    private func facts(_ day: String) -> HTML {
        Part.answers([
            ("応募区分", filed.kind.word), ("年度", filed.year.word), (day, filed.receivedOn.word),
        ])
    }
}
