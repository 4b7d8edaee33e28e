internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// Addresses of badges; public, readable from anywhere, without cookies.
extension Site {
    /// What lies under a token or a class name; anything else is not found.
    func badge(_ request: Request) async throws -> Response {
        let segments = request.segments
        let known: Bool
        switch segments.first {
        case "ob2", "badges", "verify": known = true
        default: known = false
        }
        guard known else { throw Refusal.notFound }
        guard request.method == .get || request.method == .head else {
            return .methodNotAllowed([.get, .head])
        }
        return try await document(segments, request)
            .with("Access-Control-Allow-Origin", "*")
    }

    private func document(_ segments: [String], _ request: Request) async throws -> Response {
        if segments == ["ob2", "issuer"] { return try json(office.badgeIssuer(), request) }
        guard segments.count >= 2 else { throw Refusal.notFound }
        switch (segments[0], segments[1], segments.count) {
        case ("ob2", "badges", 3):
            return try json(try office.badgeClass(slug: segments[2]), request)
        case ("ob2", "assertions", 3): return try await assertion(segments[2], request)
        case ("badges", let slug, 3) where segments[2] == "image.png":
            return Response(.ok, type: "image/png", bytes: try await office.badgeImage(slug: slug))
                .with(.cacheControl, "public, max-age=86400")
        case ("badges", let slug, 3) where segments[2] == "criteria":
            return try criteriaPage(slug)
        case ("verify", let token, 2): return try await verifyPage(token)
        default: throw Refusal.notFound
        }
    }

    private func assertion(_ token: String, _ request: Request) async throws -> Response {
        if request.prefers("text/html", over: "application/json") {
            return try Response.seeOther("/verify/\(token)")
        }
        let document = try await office.assertion(token: token)
        return try json(document.bytes, request, status: document.isRevoked ? .gone : .ok)
    }

    private func json(
        _ bytes: [UInt8], _ request: Request, status: Status = .ok
    ) throws -> Response {
        Response(status, type: "application/ld+json", bytes: bytes)
            .with(.cacheControl, "public, max-age=300")
    }

    private func criteriaPage(_ slug: String) throws -> Response {
        guard let (kind, year) = Badge.reading(slug: slug) else { throw Refusal.notFound }
        return Page(
            title: "バッジの基準",
            main: """
                <section class="sec flow"><h1>\(kind.word)（\(year.word)）のバッジ</h1><p>\(BadgeWords.criteria(kind))</p></section>
                """
        ).response(self)
    }

    /// 任命の証明: the state, the days, the picture; no name.
    private func verifyPage(_ token: String) async throws -> Response {
        guard let badge = try await office.reading.badge(token: token),
            let (kind, year) = Badge.reading(slug: badge.slug)
        else { throw Refusal.notFound }
        let isOver = badge.expiresOn < office.today
        let heading =
            badge.isRevoked
            ? "この証明は取り消されています" : isOver ? "この証明は期限が切れています" : "この証明は有効です"
        let image = "/badges/\(badge.slug)/image.png"
        let json = "/ob2/assertions/\(token)"
        let pairs = [
            ("区分", kind.word), ("年度", year.word), ("任命番号", badge.appointmentNumber),
            ("任命の日", badge.issuedOn.word), ("期限", badge.expiresOn.word),
            ("発行", office.settings.service.issuer),
        ]
        return Page(
            title: heading,
            main: """
                <section class="sec flow"><h1>\(heading)</h1><p><img src="\(href(image))" width="256" height="256" alt="\(kind.word) \(year.word)のバッジ"></p>\(Part.answers(pairs))<p><a href="\(href(json))">機械で読む証明（Open Badges 2.0）</a></p></section>
                """
        ).response(self)
    }
}
