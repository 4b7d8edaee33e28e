internal import HTML

/// Parts that pages are put together from.
enum Part {
    /// まとめ: every problem with a link to its field, and behind it what else can be done there.
    static func errorSummary(
        _ problems: [(field: String, text: String)], ways: [String: HTML] = [:]
    ) -> HTML {
        guard !problems.isEmpty else { return .none }
        return """
            <section class="note bad" role="alert" tabindex="-1" aria-labelledby="errors-h"
                id="errors">
              <h2 id="errors-h">\(Icon.of("bad"))直してほしいところが\(problems.count)か所あります</h2>
              <ul>
                \(each(problems) { field, text in
                    "<li><a href=\"\(href("#" + field))\">\(text)</a>\(ways[field])</li>"
                })
              </ul>
            </section>
            """
    }

    static func note(_ kind: StaticString, _ heading: String, _ text: HTML) -> HTML {
        """
        <section class="note \(HTML(stringLiteral: kind))">
          <h2>\(Icon.of(kind))\(heading)</h2>
          <div>\(text)</div>
        </section>
        """
    }

    /// What the office says of a question, beside it.
    static func said(_ words: String, of field: String) -> HTML {
        """
        <p class="say" id="\(field)-s"><b>事務局から</b><br>\(HTML.lines(words))</p>
        """
    }

    /// What an act has just done, read out as soon as the page is there.
    static func done(_ text: String) -> HTML {
        """
        <div class="note good" role="status">
          <p class="told">\(Icon.of("good"))<strong>\(text)</strong></p>
        </div>
        """
    }

    /// A job that goes on: the page may be closed, and looks again by itself where there is script.
    static func working(_ text: String, _ page: String, _ progress: HTML) -> HTML {
        """
        <div role="status" data-working class="flow">
          <p>\(text)この画面は閉じてもかまいません。</p>
          \(progress)
          <p><a href="\(href(page))">最新の状態を見る</a></p>
        </div>
        """
    }

    /// 現在の場所: the pages above this one, and its own name.
    static func crumbs(_ above: [(Route, String)], _ here: String) -> HTML {
        crumbs(above.map { NextPage($0.0.path, $0.1) }, here)
    }

    static func crumbs(_ above: [NextPage], _ here: String) -> HTML {
        """
        <nav class="crumb" aria-label="現在の場所">
          <ol>
            \(each(above) { "<li><a href=\"\(href($0.path))\">\($0.word)</a></li>" })
            <li aria-current="page">\(here)</li>
          </ol>
        </nav>
        """
    }

    /// A form that posts, with the token that proves it is ours.
    static func form(_ route: Route, csrf: String, _ content: HTML) -> HTML {
        """
        <form class="form" action="\(href(route.path))" method="post" novalidate>
          <input type="hidden" name="csrf" value="\(csrf)">\(content)
        </form>
        """
    }

    /// A link that leaves the form behind it as it stands, with what was typed.
    static func aside(_ target: String, _ text: String) -> HTML {
        """
        <a href="\(href(target))" target="_blank" rel="noopener">\(text)（新しい画面で開きます）</a>
        """
    }

    static func button(_ text: String) -> HTML {
        "<div class=\"btns\"><button class=\"btn main\" type=\"submit\">\(text)</button></div>"
    }

    /// Of what is not the next step.
    static func plainButton(_ text: String) -> HTML {
        "<div class=\"btns\"><button class=\"btn\" type=\"submit\">\(text)</button></div>"
    }

    static func back(to route: Route) -> HTML {
        """
        <nav class="crumb" aria-label="前のページ"><a href="\(href(route.path))">‹ 前のページにもどる</a></nav>
        """
    }

    /// 応募の進み方.
    static func progress(_ current: Int) -> HTML {
        let steps = ["区分", "入力", "確認", "完了"]
        return """
            <ol class="prog" aria-label="応募の進み方（全4段階）">
              \(each(zip(1..., steps)) { step($0, $1, current) })
            </ol>
            """
    }

    private static func step(_ number: Int, _ name: String, _ current: Int) -> HTML {
        let isNow = number == current
        let word = number < current ? "終わりました" : isNow ? "いまここ" : "これから"
        let state: HTML =
            number < current ? " class=\"done\"" : isNow ? " aria-current=\"step\"" : .none
        return "<li\(state)><b>\(number)</b>\(name)<span class=\"vh\">（\(word)）</span></li>"
    }

    /// 確認する項目の一覧.
    static func answers(_ pairs: [(String, String)]) -> HTML {
        """
        <dl class="answers">
          \(each(pairs) { label, text in
              "<div><dt>\(label)</dt><dd>\(text.isEmpty ? "入力なし" : .lines(text))</dd></div>"
          })
        </dl>
        """
    }
}
