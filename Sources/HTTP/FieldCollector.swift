/// Takes field lines as they arrive, then decides what they mean for the message's framing.
struct FieldCollector: Sendable {
    /// Where the first field line begins.
    var start = 0

    private let limits: ParserLimits
    private var entries: [Headers.Entry] = []

    init(limits: ParserLimits) { self.limits = limits }

    /// Makes ready for the next head.
    mutating func reset() { entries = [] }

    /// `name ":" OWS value OWS` (RFC 9112 5): the name directly before the colon, no folding.
    mutating func take(_ line: Range<Int>, _ bytes: Span<UInt8>) throws(Rejection) {
        guard line.count <= limits.fieldLine else {
            throw Rejection(.fieldsTooLarge, "head too large")
        }
        guard let (name, value) = FieldCollector.parts(line, bytes) else {
            throw Rejection(.badRequest, "malformed field line")
        }
        guard entries.count < limits.fields else {
            throw Rejection(.fieldsTooLarge, "too many fields")
        }
        if entries.isEmpty { entries.reserveCapacity(8) }
        entries.append(Headers.Entry(name: relative(name), value: relative(value)))
    }

    /// The ranges of name and value in a field line; nil where it is malformed.
    static func parts(
        _ line: Range<Int>, _ bytes: Span<UInt8>
    ) -> (name: Range<Int>, value: Range<Int>)? {
        var index = line.lowerBound
        while index < line.upperBound, ByteClass.isToken(bytes[index]) { index += 1 }
        let name = line.lowerBound..<index
        guard !name.isEmpty, index < line.upperBound, bytes[index] == UInt8(ascii: ":") else {
            return nil
        }
        var start = index + 1
        var end = line.upperBound
        while start < end, ByteClass.isBlank(bytes[start]) { start += 1 }
        while end > start, ByteClass.isBlank(bytes[end - 1]) { end -= 1 }
        return (name, start..<end)
    }

    /// The finished head; checks everything that depends on several fields.
    func head(
        _ line: RequestLine, _ bytes: Span<UInt8>, end: Int
    ) throws(Rejection) -> RequestHead {
        let headers = Headers(storage: bytes.array(start..<end), entries: entries)
        var framing = FramingFields()
        for entry in entries { try framing.take(entry, headers) }
        let host = try framing.checkedHost(headers, line.version)
        let body = try framing.framing(headers, line.version)
        return RequestHead(
            line, headers, authority: line.authority ?? host, framing: body,
            keepsAlive: framing.keepsAlive(line.version),
            expectsContinue: try framing.expectsContinue(headers, line.version, body))
    }

    private func relative(_ range: Range<Int>) -> Range<UInt32> {
        UInt32(range.lowerBound - start)..<UInt32(range.upperBound - start)
    }
}
