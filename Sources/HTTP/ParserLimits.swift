/// Bounds of what a client may send before a handler sees anything. All in octets or counts.
public struct ParserLimits: Sendable, Hashable {
    /// The request line without its CRLF; beyond it 414.
    public var requestLine = 8 << 10
    /// One field line without its CRLF; beyond it 431.
    public var fieldLine = 8 << 10
    /// The whole head with its line ends; beyond it 431.
    public var head = 32 << 10
    /// Fields in a head; beyond it 431.
    public var fields = 100
    /// Pairs in a query; beyond it 400.
    public var queryFields = 200
    /// The octets of a chunk's line: its size and extensions.
    public var chunkLine = 1 << 10
    /// Extensions of one chunk.
    public var chunkExtension = 256
    /// Extensions of all chunks of a body.
    public var chunkExtensions = 16 << 10
    /// All trailers of a body with their line ends; they are checked and dropped.
    public var trailers = 8 << 10
    /// Trailer fields of a body.
    public var trailerFields = 32

    public init() {}

    public static var standard: ParserLimits { ParserLimits() }
}

/// A request the parser does not let through. The connection must be closed after the answer:
/// where the next request begins can no longer be told.
public struct Rejection: StatusError, Equatable {
    public let status: Status
    /// For the log; holds nothing the client sent.
    public let reason: StaticString

    public init(_ status: Status, _ reason: StaticString) {
        self.status = status
        self.reason = reason
    }

    public static func == (one: Rejection, other: Rejection) -> Bool {
        one.status == other.status && one.reason.description == other.reason.description
    }
}
