internal import HTTP
internal import Network
internal import Procedures
internal import Secrets
internal import Store

/// The browser in front of us: its cookies, and those it is to get.
struct Visitor {
    static let sessionCookie = "session"
    static let searchCookie = "search"

    private let request: Request
    private let site: Site
    private var given: [SetCookie] = []
    private let token: String
    /// As the header of a page says it; anybody before it was asked who is signed in.
    var reader = PageReader.anybody

    /// Knows the browser by its cookie, or gives it one.
    init(_ request: Request, _ site: Site) {
        self.request = request
        self.site = site
        let name = CookieName.of(Guard.visitorCookie, site.isSecure)
        if let known = request.cookies[name], Token(text: known) != nil {
            token = known
        } else {
            token = Token(site.office.random).text
            give(Guard.visitorCookie, token)
        }
    }

    /// As a sign-in knows it.
    var browser: KnownBrowser {
        KnownBrowser(
            mark: Token(text: token), session: self[Self.sessionCookie],
            from: SessionPlace(
                network: request.client.roughAddress, device: Device(request).name))
    }

    var csrf: String { Guard.csrf(token, site.office.settings.key) }

    subscript(_ name: String) -> Token? {
        request.cookies[CookieName.of(name, site.isSecure)].flatMap { Token(text: $0) }
    }

    /// Until the browser closes, or for so many seconds.
    mutating func give(_ name: String, _ value: String, forSeconds seconds: Int? = nil) {
        var cookie = SetCookie(CookieName.of(name, site.isSecure), value)
        cookie.isSecure = site.isSecure
        cookie.maxAge = seconds
        given.append(cookie)
    }

    mutating func forget(_ name: String) { give(name, "", forSeconds: 0) }

    /// The answer with the cookies that were given on the way.
    func carrying(_ response: Response) throws -> Response {
        var response = response
        for cookie in given { try response.set(cookie) }
        return response
    }

    func seeOther(_ route: Route) throws -> Response { try carrying(Response.seeOther(route.path)) }

    /// The same with one thing said in the query; `value` is a number of ours, not somebody's word.
    func seeOther(_ route: Route, _ name: String, _ value: String) throws -> Response {
        try carrying(Response.seeOther(route.with(name, value)))
    }
}

extension Response {
    static func seeOther(_ route: Route) -> Response {
        Response(.seeOther).with(.location, HeaderValue(stringLiteral: route.path))
    }
}
