/// An answer as a value: the server writes it out.
public struct Response {
    public var status: Status { didSet { fixed = nil } }
    public var headers: Headers { didSet { fixed = nil } }
    public var body: ResponseBody { didSet { fixed = nil } }
    /// Where the answer is kept as octets; whoever changes it afterwards has another one.
    public private(set) var fixed: FixedResponse?

    public init(
        _ status: Status = .ok, headers: Headers = Headers(), body: ResponseBody = .empty
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Octets of a media type.
    public init(_ status: Status, type: HeaderValue, bytes: [UInt8]) {
        self.init(status, body: .bytes(bytes))
        headers.append(.contentType, type)
    }

    public static func html(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, type: "text/html; charset=utf-8", bytes: bytes)
    }

    public static func html(_ text: String, status: Status = .ok) -> Response {
        html(Array(text.utf8), status: status)
    }

    public static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, type: "application/json", bytes: bytes)
    }

    public static func json(_ text: String, status: Status = .ok) -> Response {
        json(Array(text.utf8), status: status)
    }

    public static func text(_ text: String, status: Status = .ok) -> Response {
        Response(status, type: "text/plain; charset=utf-8", bytes: Array(text.utf8))
    }

    /// A status with its reason phrase as text; the app's own pages stand in for it.
    public static func plain(_ status: Status) -> Response {
        text("\(status)\n", status: status)
    }

    public static var notFound: Response { plain(.notFound) }
    public static var badRequest: Response { plain(.badRequest) }
    public static var forbidden: Response { plain(.forbidden) }
    public static var noContent: Response { Response(.noContent) }

    /// 405 with the methods the resource knows (RFC 9110 15.5.6).
    public static func methodNotAllowed(_ allowed: [Method]) -> Response {
        var response = plain(.methodNotAllowed)
        response.allow(allowed)
        return response
    }

    /// 204 with the methods the resource knows, the answer to OPTIONS (RFC 9110 9.3.7).
    public static func options(_ allowed: [Method]) -> Response {
        var response = noContent
        response.allow(allowed)
        return response
    }

    /// 503 or 429 with the seconds to wait (RFC 9110 10.2.3).
    public static func retry(_ status: Status, afterSeconds seconds: Int) -> Response {
        var response = plain(status)
        response.headers.set(.retryAfter, HeaderValue(seconds))
        return response
    }

    /// 303 to one of our own paths (RFC 9110 15.4.4).
    ///
    /// - Throws: `RedirectError` where the path could lead away: it must start with exactly one
    ///   slash and hold no backslash and no control byte (ASVS 3.7.2).
    public static func seeOther(_ path: String) throws(RedirectError) -> Response {
        var response = Response(.seeOther)
        response.headers.append(.location, try OwnPath.location(path))
        return response
    }

    /// The same, for a handler that keeps it and gives it again and again. Only an answer whose
    /// body is octets in memory gains by it.
    public func asFixed() -> Response {
        guard case .bytes = body else { return self }
        var response = self
        response.fixed = FixedResponse()
        return response
    }

    public func with(_ name: HeaderName, _ value: HeaderValue) -> Response {
        var response = self
        response.headers.set(name, value)
        return response
    }

    private mutating func allow(_ methods: [Method]) {
        let names = methods.map(\.name).joined(separator: ", ")
        headers.set(.allow, HeaderValue(stringLiteral: names))
    }
}

/// The check that a redirect stays on this site.
public enum OwnPath {
    /// Whether a browser that follows this stays here.
    public static func isOwn(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        return bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
            && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
            && path.unicodeScalars.allSatisfy { !(0x80...0x9F).contains($0.value) }
    }

    /// The path as a field value: blanks and everything beyond ASCII percent-encoded.
    static func location(_ path: String) throws(RedirectError) -> HeaderValue {
        guard isOwn(path) else { throw RedirectError() }
        let encoded = PercentDecoding.encode(path.utf8) { $0 > 0x20 && $0 < 0x7F }
        return HeaderValue(stringLiteral: encoded)
    }
}

/// A redirect that would have left the site.
public struct RedirectError: StatusError, Equatable {
    public init() {}

    public var status: Status { .badRequest }
}
