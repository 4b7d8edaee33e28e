/// What a request asks for (RFC 9112 3.2): its path, decoded once, and its query.
public struct Target: Sendable, Equatable {
    /// The path as it was sent, without the query; `*` for `OPTIONS *`.
    public let path: String
    /// The path's segments, decoded. `/` has none, `/a/` has `a` and an empty one.
    public let segments: [String]
    /// The query as it was sent, without the question mark; nil without one.
    public let rawQuery: String?
    /// The query's pairs, decoded, in order.
    public let query: Form

    /// The server as a whole: `OPTIONS *`.
    public var isAsterisk: Bool { path == "*" }

    init(path: String, segments: [String], rawQuery: String?, query: Form) {
        self.path = path
        self.segments = segments
        self.rawQuery = rawQuery
        self.query = query
    }

    static var asterisk: Target {
        Target(path: "*", segments: [], rawQuery: nil, query: Form())
    }

    /// Reads an origin-form target (`/path?query`); nil where the parser would answer 400.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let target = Target(origin: bytes[...]) else { return nil }
        self = target
    }

    /// Origin form: refuses bad or doubled percent-encoding, dot segments, encoded slashes and
    /// backslashes, control bytes, fragments and anything that is not UTF-8.
    init?(origin bytes: ArraySlice<UInt8>, queryFields: Int = 200) {
        guard bytes.first == UInt8(ascii: "/") else { return nil }
        let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        guard let segments = Target.segments(of: bytes[..<mark]) else { return nil }
        self.segments = segments
        path = String(decoding: bytes[..<mark], as: UTF8.self)
        guard mark < bytes.endIndex else {
            rawQuery = nil
            query = Form()
            return
        }
        let raw = bytes[(mark + 1)...]
        guard raw.allSatisfy(ByteClass.isQueryCharacter),
            let pairs = try? Form(parsing: raw, limit: queryFields)
        else { return nil }
        rawQuery = String(decoding: raw, as: UTF8.self)
        query = pairs
    }

    private static func segments(of path: ArraySlice<UInt8>) -> [String]? {
        var segments: [String] = []
        var start = path.startIndex + 1
        if start == path.endIndex { return segments }
        while true {
            let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
            guard let segment = segment(path[start..<end]) else { return nil }
            segments.append(segment)
            guard end < path.endIndex else { return segments }
            start = end + 1
        }
    }

    private static func segment(_ raw: ArraySlice<UInt8>) -> String? {
        var isEncoded = false
        for byte in raw where !ByteClass.isPathCharacter(byte) {
            guard byte == UInt8(ascii: "%") else { return nil }
            isEncoded = true
        }
        let decoded = isEncoded ? decodedSegment(raw) : String(decoding: raw, as: UTF8.self)
        return decoded == "." || decoded == ".." ? nil : decoded
    }

    private static func decodedSegment(_ raw: ArraySlice<UInt8>) -> String? {
        guard let octets = PercentDecoding.octets(raw) else { return nil }
        let isSafe = octets.allSatisfy { byte in
            byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "/")
                && byte != UInt8(ascii: "\\")
        }
        guard isSafe, !isEncodedTwice(octets) else { return nil }
        return String(validating: octets, as: UTF8.self)
    }

    /// True where one decoding leaves another `%hh`: such a path means something else to every
    /// layer that decodes once more.
    private static func isEncodedTwice(_ octets: [UInt8]) -> Bool {
        octets.indices.dropLast(2).contains { index in
            octets[index] == UInt8(ascii: "%")
                && ByteClass.hexadecimal(octets[index + 1]) != nil
                && ByteClass.hexadecimal(octets[index + 2]) != nil
        }
    }
}
