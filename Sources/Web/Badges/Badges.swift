internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

/// Addresses of badges; public, readable from anywhere, without cookies.
struct Badges: Room {
    let site: Site

    func showIssuer(_ anybody: Anybody, _ request: Request) async throws -> Response {
        try fixed("issuer", request) { office.badgeIssuer() }
    }

    func showClass(
        _ anybody: Anybody, _ request: Request, _ slug: String
    ) async throws -> Response {
        try fixed(slug, request) { try office.badgeClass(slug: slug) }
    }

    func showAssertion(
        _ anybody: Anybody, _ request: Request, _ token: String
    ) async throws -> Response {
        if request.wantsPage(over: ["application/ld+json", "application/json"]) {
            return try Response.seeOther(RoutePattern.verify.path(token)).with(.vary, "Accept")
        }
        let document = try await office.assertion(token: token)
        return TaggedDocument(document.bytes, status: document.isRevoked ? .gone : .ok)
            .response(to: request).with(.vary, "Accept")
    }

    /// Drawn once; there are two a year.
    func showImage(
        _ anybody: Anybody, _ request: Request, _ slug: String
    ) async throws -> Response {
        if site.images[slug] == nil {
            let bytes = try await office.badgeImage(slug: slug)
            let response = Response(.ok, type: "image/png", bytes: bytes)
                .with(.cacheControl, "public, max-age=86400")
                .with("Access-Control-Allow-Origin", "*")
            site.images[slug] = (response, EntityTag(Digest.fingerprint(bytes)))
        }
        guard let (response, tag) = site.images[slug] else { throw Refusal.notFound }
        return response.answering(request.head, Validators(entityTag: tag))
    }

    /// What is the same for everybody as long as the program runs; made once. There are few: the
    /// issuer, and two classes a year. Kept by what it is, never by the path as somebody wrote it,
    /// of which there are as many as one likes.
    private func fixed(
        _ name: String, _ request: Request, _ make: () throws -> [UInt8]
    ) throws -> Response {
        if let kept = site.documents[name] { return kept.response(to: request) }
        let document = TaggedDocument(try make()).asFixed()
        site.documents[name] = document
        return document.response(to: request)
    }

    func showCriteria(
        _ anybody: Anybody, _ request: Request, _ slug: String
    ) async throws -> Response {
        guard let (kind, year) = Badge.parts(slug: slug) else { throw Refusal.notFound }
        return Page(
            title: "バッジの基準",
            main: """
                <section class="sec flow">
                  <h1>\(kind.word)（\(year.word)）のバッジ</h1>
                  <p>\(BadgeWords.criteria(kind))</p>
                </section>
                """
        ).response(site)
    }

    /// 任命の証明: the state, the days, the picture; the name of those who agreed, while they are
    /// appointed. With it the page is personal data: nobody keeps it, and no search engine lists
    /// it.
    func verify(
        _ anybody: Anybody, _ request: Request, _ token: String
    ) async throws -> Response {
        guard let badge = try await office.reading.badge(token: token),
            let (kind, year) = Badge.parts(slug: badge.slug)
        else { throw Refusal.notFound }
        var proof = Proof(badge, on: office.today)
        if proof == .over, try await office.isBeingRenewed(badge: token) { proof = .renewing }
        let name = proof == .good ? try await office.reading.publicName(ofBadge: token) : nil
        let pairs =
            (name.map { [("お名前", $0)] } ?? []) + [
                ("区分", kind.word), ("年度", year.word), ("任命番号", badge.appointmentNumber),
                ("任命の日", badge.issuedOn.word),
            ] + (try await end(of: badge)) + [("発行", office.settings.service.issuer)]
        let image = RoutePattern.badgeImage.path(badge.slug)
        let json = RoutePattern.assertion.path(token)
        return Page(
            title: proof.heading, onPaper: NextPage(RoutePattern.verify.path(token), "この証明の画面"),
            main: """
                <section class="proof sec flow">
                  <div class="note \(HTML(stringLiteral: proof.mark))">
                    <h1 class="told">\(Icon.of(proof.mark))\(proof.heading)</h1>
                    <p>
                      \(proof.meaning)\(when(proof == .good && name == nil, "お名前は、この画面では示しません。"))
                    </p>
                  </div>
                  <div class="grid g2">
                    <div class="stage">
                      <img class="badge" src="\(href(image))" width="256" height="256"
                          alt="\(kind.word) \(year.word)のバッジ">
                    </div>
                    <div class="flow">\(Part.answers(pairs))</div>
                  </div>
                  <p><a href="\(href(json))">機械で読む証明（Open Badges 2.0）</a></p>
                  \(credentialLink(token))
                </section>
                """
        ).response(site).with("X-Robots-Tag", "noindex")
    }

    /// Named as a file, because a browser that asks for the credential itself is shown this page.
    private func credentialLink(_ token: String) -> HTML {
        guard office.settings.signingKeys != nil else { return .none }
        let file = RoutePattern.credential.path(token + Credentials.jsonSuffix)
        return """
            <p><a href="\(href(file))">署名のある証明（Open Badges 3.0）</a></p>
            """
    }

    /// The last day of the appointment: where it ended early, another than the badge was made with.
    private func end(of badge: BadgeRecord) async throws -> [(String, String)] {
        if badge.isCancelled { return [] }
        guard badge.isRevoked, let term = try await office.reading.term(ofBadge: badge.token)
        else { return [("期限", badge.expiresOn.word)] }
        if term.endReason == .merged { return [("任命の状態", AppointmentState.merged.word)] }
        return [("任命の最後の日", term.lastDay.word)]
    }
}

/// What the page of a badge says of it.
private enum Proof {
    case good, early, over, renewing, revoked, cancelled, merged

    init(_ badge: BadgeRecord, on day: Day) {
        if badge.isRevoked {
            self =
                badge.isCancelled
                ? .cancelled
                : badge.reason == EndReason.merged.rawValue ? .merged : .revoked
        } else if badge.expiresOn < day {
            self = .over
        } else {
            self = badge.issuedOn > day ? .early : .good
        }
    }

    var heading: String {
        switch self {
        case .good: "この証明は有効です"
        case .early: "この証明は、まだ始まっていません"
        case .over: "この証明は期限が切れています"
        case .renewing: "更新の手続中です"
        case .revoked, .cancelled: "この証明は取り消されています"
        case .merged: "この証明は統合されました"
        }
    }

    var meaning: String {
        switch self {
        case .good: "この番号の人は、いま任命されています。"
        case .early: "任命の日から有効になります。"
        case .over: "任命の期間が終わりました。年度ごとに新しい証明が発行されます。"
        case .renewing: "この証明の年度が終わり、次の年度への更新の手続をしています。終わると、新しい証明が発行されます。"
        case .merged: "同じ人の、もう1つの任命にまとめました。この証明は、もう使いません。"
        case .revoked: "任命は終わっています。いまは推進委員・よびかけ員ではありません。"
        case .cancelled: "この任命は、はじめから誤りだったため、取り消されました。"
        }
    }

    var mark: StaticString {
        switch self {
        case .good: "good"
        case .early, .over, .merged: "warn"
        case .renewing: "info"
        case .revoked, .cancelled: "bad"
        }
    }
}

extension Request {
    /// A browser asks for a page; a verifier that names no type, or any, gets the document, which
    /// is of one of these types.
    func wantsPage(over types: [String]) -> Bool {
        // What verifiers send, and nothing to weigh.
        if headers.isJust(.accept, "application/ld+json") { return false }
        let page = "text/html"
        return prefers(page) && !types.contains { prefers($0, over: page) }
    }
}

/// JSON of a badge with the tag by which a reader's copy is recognised (RFC 9110, section 8.8.3).
struct TaggedDocument {
    private let tag: EntityTag?
    private var whole: Response

    private static let headers = Headers([
        (.contentType, "application/ld+json"), (.cacheControl, "public, max-age=300"),
        ("Access-Control-Allow-Origin", "*"),
    ])

    init(_ bytes: [UInt8], status: Status = .ok, type: HeaderValue? = nil) {
        tag = EntityTag(Digest.fingerprint(bytes))
        var response = Response(status)
        response.headers = Self.headers
        if let type { response.headers.set(.contentType, type) }
        response.body = .bytes(bytes)
        if let tag { response.headers.append(.etag, tag.fieldValue) }
        whole = response
    }

    /// The same, where it is kept.
    func asFixed() -> TaggedDocument {
        var document = self
        document.whole = whole.asFixed()
        return document
    }

    /// The document, or 304 for a reader that has it.
    func response(to request: Request) -> Response {
        guard whole.status == .ok, request.headers.contains(.ifNoneMatch),
            Validators(entityTag: tag).evaluate(request.head) == .notModified
        else { return whole }
        var response = whole
        response.status = .notModified
        response.headers.remove(.contentType)
        response.body = .empty
        return response
    }
}
