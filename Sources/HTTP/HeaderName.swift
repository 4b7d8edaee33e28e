/// A field name known when the program is compiled; compared without regard to case.
///
/// Holds a literal, so looking a field up allocates nothing.
public struct HeaderName: ExpressibleByStringLiteral, Sendable, CustomStringConvertible {
    let literal: StaticString

    /// A literal that is a token (RFC 9110 5.1).
    public init(stringLiteral literal: StaticString) {
        precondition(
            literal.utf8CodeUnitCount > 0
                && literal.withUTF8Buffer { $0.allSatisfy(ByteClass.isToken) },
            "not a field name")
        self.literal = literal
    }

    private init(known literal: StaticString) { self.literal = literal }

    public var description: String { literal.description }

    public static var accept: HeaderName { .init(known: "Accept") }
    public static var acceptLanguage: HeaderName { .init(known: "Accept-Language") }
    public static var acceptRanges: HeaderName { .init(known: "Accept-Ranges") }
    public static var allow: HeaderName { .init(known: "Allow") }
    public static var cacheControl: HeaderName { .init(known: "Cache-Control") }
    public static var connection: HeaderName { .init(known: "Connection") }
    public static var contentDisposition: HeaderName { .init(known: "Content-Disposition") }
    public static var contentLength: HeaderName { .init(known: "Content-Length") }
    public static var contentRange: HeaderName { .init(known: "Content-Range") }
    public static var contentSecurityPolicy: HeaderName {
        .init(known: "Content-Security-Policy")
    }
    public static var contentType: HeaderName { .init(known: "Content-Type") }
    public static var cookie: HeaderName { .init(known: "Cookie") }
    public static var date: HeaderName { .init(known: "Date") }
    public static var acceptEncoding: HeaderName { .init(known: "Accept-Encoding") }
    public static var contentEncoding: HeaderName { .init(known: "Content-Encoding") }
    public static var etag: HeaderName { .init(known: "ETag") }
    public static var expect: HeaderName { .init(known: "Expect") }
    public static var forwardedFor: HeaderName { .init(known: "X-Forwarded-For") }
    public static var forwardedProto: HeaderName { .init(known: "X-Forwarded-Proto") }
    public static var host: HeaderName { .init(known: "Host") }
    public static var ifMatch: HeaderName { .init(known: "If-Match") }
    public static var ifModifiedSince: HeaderName { .init(known: "If-Modified-Since") }
    public static var ifNoneMatch: HeaderName { .init(known: "If-None-Match") }
    public static var ifRange: HeaderName { .init(known: "If-Range") }
    public static var ifUnmodifiedSince: HeaderName { .init(known: "If-Unmodified-Since") }
    public static var lastEventID: HeaderName { .init(known: "Last-Event-ID") }
    public static var lastModified: HeaderName { .init(known: "Last-Modified") }
    public static var location: HeaderName { .init(known: "Location") }
    public static var origin: HeaderName { .init(known: "Origin") }
    public static var range: HeaderName { .init(known: "Range") }
    public static var referer: HeaderName { .init(known: "Referer") }
    public static var referrerPolicy: HeaderName { .init(known: "Referrer-Policy") }
    public static var retryAfter: HeaderName { .init(known: "Retry-After") }
    public static var secFetchSite: HeaderName { .init(known: "Sec-Fetch-Site") }
    public static var setCookie: HeaderName { .init(known: "Set-Cookie") }
    public static var transferEncoding: HeaderName { .init(known: "Transfer-Encoding") }
    public static var userAgent: HeaderName { .init(known: "User-Agent") }
    public static var vary: HeaderName { .init(known: "Vary") }
}

/// A field value that cannot split a response: printable ASCII, SP and HTAB (RFC 9110 5.5).
public struct HeaderValue: ExpressibleByStringLiteral, Hashable, Sendable {
    public let text: String

    /// A literal in the source; a literal that is no field value stops the program.
    public init(stringLiteral literal: String) {
        precondition(HeaderValue.isSafe(literal), "not a field value")
        text = literal
    }

    /// A value made at run time. Refuses CR, LF, NUL, other control bytes and anything that is
    /// not ASCII; nothing is stripped.
    public init(_ text: String) throws(HeaderError) {
        guard HeaderValue.isSafe(text) else { throw .unsafeValue }
        self.text = text
    }

    public init(_ number: Int) { text = String(number) }

    private static func isSafe(_ text: String) -> Bool {
        text.utf8.allSatisfy(ByteClass.isPlainFieldContent)
    }
}

/// Why a field was refused.
public enum HeaderError: StatusError, Equatable {
    case unsafeName, unsafeValue

    public var status: Status { .serverError }
}
