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
    /// For a body and for an answer: this, and a second more for every 20 kB.
    public var bodyDeadline = Duration.seconds(20)
    public var writeDeadline = Duration.seconds(30)
    public var connectionLimit = 4096
    /// Connections of one address; loopback and the proxies are exempt.
    public var connectionLimitPerAddress = 64
    /// Authorities the server answers for; empty for any. Others get 421.
    public var authorities: Set<String> = []
    /// Addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: Set<String> = []
    /// Sent with every answer that does not set them itself.
    public var headers: [(HeaderName, HeaderValue)] = []
    /// The page for a status that the server itself answers with.
    public var errorPage: @Sendable (Status) -> Response = { .plain($0) }

    public init() {}
}

/// The application as one worker sees it; made on the worker, used only there.
public protocol Handler: AnyObject {
    func respond(to request: Request) async -> Response
}
