/// The first line: `method SP target SP HTTP/1.x` (RFC 9112 3).
struct RequestLine: Sendable {
    let method: Method
    let target: Target
    let version: Version
    /// The authority of an absolute target; it stands above `Host` (RFC 9112 3.2.2).
    let authority: String?

    init(_ bytes: Span<UInt8>, _ line: Range<Int>, _ limits: ParserLimits) throws(Rejection) {
        let (name, target, version) = try RequestLine.parts(bytes, line)
        self.version = try RequestLine.version(bytes, version)
        guard let method = Method(bytes, name) else {
            throw Rejection(.notImplemented, "unknown method")
        }
        self.method = method
        (self.target, authority) = try RequestLine.target(
            bytes.array(target), method, limits.queryFields)
    }

    /// The answer to a request line beyond the limit: what is too long, if it is a request at all.
    static func tooLong(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Rejection {
        for index in line where !ByteClass.isToken(bytes[index]) {
            guard index > line.lowerBound, bytes[index] == 0x20 else { break }
            return Rejection(.uriTooLong, "request line too long")
        }
        return Rejection(.badRequest, "no request line")
    }

    private static func parts(
        _ bytes: Span<UInt8>, _ line: Range<Int>
    ) throws(Rejection) -> (method: Range<Int>, target: Range<Int>, version: Range<Int>) {
        var index = line.lowerBound
        while index < line.upperBound, ByteClass.isToken(bytes[index]) { index += 1 }
        let method = line.lowerBound..<index
        guard !method.isEmpty, index < line.upperBound, bytes[index] == 0x20 else {
            throw Rejection(.badRequest, "malformed method")
        }
        index += 1
        let start = index
        while index < line.upperBound, bytes[index] > 0x20, bytes[index] < 0x7F { index += 1 }
        guard index > start, index < line.upperBound, bytes[index] == 0x20 else {
            throw Rejection(.badRequest, "malformed request line")
        }
        return (method, start..<index, (index + 1)..<line.upperBound)
    }

    private static func version(
        _ bytes: Span<UInt8>, _ range: Range<Int>
    ) throws(Rejection) -> Version {
        let start = range.lowerBound
        guard range.count == 8, bytes.starts("HTTP/", at: start),
            ByteClass.isDigit(bytes[start + 5]), bytes[start + 6] == UInt8(ascii: "."),
            ByteClass.isDigit(bytes[start + 7])
        else { throw Rejection(.badRequest, "malformed version") }
        guard bytes[start + 5] == UInt8(ascii: "1") else {
            throw Rejection(.versionNotSupported, "version not supported")
        }
        return bytes[start + 7] == UInt8(ascii: "0") ? .http10 : .http11
    }

    private static func target(
        _ raw: [UInt8], _ method: Method, _ queryFields: Int
    ) throws(Rejection) -> (Target, String?) {
        if raw[0] == UInt8(ascii: "/") {
            if let target = Target(origin: raw[...], queryFields: queryFields) {
                return (target, nil)
            }
        } else if raw == [UInt8(ascii: "*")] {
            if method == .options { return (.asterisk, nil) }
        } else if let absolute = absolute(raw, queryFields) {
            return absolute
        }
        throw Rejection(.badRequest, "malformed target")
    }

    /// `http://host[:port][/path][?query]`, as clients send it to a proxy (RFC 9112 3.2.2).
    private static func absolute(_ raw: [UInt8], _ queryFields: Int) -> (Target, String?)? {
        let scheme = raw.prefix(while: { $0 != UInt8(ascii: ":") })
        guard scheme.matches("http") || scheme.matches("https") else { return nil }
        let behind = raw[scheme.endIndex...]
        guard behind.starts(with: "://".utf8) else { return nil }
        let rest = behind.dropFirst(3)
        let end =
            rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
            ?? rest.endIndex
        guard Authority.isValid(rest[..<end]) else { return nil }
        var path = rest[end...]
        if path.first != UInt8(ascii: "/") { path = [UInt8(ascii: "/")] + path }
        guard let target = Target(origin: path, queryFields: queryFields) else { return nil }
        return (target, String(decoding: rest[..<end], as: UTF8.self))
    }
}

extension Span<UInt8> {
    /// Whether these octets stand at `start`; the caller has checked that there are enough.
    func starts(_ wanted: StaticString, at start: Int) -> Bool {
        matches(start..<(start + wanted.utf8CodeUnitCount), wanted)
            && self[start] == wanted.utf8Start[0]
    }
}
