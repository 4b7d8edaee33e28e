internal import HTTP
internal import Procedures
internal import Secrets

/// One address and one method, declared in one place: who may, how large and how long, and the
/// handler. What others derive from it (405, OPTIONS, the menu of a role, limits, where a sign-in
/// leads back to) is written nowhere else.
struct Endpoint: Sendable {
    enum Place: Sendable {
        case route(Route)
        case pattern(RoutePattern)
    }

    let method: Method
    let place: Place
    let access: Access
    fileprivate(set) var limits = RequestLimits()
    /// What the menu of those who may calls it.
    fileprivate(set) var menu: String?
    /// Where the form stands that is sent here: opened in its place after a sign-in.
    fileprivate(set) var page: Route?
    fileprivate(set) var troubleForm = TroubleForm.page
    /// The whole way: who it is, whether they may, what they get.
    let answer: @Sendable (Site, Request) async throws -> Response

    private init(
        _ method: Method, _ place: Place, _ access: Access,
        _ answer: @escaping @Sendable (Site, Request) async throws -> Response
    ) {
        self.method = method
        self.place = place
        self.access = access
        self.answer = answer
    }
}

/// How large and how long a request may be.
public struct RequestLimits: Sendable {
    /// Of the body, in octets.
    public fileprivate(set) var bodyOctets = 1 << 20
    /// Whether it may take longer than the others: it plans or applies for thousands of people in
    /// one go, and must not be left in the middle.
    public fileprivate(set) var takesLong = false
}

/// How an address says that the database is away.
enum TroubleForm: Sendable {
    /// To people.
    case page
    /// To verifiers of badges.
    case json
    /// To a probe.
    case probe
}

/// The pages of one noun: its handlers, and what they share.
protocol Room: SendableMetatype {
    var site: Site { get }
    init(site: Site)
}

typealias Handler<Home, Asking> =
    @Sendable (Home) -> (Asking, Request) async throws -> Response
typealias PartHandler<Home, Asking> =
    @Sendable (Home) -> (Asking, Request, String) async throws -> Response
typealias FormHandler<Home, Asking> =
    @Sendable (Home) -> (Asking, Request, Form) async throws -> Response

extension Endpoint {
    /// What shows something and changes nothing.
    static func get<Home: Room, Asking: Caller>(
        _ route: Route, _ handler: @escaping Handler<Home, Asking>
    ) -> Endpoint {
        Endpoint(.get, .route(route), Asking.access) { site, request in
            switch try await Asking.admit(request, site) {
            case .admitted(let asking): try await handler(Home(site: site))(asking, request)
            case .signedOut: try site.askToSignIn(request)
            case .notTheirs: throw Refusal.notYours
            case .noApplication: .seeOther(.status)
            case .unproven: try site.askForCode(request, nil)
            }
        }
    }

    /// The same of an address that names what is asked for, to everybody.
    static func get<Home: Room>(
        _ pattern: RoutePattern, _ handler: @escaping PartHandler<Home, Anybody>
    ) -> Endpoint {
        Endpoint(.get, .pattern(pattern), .everybody) { site, request in
            guard let part = pattern.part(of: request.segments) else { throw Refusal.notFound }
            return try await handler(Home(site: site))(Anybody(), request, part)
        }
    }

    /// What is the same for everybody as long as the program runs.
    static func get(
        _ route: Route, _ answer: @escaping @Sendable (Site, Request) -> Response
    ) -> Endpoint {
        Endpoint(.get, .route(route), .everybody) { answer($0, $1) }
    }

    /// A form's own address, opened from a history or a bookmark, leads to the page with the form.
    static func get(_ route: Route, leadsTo page: Route) -> Endpoint {
        Endpoint(.get, .route(route), .everybody) { _, _ in .seeOther(page) }
    }

    /// What changes something: a form of ours, in the browser that we showed it to.
    static func post<Home: Room, Asking: Caller>(
        _ route: Route, _ handler: @escaping FormHandler<Home, Asking>
    ) -> Endpoint {
        Endpoint(.post, .route(route), Asking.access) { site, request in
            let form = try await request.form()
            try Guard.check(request, form, key: site.office.settings.key, site.isSecure)
            return try await send(form, request, to: handler, site)
        }
    }

    /// The same of a form that is shown again where its token was lost on the way.
    static func post<Home: Room, Asking: Caller>(
        _ route: Route, _ handler: @escaping FormHandler<Home, Asking>,
        again: @escaping FormHandler<Home, Anybody>
    ) -> Endpoint {
        Endpoint(.post, .route(route), Asking.access) { site, request in
            let form = try await request.form()
            do {
                try Guard.check(request, form, key: site.office.settings.key, site.isSecure)
            } catch let forged as Guard.Forged {
                guard Guard.isFromHere(request, site.isSecure) else { throw forged }
                return try await again(Home(site: site))(Anybody(), request, form)
            }
            return try await send(form, request, to: handler, site)
        }
    }

    private static func send<Home: Room, Asking: Caller>(
        _ form: Form, _ request: Request, to handler: FormHandler<Home, Asking>, _ site: Site
    ) async throws -> Response {
        switch try await Asking.admit(request, site) {
        case .admitted(let asking): try await handler(Home(site: site))(asking, request, form)
        case .signedOut: try site.keepAndSignIn(request, form)
        case .notTheirs: throw Refusal.notYours
        case .noApplication: try site.keepAndAskForStatus(request, form)
        case .unproven: try site.askForCode(request, form)
        }
    }

    /// A form with a file, which the handler reads: only the origin can be checked before. Whoever
    /// is signed out is led to `page`, because nobody keeps the file meanwhile.
    static func upload<Home: Room, Asking: Caller>(
        _ route: Route, upTo octets: Int, page: Route, _ handler: @escaping Handler<Home, Asking>
    ) -> Endpoint {
        var endpoint = Endpoint(.post, .route(route), Asking.access) { site, request in
            try Guard.checkOrigin(of: request, site.isSecure)
            switch try await Asking.admit(request, site) {
            case .admitted(let asking): return try await handler(Home(site: site))(asking, request)
            case .signedOut: return try site.askToSignIn(request, for: page.path)
            case .notTheirs: throw Refusal.notYours
            case .noApplication: return .seeOther(.status)
            case .unproven: return try site.askForCode(request, nil)
            }
        }
        endpoint.limits.bodyOctets = octets
        return endpoint
    }
}

extension Endpoint {
    private func with(_ change: (inout Endpoint) -> Void) -> Endpoint {
        var endpoint = self
        change(&endpoint)
        return endpoint
    }

    func menu(_ word: String) -> Endpoint { with { $0.menu = word } }

    func form(on page: Route) -> Endpoint { with { $0.page = page } }

    var takingLong: Endpoint { with { $0.limits.takesLong = true } }

    func trouble(as form: TroubleForm) -> Endpoint { with { $0.troubleForm = form } }
}
