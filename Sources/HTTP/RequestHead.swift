/// The minor versions spoken here; every 1.x beyond 1.1 is served as 1.1 (RFC 9110 2.5).
public enum Version: Sendable, Hashable {
    case http10, http11
}

/// How the request's body is delimited (RFC 9112 6.3).
public enum Framing: Sendable, Hashable {
    case none
    case length(Int)
    case chunked

    /// True where no body octet follows the head.
    public var isEmpty: Bool { self == .none || self == .length(0) }
}

/// A request's head after every check of the parser.
public struct RequestHead: Sendable, Equatable {
    public var method: Method
    public var target: Target
    public var version: Version
    public var headers: Headers
    /// `host[:port]` as sent: from an absolute target, else from `Host`. Nil only in HTTP/1.0.
    /// Whether it is one of ours is the server's question (421).
    public var authority: String?
    public var framing: Framing
    /// Whether the client lets the connection stay open (RFC 9112 9.3).
    public var keepsAlive: Bool
    /// Whether the client waits for `100 Continue`; never in HTTP/1.0.
    public var expectsContinue: Bool

    /// A head made by hand, for tests and for calling handlers without a socket.
    public init(
        _ method: Method, _ target: Target, headers: Headers = Headers(),
        framing: Framing = .none
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.framing = framing
        version = .http11
        authority = headers[.host]
        keepsAlive = true
        expectsContinue = false
    }

    /// What the parser found.
    init(
        _ line: RequestLine, _ headers: Headers, authority: String?, framing: Framing,
        keepsAlive: Bool, expectsContinue: Bool
    ) {
        method = line.method
        target = line.target
        version = line.version
        self.headers = headers
        self.authority = authority
        self.framing = framing
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
    }
}
