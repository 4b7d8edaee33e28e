public import HTTP
internal import Secrets

/// What every change must pass: it comes from a page of ours, in the browser that we showed it to.
enum Guard {
    static let visitorCookie = "visitor"

    /// Three checks of a posted form: the browser's own word (Sec-Fetch-Site, Origin), the token
    /// bound to the visitor's cookie, and SameSite on that cookie.
    static func check(_ request: Request, _ form: Form, key: SecretKey, _ isSecure: Bool) throws {
        try checkOrigin(of: request, isSecure)
        guard let visitor = request.cookies[CookieName.of(visitorCookie, isSecure)],
            let token = try form.single("csrf"), let sent = Base64URL.decode(token),
            areEqualInConstantTime(sent, code(visitor, key))
        else { throw Forged() }
    }

    /// What can be known before the body is read. An origin that the browser will not name ("null":
    /// a page in a sandbox, a local file) may still apply, but does nothing in somebody's session.
    static func checkOrigin(of request: Request, _ isSecure: Bool) throws {
        if let site = request.headers.single(.secFetchSite), site != "same-origin", site != "none" {
            throw Forged()
        }
        guard let origin = request.headers.single(.origin) else { return }
        if origin == "null" {
            let session = CookieName.of(Visitor.sessionCookie, isSecure)
            if request.cookies[session] != nil { throw Forged() }
        } else {
            let authority = origin.split(separator: "/").last.map(String.init)
            guard authority == request.head.authority else { throw Forged() }
        }
    }

    /// Whether the browser itself says that a page of ours sent this; silence is not enough.
    static func isFromHere(_ request: Request, _ isSecure: Bool) -> Bool {
        let (site, origin) = (
            request.headers.single(.secFetchSite), request.headers.single(.origin)
        )
        let isSaid = site == "same-origin" || (origin.map { $0 != "null" } ?? false)
        do { try checkOrigin(of: request, isSecure) } catch { return false }
        return isSaid && site != "none"
    }

    static func csrf(_ visitor: String, _ key: SecretKey) -> String {
        Base64URL.encode(code(visitor, key))
    }

    private static func code(_ visitor: String, _ key: SecretKey) -> [UInt8] {
        key.code(for: visitor, purpose: "csrf")
    }

    struct Forged: StatusError { var status: Status { .forbidden } }
}

/// Names and attributes of cookies; over https they carry the prefix that binds them to this host.
enum CookieName {
    static func of(_ name: String, _ isSecure: Bool) -> String {
        isSecure ? "__Host-\(name)" : name
    }
}

/// Headers of every answer.
public enum SecurityHeaders {
    public static func all(isSecure: Bool) -> [(HeaderName, HeaderValue)] {
        var headers: [(HeaderName, HeaderValue)] = [
            (
                .contentSecurityPolicy,
                """
                default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                media-src 'self'; connect-src 'self'; form-action 'self'; \
                frame-ancestors 'none'; base-uri 'none'
                """
            ),
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            (.referrerPolicy, "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        ]
        if isSecure {
            headers.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
        }
        return headers
    }
}
