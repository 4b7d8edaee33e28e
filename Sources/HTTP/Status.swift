/// A status code with its reason phrase (RFC 9110 15).
public struct Status: Hashable, Sendable, CustomStringConvertible {
    public let code: Int

    /// A three-digit code, 100 to 599.
    public init(_ code: Int) {
        precondition((100...599).contains(code), "not a status code")
        self.code = code
    }

    public static var ok: Status { Status(200) }
    public static var created: Status { Status(201) }
    public static var accepted: Status { Status(202) }
    public static var noContent: Status { Status(204) }
    public static var partialContent: Status { Status(206) }
    public static var seeOther: Status { Status(303) }
    public static var notModified: Status { Status(304) }
    public static var badRequest: Status { Status(400) }
    public static var unauthorized: Status { Status(401) }
    public static var forbidden: Status { Status(403) }
    public static var notFound: Status { Status(404) }
    public static var methodNotAllowed: Status { Status(405) }
    public static var notAcceptable: Status { Status(406) }
    public static var requestTimeout: Status { Status(408) }
    public static var conflict: Status { Status(409) }
    public static var gone: Status { Status(410) }
    public static var preconditionFailed: Status { Status(412) }
    public static var contentTooLarge: Status { Status(413) }
    public static var uriTooLong: Status { Status(414) }
    public static var unsupportedMediaType: Status { Status(415) }
    public static var rangeNotSatisfiable: Status { Status(416) }
    public static var expectationFailed: Status { Status(417) }
    public static var misdirectedRequest: Status { Status(421) }
    public static var unprocessable: Status { Status(422) }
    public static var tooManyRequests: Status { Status(429) }
    public static var fieldsTooLarge: Status { Status(431) }
    public static var serverError: Status { Status(500) }
    public static var notImplemented: Status { Status(501) }
    public static var badGateway: Status { Status(502) }
    public static var serviceUnavailable: Status { Status(503) }
    public static var versionNotSupported: Status { Status(505) }

    /// False where the answer has no body whatever the handler says (RFC 9112 6.3).
    public var allowsBody: Bool { code >= 200 && code != 204 && code != 304 }

    public var description: String { "\(code) \(reason)" }

    /// The phrase RFC 9110 lists; empty for a code it does not.
    public var reason: StaticString {
        switch code {
        case 100...399: successReason
        case 400...499: clientErrorReason
        default: serverErrorReason
        }
    }

    private var successReason: StaticString {
        switch code {
        case 100: "Continue"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        default: ""
        }
    }

    private var clientErrorReason: StaticString {
        switch code {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        default: ""
        }
    }

    private var serverErrorReason: StaticString {
        switch code {
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}

/// An error that says by itself which status answers it; everything else is a 500.
public protocol StatusError: Error {
    var status: Status { get }
}
