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
}

extension Request {
    /// A browser asks for a page; a verifier that names no type, or any, gets the document, which
    /// is of one of these types. So does one that names HTML among pictures and whatever else, as
    /// Java does where nobody told it what to ask for: every browser that weighs types names XHTML
    /// beside HTML.
    func wantsPage(over types: [String]) -> Bool {
        // What verifiers send, and nothing to weigh.
        if headers.isJust(.accept, "application/ld+json") { return false }
        let (page, accept) = ("text/html", Accept(headers))
        return accept.prefers(page)
            && (accept.isJust(page) || accept.names("application/xhtml+xml"))
            && !types.contains { accept.prefers($0, over: page) }
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
