public import HTTP

/// Where a server listens and what it bears. The numbers are those of `ops/limits.md`; every
/// deadline is a total, so that a client which sends a byte now and then is cut all the same.
public struct ServerSettings: Sendable {
    /// A numeric address, IPv4 or IPv6.
    public var host = "127.0.0.1"
    /// 0 for any free port.
    public var port: UInt16 = 8080
    public var workers = 2
    public var parser = ParserLimits.standard
    /// The largest body of each request, known from its head; more is refused unread.
    public var bodyLimit: @Sendable (RequestHead) -> Int = { _ in 1 << 20 }
    /// From the first octet of a head to its end.
    public var headDeadline = Duration.seconds(15)
    /// Between requests.
    public var idleDeadline = Duration.seconds(30)
    /// Up to so many connections each keeps its task while it is idle, which answers a little
    /// faster; beyond them memory counts for more.
    public var fewConnections = 256
    /// For a body and for an answer: this, and as long as they take at the least rate.
    public var bodyDeadline = Duration.seconds(20)
    public var writeDeadline = Duration.seconds(30)
    /// In octets a second.
    public var leastRate = 20_000
    /// From the end of a head to the answer, the time spent waiting for the body left out; nil for
    /// none. When it passes, the client gets 503 and the handler's task is cancelled.
    public var handlerDeadline: @Sendable (RequestHead) -> Duration? = { _ in .seconds(15) }
    /// Requests being answered at a time, on all workers together; one more gets 503 at once.
    public var handlerLimit = 1024
    /// Clamped to what the system's limit of open files leaves.
    public var connectionLimit = 4096
    /// Connections of one address (of one /64 in IPv6); loopback and the proxies are exempt.
    public var connectionLimitPerAddress = 64
    /// Authorities the server answers for; empty for any. Others get 421.
    public var authorities: Set<String> = []
    /// Besides those, any numeric address: no name that somebody else may point at us is one.
    public var answersForAddresses = false
    /// Addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: Set<String> = []
    /// Sent with every answer that does not set them itself.
    public var headers: [(HeaderName, HeaderValue)] = []
    /// The page for a status that the server itself answers with.
    public var errorPage: @Sendable (Status) -> Response = { .plain($0) }

    public init() {}

    /// Whether a request for this authority is meant for us.
    func answers(for authority: String) -> Bool {
        authorities.isEmpty || authorities.contains(authority)
            || authorities.contains(authority.lowercased())
            || (answersForAddresses && SocketAddress.isNumeric(host: authority))
    }

    /// How long so many octets may take.
    func time(for count: Int) -> Duration { .milliseconds(count / max(1, leastRate / 1000)) }
}

/// The application as one worker sees it; made on the worker, used only there.
public protocol Handler: AnyObject {
    /// Its task is cancelled when the request's deadline has passed; the answer is then dropped.
    func respond(to request: Request) async -> Response
}
