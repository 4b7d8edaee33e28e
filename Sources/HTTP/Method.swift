/// A request method (RFC 9110 9): a case-sensitive token.
///
/// Only the known ones reach a handler; the parser answers 501 to every other token.
public struct Method: Hashable, Sendable, CustomStringConvertible {
    public let name: String

    init(name: String) { self.name = name }

    public static var get: Method { Method(name: "GET") }
    public static var head: Method { Method(name: "HEAD") }
    public static var post: Method { Method(name: "POST") }
    public static var put: Method { Method(name: "PUT") }
    public static var delete: Method { Method(name: "DELETE") }
    public static var options: Method { Method(name: "OPTIONS") }
    public static var patch: Method { Method(name: "PATCH") }

    /// All methods this server implements.
    public static var known: [Method] { [.get, .head, .post, .put, .delete, .options, .patch] }

    /// True where the method only reads (RFC 9110 9.2.1): no CSRF token is asked for.
    public var isSafe: Bool { self == .get || self == .head || self == .options }

    public var description: String { name }

    /// The known method spelled exactly so, or nil.
    public init?(_ name: String) {
        guard let method = Method.known.first(where: { $0.name == name }) else { return nil }
        self = method
    }

    /// The known method at these bytes, or nil.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let candidate: Method
        switch (range.count, bytes[range.lowerBound]) {
        case (3, UInt8(ascii: "G")): candidate = .get
        case (4, UInt8(ascii: "P")): candidate = .post
        case (4, UInt8(ascii: "H")): candidate = .head
        case (3, UInt8(ascii: "P")): candidate = .put
        case (6, UInt8(ascii: "D")): candidate = .delete
        case (7, UInt8(ascii: "O")): candidate = .options
        case (5, UInt8(ascii: "P")): candidate = .patch
        default: return nil
        }
        var index = range.lowerBound
        for byte in candidate.name.utf8 {
            guard bytes[index] == byte else { return nil }
            index += 1
        }
        self = candidate
    }
}
