internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 任命された日から: the badge, large, with what its owner does with it: 見せる, 保存する, 共有する, and what comes
/// next. Above everything else on the own page while they are appointed.
struct AppointedPart {
    /// How many days the page congratulates.
    private static let joyful = 30

    let record: ApplicationRecord
    let appointment: AppointmentRecord
    /// The badge's token; nil for whoever did not ask for one.
    let badge: String?
    let today: Day
    let settings: OfficeSettings

    /// Nil for whoever is not appointed on this day.
    init?(_ facts: OwnFacts, today: Day, settings: OfficeSettings) {
        guard let appointment = facts.appointment, appointment.term.endReason == nil,
            appointment.term.state(on: today) == .active
        else { return nil }
        (record, self.appointment, badge) = (facts.record, appointment, facts.badge)
        (self.today, self.settings) = (today, settings)
    }

    private var term: Term { appointment.term }
    private var year: FiscalYear { FiscalYear(containing: term.from) }
    private var title: String { BadgeWords.name(appointment.kind, year) }

    var html: HTML {
        let isNew = today < term.from.adding(days: Self.joyful)
        return """
            <section class="sec flow">
              <div class="joy">
                <h1>
                  <small>\(term.from.word)に任命されました</small>\(isNew ? "おめでとうございます" : "任命されています")
                </h1>
                \(when(badge != nil, picture))
                <p class="kind">\(title)</p>
                <p class="name">\(record.name)<small> さん</small></p>
                <p>任命番号 \(appointment.number)</p>
                <p>
                  <span class="nw">\(term.from.word)から</span> 
                  <span class="nw">\(term.lastDay.word)まで</span>
                </p>
                \(badge.map(showing) ?? withoutBadge)
              </div>
              \(badge.map { saving($0) + sharing($0) })
            </section>
            \(next)
            """
    }

    private var picture: HTML {
        let address = RoutePattern.badgeImage.path(Badge.slug(appointment.kind, year))
        return """
            <img class="pin" src="\(href(address))" width="600" height="600"
                alt="\(BadgeWords.pictureTitle(appointment.kind, year))">
            """
    }

    /// A badge is issued with an appointment, or not at all: until then it can be asked for.
    private var withoutBadge: HTML {
        let told = record.wantsBadge ? "オープンバッジは発行していません。" : "オープンバッジは希望していません。"
        return """
            <p>\(told)任命のあとは変えられません。<span class="screen">次の年度に応募するときに、選び直せます。</span></p>
            """
    }

    /// 見せる: the code fills the screen without a script, and closes where it was opened.
    private func showing(_ token: String) -> HTML {
        """
        <details class="show">
          <summary class="btn main">
            <span class="shut">バッジを見せる</span><span class="open">QRコードをとじる</span>
          </summary>
          <div class="full">
            \(ProofPage.code(settings.links.verify(token), "big", "任命の証明を開くQRコード"))
            <p>相手の人に、カメラで読み取ってもらってください。任命されていることを確かめられます。</p>
          </div>
        </details>
        <p class="screen">
          <a href="\(href(RoutePattern.verify.path(token)))">任命の証明とバッジを見る</a>
        </p>
        <div class="onpaper">
          \(ProofPage.code(settings.links.verify(token), "small", "任命の証明を開くQRコード"))
          <p>任命の証明：\(settings.links.verify(token))</p>
        </div>
        """
    }

    private func saving(_ token: String) -> HTML {
        let number = appointment.number
        let (png, svg) = (Badges.pngSuffix, Badges.svgSuffix)
        let files = [
            (RoutePattern.badgePicture.path(token + png), "badge-\(number)\(png)", "バッジの画像（PNG）"),
            (
                RoutePattern.badgePicture.path(token + svg), "badge-\(number)\(svg)",
                "バッジの画像（SVG、大きく印刷するとき）"
            ),
            (RoutePattern.badgeCard.path(token), "card-\(number)\(png)", "名刺用の画像（バッジとQRコード）"),
        ]
        return """
            <details class="card screen" id="save">
              <summary>保存する</summary>
              <div class="flow">
                <ul class="files">
                  \(each(files) { path, name, label in
                    "<li><a href=\"\(href(path))\" download=\"\(name)\">\(label)</a></li>"
                  })
                  <li><a href="\(href(Route.certificate.path))">任命状（PDF、A4）</a></li>
                </ul>
                <p class="muted">
                  PNGとSVGの画像には、証明が入っています。オープンバッジのウォレットに登録できます。画面を写した画像や、SNSに送った画像には入りません。
                </p>
                <h2>メールの署名</h2>
                <p>次の文字をコピーして、メールの署名に使えます。</p>
                <pre class="sign">\(signature(token))</pre>
              </div>
            </details>
            """
    }

    private func signature(_ token: String) -> HTML {
        HTML.lines("\(title)\n任命の証明：\(settings.links.verify(token))")
    }

    /// 共有する: closed until it is asked for, and nothing is sent anywhere before a link is followed.
    private func sharing(_ token: String) -> HTML {
        let shown =
            record.allowsPublishing
            ? "いまは、証明の画面にお名前が出ます。" : "いまは、証明の画面にお名前は出ません。"
        return """
            <details class="card screen" id="share">
              <summary>共有する</summary>
              <div class="flow">
                <p>次のアドレスを知っている人は、だれでも任命の証明を見られます。検索サイトには出ません。</p>
                <pre class="sign">\(settings.links.verify(token))</pre>
                <p>\(shown)<a href="\(href(Route.correct.path))">お名前の表示を変える</a></p>
                <p>
                  <a href="\(href(linkedIn(token)))" target="_blank" rel="noopener noreferrer">
                    LinkedInのプロフィールに加える（外部のサイトが、新しい画面で開きます）
                  </a>
                </p>
                <p class="muted">加えると、あなたのLinkedInのプロフィールから、任命番号と証明の画面がたどれるようになります。</p>
              </div>
            </details>
            """
    }

    private func linkedIn(_ token: String) -> String {
        let (first, last) = (term.from.civil, term.lastDay.civil)
        let fields = [
            ("startTask", "CERTIFICATION_NAME"), ("name", title),
            ("organizationName", settings.service.issuer), ("issueYear", "\(first.year)"),
            ("issueMonth", "\(first.month)"), ("expirationYear", "\(last.year)"),
            ("expirationMonth", "\(last.month)"), ("certUrl", settings.links.verify(token)),
            ("certId", appointment.number),
        ]
        return "https://www.linkedin.com/profile/add?"
            + fields.map { "\($0.0)=\(ResumeAfterSignIn.encoded($0.1))" }.joined(separator: "&")
    }

    /// By which others can check: no page takes a number.
    private var shown: String {
        if badge != nil { return "バッジのQRコードを見せると、相手も確かめられます。" }
        return settings.signingKeys == nil
            ? "任命状を見せてください。" : "任命状のQRコードを見せると、相手も確かめられます。"
    }

    private var next: HTML {
        """
        <section class="sec flow screen">
          <h2>はじめにすること</h2>
          <ol class="flow">
            <li>
              <h3>任命状を用意する</h3>
              <p>A4の紙に印刷できます。 <a href="\(href(Route.certificate.path))">任命状を開く</a></p>
            </li>
            <li>
              <h3>活動する場所に知らせる</h3>
              <p>\(shown)</p>
            </li>
          </ol>
        </section>
        """
    }
}
