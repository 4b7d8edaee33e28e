internal import HTTP
internal import Procedures

/// Addresses of Open Badges 3.0; public, readable from anywhere, without cookies.
struct Credentials: Room {
    static let jsonSuffix = ".json"
    private static let tokenSuffix = ".jwt"
    /// As which types a document is given out, the usual one first.
    private static let types = [
        "application/vc+ld+json", "application/vc", "application/ld+json", "application/json",
    ]
    private static let tokenType = "application/vc+jwt"
    /// Whatever any document of a badge may come as.
    static let allTypes = types + [tokenType]

    let site: Site

    /// The credential: as JSON, as JWT, or the page about it, whichever is asked for. Behind the
    /// token `.json` and `.jwt` name one of them for whoever cannot ask by type.
    func show(
        _ anybody: Anybody, _ request: Request, _ name: String
    ) async throws -> Response {
        if name.hasSuffix(Self.tokenSuffix) {
            let token = String(name.dropLast(Self.tokenSuffix.count))
            return try await enclosed(token, as: "text/plain", request)
        }
        if name.hasSuffix(Self.jsonSuffix) {
            let token = String(name.dropLast(Self.jsonSuffix.count))
            return try await document(token, as: "application/json", request)
        }
        let answer =
            if request.wantsPage(over: Self.allTypes) {
                try Response.seeOther(RoutePattern.verify.path(name))
            } else if wantsToken(request) {
                try await enclosed(name, as: Self.tokenType, request)
            } else {
                try await document(name, as: type(for: request), request)
            }
        return answer.with(.vary, "Accept")
    }

    private func document(
        _ token: String, as type: String, _ request: Request
    ) async throws -> Response {
        TaggedDocument(try await office.credential(token: token), type: try HeaderValue(type))
            .response(to: request)
    }

    private func enclosed(
        _ token: String, as type: String, _ request: Request
    ) async throws -> Response {
        let text = try await office.credentialToken(token: token)
        return TaggedDocument(Array(text.utf8), type: try HeaderValue(type)).response(to: request)
    }

    /// Only whoever wants it more than each of the others.
    private func wantsToken(_ request: Request) -> Bool {
        request.prefers(Self.tokenType)
            && !Self.types.contains { request.prefers($0, over: Self.tokenType) }
    }

    /// The one that is wanted most; the usual one for whoever wants none of them.
    private func type(for request: Request) -> String {
        Self.types.first { type in
            Self.types.allSatisfy { request.prefers(type, over: $0) }
        } ?? Self.types[0]
    }

    /// What everybody of a class is awarded.
    func showAchievement(
        _ anybody: Anybody, _ request: Request, _ slug: String
    ) async throws -> Response {
        let document = try office.achievement(slug: slug)
        let answer =
            if request.wantsPage(over: Self.types) {
                try Response.seeOther(RoutePattern.badgeCriteria.path(slug))
            } else {
                TaggedDocument(document).response(to: request)
            }
        return answer.with(.vary, "Accept")
    }

    /// 失効の一覧 of a fiscal year. Whoever holds a copy for five minutes knows what was so then.
    func showStatusList(
        _ anybody: Anybody, _ request: Request, _ year: String
    ) async throws -> Response {
        TaggedDocument(
            try await office.statusList(of: year), type: try HeaderValue(type(for: request))
        ).response(to: request).with(.vary, "Accept")
    }
}
