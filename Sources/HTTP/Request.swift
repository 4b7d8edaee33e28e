public import Network

/// A request as a handler sees it. Not Sendable: its body is read on the worker that owns the
/// connection.
public struct Request {
    public var head: RequestHead
    public var body: RequestBody
    /// Who asks, as the server determined it.
    public var client: Client
    /// Whether the client's own connection is https, as far as a trusted proxy says.
    public var isSecure: Bool
    /// Whether the client still waits for the answer, as far as its connection tells now. Who asks
    /// for something dear looks again before it is begun.
    public let isAwaited: () -> Bool

    public init(
        _ head: RequestHead, body: RequestBody = .empty, client: Client = .here,
        isSecure: Bool = false, isAwaited: @escaping () -> Bool = { true }
    ) {
        self.head = head
        self.body = body
        self.client = client
        self.isSecure = isSecure
        self.isAwaited = isAwaited
    }

    public var method: Method { head.method }
    public var target: Target { head.target }
    public var headers: Headers { head.headers }
    public var path: String { head.target.path }
    public var segments: [String] { head.target.segments }
    public var query: Form { head.target.query }
    public var cookies: Cookies { Cookies(head.headers) }

    /// The media type of the body; nil where the field is absent, repeated or malformed.
    public var contentType: MediaType? {
        head.headers.single(.contentType).flatMap { MediaType($0) }
    }

    /// Collects and decodes an `application/x-www-form-urlencoded` body.
    ///
    /// - Throws: `FormError` (400, 415), `RequestBodyError` (400, 413) or the source's error.
    public func form(upTo limit: Int = 1 << 20, fields: Int = 1_000) async throws -> Form {
        guard contentType?.essence == "application/x-www-form-urlencoded" else {
            throw FormError.wrongType
        }
        return try Form(parsing: try await body.collect(upTo: limit), limit: fields)
    }
}
