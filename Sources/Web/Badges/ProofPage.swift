internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 任命の証明: the state on a day, the days, the picture; the name of those who agreed, while they are
/// appointed. With it the page is personal data: nobody keeps it, and no search engine lists it.
struct ProofPage: Room {
    private static let dayField = "on"

    let site: Site

    func show(
        _ anybody: Anybody, _ request: Request, _ token: String
    ) async throws -> Response {
        guard let badge = try await office.reading.badge(token: token) else {
            throw Refusal.notFound
        }
        let typed = request.query.all(Self.dayField).first ?? ""
        let day = day(typed)
        return try await response(
            of: badge, on: day ?? office.today,
            asked: AskedDay(typed: typed, isUnreadable: day == nil))
    }

    private func day(_ typed: String) -> Day? {
        if typed.allSatisfy(\.isWhitespace) { return office.today }
        guard case .day(let day) = TypedDay.read(typed) else { return nil }
        return day
    }

    /// `remark` is said of the file with which somebody came.
    func response(
        of badge: BadgeRecord, on day: Day, asked: AskedDay = AskedDay(), remark: HTML = .none
    ) async throws -> Response {
        guard let (kind, year) = Badge.parts(slug: badge.slug) else { throw Refusal.notFound }
        let term = try await office.reading.term(ofBadge: badge.token)
        var said = ProofOnDay(badge, term, on: day, today: office.today)
        if said.now == .over, try await office.isBeingRenewed(badge: badge.token) {
            said.now = .renewing
        }
        let isShown = said.proof == .good && said.now == .good
        let name = isShown ? try await office.reading.publicName(ofBadge: badge.token) : nil
        let facts = Facts(badge: badge, kind: kind, year: year, term: term, name: name)
        return Page(
            title: said.heading,
            onPaper: NextPage(
                RoutePattern.verify.path(badge.token) + Self.query(said), "この証明の画面"),
            main: """
                \(Part.errorSummary(asked.problems))
                \(proofSection(said, facts, remark))
                <section class="sec flow screen">
                  <h2>ほかの日について確かめる</h2>\(dayForm(badge.token, asked))
                </section>
                """
        ).response(site).with("X-Robots-Tag", "noindex")
    }

    /// Nothing for today, which another reader has on another day.
    private static func query(_ said: ProofOnDay) -> String {
        said.isToday ? "" : "?\(dayField)=\(said.day)"
    }

    private struct Facts {
        let badge: BadgeRecord
        let kind: Kind
        let year: FiscalYear
        let term: Term?
        let name: String?
    }

    private func proofSection(_ said: ProofOnDay, _ facts: Facts, _ remark: HTML) -> HTML {
        let token = facts.badge.token
        let image = RoutePattern.badgeImage.path(facts.badge.slug)
        let address = office.settings.links.verify(token) + Self.query(said)
        let hidden = when(said.proof == .good && facts.name == nil, "お名前は、この画面では示しません。")
        return """
            <section class="proof sec flow">
              <div class="note \(HTML(stringLiteral: said.mark))">
                <h1 class="told">\(Icon.of(said.mark))\(said.heading)</h1>
                <p>\(said.meaning)\(hidden)</p>
                <p class="onpaper">\(said.today.word)に確かめました。</p>
              </div>
              \(remark)
              <div class="grid g2">
                <div class="stage">
                  <img class="badge" src="\(href(image))" width="256" height="256"
                      alt="\(facts.kind.word) \(facts.year.word)のバッジ">
                </div>
                <div class="flow">\(Part.answers(pairs(facts)))</div>
              </div>
              \(Self.code(address, "onpaper", "この証明の画面をひらくQRコード"))
              <p>
                <a href="\(href(RoutePattern.assertion.path(token)))">機械で読む証明（Open Badges 2.0）</a>
              </p>
              \(credentialLink(token))
              <p class="screen">
                バッジの画像を受け取ったときは、\
                <a href="\(href(Route.badgeFileCheck.path))">バッジのファイルの確認</a>で確かめられます。
              </p>
            </section>
            """
    }

    private func pairs(_ facts: Facts) -> [(String, String)] {
        (facts.name.map { [("お名前", $0)] } ?? []) + [
            ("区分", facts.kind.word), ("年度", facts.year.word),
            ("任命番号", facts.badge.appointmentNumber), ("任命の日", facts.badge.issuedOn.word),
        ] + end(facts) + [("発行", office.settings.service.issuer)]
    }

    /// The last day of the appointment: where it ended early, another than the badge was made with.
    private func end(_ facts: Facts) -> [(String, String)] {
        if facts.badge.isCancelled { return [] }
        guard facts.badge.isRevoked, let term = facts.term else {
            return [("期限", facts.badge.expiresOn.word)]
        }
        if term.endReason == .merged { return [("任命の状態", AppointmentState.merged.word)] }
        return [("任命の最後の日", term.lastDay.word)]
    }

    /// Named as a file, because a browser that asks for the credential itself is shown this page.
    private func credentialLink(_ token: String) -> HTML {
        guard office.settings.signingKeys != nil else { return .none }
        let file = RoutePattern.credential.path(token + Credentials.jsonSuffix)
        return """
            <p><a href="\(href(file))">署名のある証明（Open Badges 3.0）</a></p>
            """
    }

    private func dayForm(_ token: String, _ asked: AskedDay) -> HTML {
        let field = Field(
            name: Self.dayField, label: "調べる日", isRequired: false,
            hint: "例：2026年4月1日。空のときは今日", value: asked.typed,
            problems: asked.problems.map(\.text), isShort: true)
        return """
            <form class="flow" action="\(href(RoutePattern.verify.path(token)))" method="get"
                novalidate>
              \(field.textInput)\(Part.plainButton("この日について確かめる"))
            </form>
            """
    }

    /// A QR code as part of a page.
    static func code(_ address: String, _ kind: StaticString, _ label: String) -> HTML {
        guard let (side, path) = Office.qrPath(of: address) else { return .none }
        return """
            <svg class="qr \(HTML(stringLiteral: kind))" viewBox="0 0 \(side) \(side)" role="img"
                aria-label="\(label)" shape-rendering="crispEdges">
              <rect width="100%" height="100%" fill="#fff"/><path d="\(path)" fill="#000"/>
            </svg>
            """
    }

    /// The day that somebody asks about, as they typed it.
    struct AskedDay {
        var typed = ""
        var isUnreadable = false

        var problems: [(field: String, text: String)] {
            isUnreadable
                ? [(ProofPage.dayField, "日付は、2026年4月1日 や 2026/4/1 のように入力してください。")] : []
        }
    }
}
