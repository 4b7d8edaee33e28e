internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// The pages that everybody may read.
struct StartPages: Room {
    let site: Site

    func show(_ anybody: Anybody, _ request: Request) async throws -> Response {
        let rules = try await office.rules(of: office.year)
        return Page(
            title: "デジタル推進委員に応募する", reader: await site.reader(request), main: startPage(rules)
        ).response(site)
    }

    private func startPage(_ rules: FiscalYearRules?) -> HTML {
        let year = office.year
        let isOpen = rules.map { $0.closed(on: office.today) == nil } ?? false
        return """
            <section class="hero">
              <div class="wrap">
                <div class="txt">
                  <h1><span class="eyebrow">\(year.word)</span> デジタル推進委員に応募する</h1>
                  <p class="lead">デジタル推進委員は、スマートフォンやマイナンバーカードの使い方を、身近な人に教える人です。応募にお金はかかりません。</p>
                  \(isOpen ? Self.startButtons : site.notOpen(rules, year))
                </div>
                \(StartPicture.html)
              </div>
            </section>
            \(steps(rules))\(before(rules))\(videoList(rules))
            <section class="sec card soft grid g2" aria-labelledby="h-help">
              <div class="flow">
                <h2 id="h-help">こまったとき</h2>
                <p>入力がむずかしいときや、どれに当てはまるかわからないときは、お電話ください。</p>
              </div>
              <p>
                <span class="muted">受付サービス 相談窓口</span>
                <a class="tel" href="\(href("tel:" + office.settings.service.phone))">
                  \(office.settings.service.phone)
                </a>
                <span class="muted">\(office.settings.service.hours)</span>
              </p>
            </section>
            \(Self.checking)
            """
    }

    /// For whoever was shown a 任命状 or a badge.
    private static let checking: HTML = """
        <section class="sec flow" aria-labelledby="h-check">
          <h2 id="h-check">任命状やバッジを見せられたとき</h2>
          <p>任命がいま有効かどうかを、だれでも確かめられます。</p>
          <ul>
            <li><a href="\(href(Route.certificateCheck.path))">任命状の確認</a></li>
            <li><a href="\(href(Route.badgeFileCheck.path))">バッジのファイルの確認</a></li>
          </ul>
        </section>
        """

    private func steps(_ rules: FiscalYearRules?) -> HTML {
        """
        <section class="sec" aria-labelledby="h-step">
          <h2 id="h-step">応募の流れ</h2>
          <ol class="steps">
            <li>
              <h3>動画を見る</h3>
              <p class="muted">
                \(onlyPromoters(rules))必要な動画を先に見てください。見た日を入力します。
                \(when(hasVideos(rules), "<a href=\"#h-video\">先に見る動画</a>"))
              </p>
            </li>
            <li>
              <h3>応募フォームに入力する</h3>
              <p class="muted">お名前や連絡先などを入力します。送る前に確認できます。</p>
            </li>
            <li>
              <h3>事務局が確認する</h3>
              <p class="muted">結果はメールでお知らせします。</p>
            </li>
            <li>
              <h3>任命状とバッジを受け取る</h3>
              <p class="muted">任命は年度ごとです。</p>
            </li>
          </ol>
        </section>
        """
    }

    /// 応募の前に: who may apply, and what is to be at hand.
    private func before(_ rules: FiscalYearRules?) -> HTML {
        """
        <section class="sec grid g2" aria-label="応募の前に">
          <div class="card flow">
            <h2>応募できる人</h2>
            <p class="muted">次のどれかに当てはまる人です。</p>
            <ul class="ticks flow">
              \(each(EligibilityCategory.allCases) { "<li>\($0.word)（\($0.kind.word)）</li>" })
            </ul>
          </div>
          <div class="card flow">
            <h2>用意するもの</h2>
            <p class="muted">手もとにあると、すぐに終わります。</p>
            <ul class="ticks flow">
              <li>連絡のつくメールアドレス（番号を受け取ります）</li>
              <li>動画を見た日\(when(callersNeedNone(rules), "（\(Kind.promoter.word)に応募する人）"))</li>
              <li>活動している事業や、入っている団体の名前</li>
            </ul>
            <p><a href="\(href(Route.about.path))">デジタル推進委員がすること</a></p>
          </div>
        </section>
        """
    }

    private static let startButtons: HTML = """
        <div class="btns">
          <a class="btn main" href="\(href(Route.eligibility.path))">応募をはじめる</a>
          <a class="btn" href="\(href(Route.signIn.path))">団体でまとめて応募する</a>
        </div>
        """

    /// Whether a よびかけ員 applies without having watched anything.
    private func callersNeedNone(_ rules: FiscalYearRules?) -> Bool {
        hasVideos(rules) && rules?.videos(forAny: .caller).isEmpty == true
    }

    private func onlyPromoters(_ rules: FiscalYearRules?) -> String {
        callersNeedNone(rules) ? "\(Kind.promoter.word)に応募する人は、" : ""
    }

    private func hasVideos(_ rules: FiscalYearRules?) -> Bool { rules?.videos.isEmpty == false }

    private static let onlyForPromoters: HTML = """
        <p class="muted">
          \(Kind.promoter.word)に応募する人が見る動画です。\(Kind.caller.word)の応募には、要りません。
        </p>
        """

    private func videoList(_ rules: FiscalYearRules?) -> HTML {
        guard let rules, !rules.videos.isEmpty else { return .none }
        return """
            <section class="sec" aria-labelledby="h-video">
              <h2 id="h-video">先に見る動画</h2>
              \(when(callersNeedNone(rules), Self.onlyForPromoters))
              <ul class="ticks">
                \(each(rules.videos) { "<li><a href=\"\(href($0.url))\">\($0.title)</a></li>" })
              </ul>
            </section>
            """
    }

    func showAbout(_ anybody: Anybody, _ request: Request) async throws -> Response {
        let rules = try await office.rules(of: office.year)
        return Page(
            title: "デジタル推進委員がすること", reader: await site.reader(request),
            main: """
                <section class="sec flow">
                  <h1>デジタル推進委員がすること</h1>
                  <p>スマートフォンやインターネットに慣れていない人に、使い方を教えたり、手伝ったりします。決まった回数や時間はありません。</p>
                </section>
                \(videoList(rules))
                """
        ).response(site)
    }

    func showTerms(_ anybody: Anybody, _ request: Request) async throws -> Response {
        try await consentPage(.terms, request)
    }

    func showPrivacy(_ anybody: Anybody, _ request: Request) async throws -> Response {
        try await consentPage(.privacy, request)
    }

    private func consentPage(
        _ kind: ConsentText.Kind, _ request: Request
    ) async throws -> Response {
        guard let text = try await office.currentRules().consents.first(where: { $0.kind == kind })
        else { throw Refusal.notFound }
        return Page(
            title: text.title, reader: await site.reader(request),
            main: """
                <section class="sec flow">
                  <h1>\(text.title)</h1>
                  <p class="muted">\(office.year.word)　版：\(text.version)</p>
                  <p>\(HTML.lines(text.body))</p>
                </section>
                """
        ).response(site)
    }

    func showAccessibility(
        _ anybody: Anybody, _ request: Request
    ) async throws -> Response {
        Page(
            title: "ウェブアクセシビリティ", reader: await site.reader(request),
            main: """
                <section class="sec flow">
                  <h1>ウェブアクセシビリティ</h1>
                  <p>この受付サービスは、JIS X 8341-3:2016 の適合レベルAAと、WCAG 2.2 の達成基準A・AAを目標にしています。</p>
                  <h2>確かめ方</h2>
                  <p>
                    すべての画面を、更新のたびに自動の検査（axe、Nu Html Checker）で確かめています。幅320ピクセルの画面、文字の拡大、強制カラー、
                    JavaScriptを使わない場合も確かめています。
                  </p>
                  <h2>お知らせください</h2>
                  <p>
                    使いにくいところがありましたら、電話でお知らせください（
                    <a href="\(href("tel:" + office.settings.service.phone))">
                      \(office.settings.service.phone)
                    </a>
                    、\(office.settings.service.hours)）。
                  </p>
                </section>
                """
        ).response(site)
    }
}

extension Site {
    /// Why nobody can apply now, and when one can again.
    func notOpen(_ rules: FiscalYearRules?, _ year: FiscalYear) -> HTML {
        let problem = rules?.closed(on: office.today) ?? Problem(.applicationsNotYetOpen)
        let text = Messages(rules, year: year).sentence(problem)
        let isEarly = rules.map { office.today < $0.opensOn } ?? false
        let opens = rules.map { "応募が始まる日は、\($0.opensOn.word)です。" } ?? ""
        return Part.note(
            "info", "いまは応募できません", "<p>\(text)</p>\(when(isEarly, "<p>\(opens)</p>"))")
    }
}
