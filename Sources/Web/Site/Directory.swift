internal import HTTP
internal import Store

/// All endpoints of an address.
final class Resource: Sendable {
    let place: Endpoint.Place
    let get: Endpoint?
    let post: Endpoint?
    let methods: [Method]

    init(_ place: Endpoint.Place, _ endpoints: [Endpoint]) {
        self.place = place
        get = endpoints.first { $0.method == .get }
        post = endpoints.first { $0.method == .post }
        methods =
            (get == nil ? [] : [.get, .head]) + (post == nil ? [] : [.post]) + [.options]
    }

    /// What answers a method; nil where it is not allowed.
    func endpoint(for method: Method) -> Endpoint? {
        method == .post ? post : method == .get || method == .head ? get : nil
    }

    /// Whether pages of other sites may read it: what verifiers of badges ask for.
    var isForVerifiers: Bool { self.get?.troubleForm == .json }

    /// The path, or the pattern of many.
    var name: String {
        switch place {
        case .route(let route): route.path
        case .pattern(let pattern): pattern.text
        }
    }
}

/// Every endpoint by its address; made once. Looked in on every request, so that no path is
/// hashed: paths of one length are few, and compared.
struct Directory: Sendable {
    static let site = Directory(
        peopleEndpoints + organizationEndpoints + officeEndpoints + ministryEndpoints
            + badgeEndpoints + accountEndpoints + siteEndpoints)

    let endpoints: [Endpoint]
    /// By the length of the path in octets.
    private var routes: [[(path: String, resource: Resource)]] = []
    private var patterns: [(pattern: RoutePattern, resource: Resource)] = []

    init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints
        for endpoint in endpoints {
            switch endpoint.place {
            case .route(let route): add(route)
            case .pattern(let pattern):
                patterns.append((pattern, Resource(endpoint.place, [endpoint])))
            }
        }
    }

    private mutating func add(_ route: Route) {
        let length = route.path.utf8.count
        while routes.count <= length { routes.append([]) }
        guard !routes[length].contains(where: { $0.path == route.path }) else { return }
        let own = endpoints.filter { endpoint in
            if case .route(let other) = endpoint.place { other == route } else { false }
        }
        routes[length].append((route.path, Resource(.route(route), own)))
    }

    func resource(at target: Target) -> Resource? {
        resource(at: target.path)
            ?? patterns.first { $0.pattern.part(of: target.segments) != nil }?.resource
    }

    /// Without those of which there are many.
    func resource(at path: String) -> Resource? {
        let length = path.utf8.count
        guard length < routes.count else { return nil }
        return routes[length].first { $0.path == path }?.resource
    }

    /// What the menu of somebody leads to, in the order of declaration.
    func menu(of account: AccountRecord) -> [(route: Route, word: String)] {
        endpoints.compactMap { endpoint in
            guard let word = endpoint.menu, endpoint.access.admits(account),
                case .route(let route) = endpoint.place
            else { return nil }
            return (route, word)
        }
    }
}
