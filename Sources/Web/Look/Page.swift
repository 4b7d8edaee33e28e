internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// Who reads a page, as its header says it.
enum PageReader {
    case anybody
    /// The page of one applicant, opened by a mailed number.
    case applicant(name: String)
    /// The same person on a page that shows nothing of theirs: their name is not said, for the next
    /// one at a shared computer might turn back to it.
    case applicantElsewhere
    case account(AccountRecord)
}

/// A page's frame: head, header, footer.
struct Page {
    let title: String
    var isError = false
    var reader = PageReader.anybody
    /// Where the page, or what it is about, is found again from a sheet of paper.
    var onPaper = NextPage("", "アドレス")
    let main: HTML

    func response(_ site: Site, status: Status = .ok) -> Response {
        response(under: site.office.settings, status: status)
    }

    func response(under settings: OfficeSettings, status: Status) -> Response {
        Response.html(html(settings).bytes, status: status).with(.cacheControl, "no-store")
    }

    private func html(_ settings: OfficeSettings) -> HTML {
        let service = settings.service
        let whole = (isError ? "エラー：" : "") + title + "｜" + service.title
        return """
            <!doctype html>
            <html lang="ja">
              <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>\(whole)</title><link rel="icon" href="data:,">
                <link rel="stylesheet" href="\(href(Asset.styleSheet.route.path))">
                <script src="\(href(Asset.script.route.path))" defer></script>
              </head>
              <body>
                <a class="skip" href="#main">本文へ移動</a>\(when(settings.isDemo, Self.demoStrip))
                \(header)
                <main id="main" class="wrap">\(main)</main>
                \(paperFooter(settings))\(footer(service))
              </body>
            </html>
            """
    }

    private static let demoStrip: HTML = """
        <aside class="demo" aria-label="見本の注意">
          見本の画面です。名前や数字は作りものです。<a href="\(href(Route.demoMail.path))">送られるはずのメールを見る</a>
        </aside>
        """

    private var header: HTML {
        """
        <header class="head">
          <div class="wrap">
            <a class="brand" href="\(href(home.path))">
              <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">
                <circle cx="14" cy="15" r="11" fill="#0017c1"/>
                <circle cx="27" cy="15" r="9" fill="#7096f8" opacity=".9"/>
                <path d="M6 34c4-7 24-7 28 0" fill="none" stroke="#259d63" stroke-width="5"
                    stroke-linecap="round"/>
              </svg>
              <span>デジタル推進委員<small>受付サービス</small></span>
            </a>
            \(aside)
          </div>
        </header>
        """
    }

    /// Staff have their menu below; what applicants look for is of no use to them.
    private var aside: HTML {
        switch reader {
        case .anybody:
            """
            <nav class="links" aria-label="補助のメニュー">
              <a href="\(href(Route.status.path))">応募の状況を見る</a>
            </nav>
            """
        case .applicantElsewhere:
            """
            <nav class="links" aria-label="補助のメニュー">
              <a href="\(href(Route.mine.path))">あなたの応募を見る</a>
            </nav>
            \(Self.reader("応募したご本人", "ご本人の画面を開いています"))
            """
        case .applicant(let name): Self.reader("\(name)さん", "ご本人の画面")
        case .account(let account): Self.reader(account.name, account.role.word)
        }
    }

    private static func reader(_ name: String, _ role: String) -> HTML {
        """
        <p class="reader"><span class="vh">ログイン中：</span>\(name)<small>\(role)</small></p>
        """
    }

    private var home: Route {
        guard case .account(let account) = reader else { return .start }
        return account.home
    }

    /// Whoever holds the sheet knows whose it is, where to look and whom to call.
    private func paperFooter(_ settings: OfficeSettings) -> HTML {
        let service = settings.service
        return """
            <div class="paper">
              \(when(settings.isDemo, "<p><strong>見本です。名前や数字は作りものです。</strong></p>"))
              <p>\(service.title)（\(service.issuer)）</p>
              <p>\(onPaper.word)：\(service.url + onPaper.path)</p>
              <p>電話：\(service.phone)（\(service.hours)）</p>
            </div>
            """
    }

    private var signInLink: HTML {
        if case .account = reader { return .none }
        return "<li><a href=\"\(href(Route.signIn.path))\">担当者のログイン</a></li>"
    }

    private func footer(_ service: ServiceWords) -> HTML {
        """
        <footer class="foot">
          <div class="wrap">
            <ul class="links">
              <li><a href="\(href(Route.about.path))">デジタル推進委員がすること</a></li>
              <li><a href="\(href(Route.terms.path))">募集要項</a></li>
              <li><a href="\(href(Route.privacy.path))">個人情報の扱い</a></li>
              <li><a href="\(href(Route.accessibility.path))">ウェブアクセシビリティ</a></li>
              \(signInLink)
            </ul>
            <p>お問い合わせ：<a href="tel:\(service.phone)">\(service.phone)</a>（\(service.hours)）</p>
            <p>\(service.issuer)</p>
          </div>
        </footer>
        """
    }
}
