/// Reads request heads from the octets of a connection (RFC 9112), strictly and linearly.
///
/// The parser never guesses: whatever two readers could take differently is rejected while it
/// is being read, before the head is complete. One parser serves one connection; after a head it
/// is ready for the next.
public struct RequestParser: Sendable {
    public enum Step: Sendable, Equatable {
        /// The head is not complete: call again with the same octets and more behind them.
        case needMore
        /// A head, and how many octets it took. The body or the next head follows.
        case head(RequestHead, consumed: Int)
        /// Answer with this status and close.
        case rejected(Rejection)
    }

    private enum Line: Equatable {
        case complete(Range<Int>)
        case incomplete
        case malformed
    }

    private let limits: ParserLimits
    private var scanned = 0
    private var lineStart = 0
    private var skippedEmptyLine = false
    private var requestLine: RequestLine?
    private var fields: FieldCollector
    private var rejection: Rejection?

    public init(limits: ParserLimits = .standard) {
        self.limits = limits
        fields = FieldCollector(limits: limits)
    }

    /// True where no octet of the next head has been seen: the connection is idle.
    public var isIdle: Bool { scanned == 0 }

    /// Reads on. `bytes` begins with the first octet not consumed yet; the octets of earlier
    /// calls must stand in it unchanged, and are not read again.
    public mutating func advance(_ bytes: Span<UInt8>) -> Step {
        if let rejection { return .rejected(rejection) }
        do throws(Rejection) {
            while true {
                switch nextLine(bytes) {
                case .malformed:
                    try checkUnfinishedLine(bytes)
                    throw Rejection(.badRequest, "control octet or bare line end")
                case .incomplete:
                    try checkUnfinishedLine(bytes)
                    return .needMore
                case .complete(let line):
                    if let head = try take(line, bytes) { return finish(head) }
                }
            }
        } catch {
            rejection = error
            return .rejected(error)
        }
    }

    public mutating func advance(_ bytes: [UInt8]) -> Step { advance(bytes.span) }

    /// Scans the octets not seen yet for the end of the line.
    private mutating func nextLine(_ bytes: Span<UInt8>) -> Line {
        let index = RequestParser.endOfContent(bytes, from: scanned)
        scanned = index
        guard index < bytes.count else { return .incomplete }
        guard bytes[index] == UInt8(ascii: "\r") else { return .malformed }
        guard index + 1 < bytes.count else { return .incomplete }
        guard bytes[index + 1] == UInt8(ascii: "\n") else { return .malformed }
        let line = lineStart..<index
        scanned = index + 2
        lineStart = scanned
        return .complete(line)
    }

    /// The first octet that is not field content; eight are looked at together.
    private static func endOfContent(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = bytes.bytes
        let end = bytes.count
        var index = start
        while index < end {
            while index + 8 <= end {
                let eight = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                guard !holdsControl(eight) else { break }
                index += 8
            }
            let stop = min(index + 8, end)
            while index < stop {
                guard ByteClass.isFieldContent(bytes[index]) else { return index }
                index += 1
            }
        }
        return index
    }

    /// Whether one of eight octets is below 0x20 or is 0x7F, by the carries of a subtraction in
    /// all lanes at once.
    @inline(__always)
    private static func holdsControl(_ eight: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let delete = eight ^ (ones &* 0x7F)
        let below = (eight &- ones &* 0x20) & ~eight
        let equal = (delete &- ones) & ~delete
        return (below | equal) & (ones &* 0x80) != 0
    }

    /// Rejects a line that is too long before its end has come.
    private func checkUnfinishedLine(_ bytes: Span<UInt8>) throws(Rejection) {
        guard requestLine != nil else {
            guard scanned - lineStart > limits.requestLine else { return }
            throw tooLong(bytes, from: lineStart)
        }
        guard scanned - lineStart <= limits.fieldLine, scanned <= limits.head else {
            throw Rejection(.fieldsTooLarge, "head too large")
        }
    }

    /// Judged by what had come when the limit was passed, however much more there is by now.
    private func tooLong(_ bytes: Span<UInt8>, from start: Int) -> Rejection {
        RequestLine.tooLong(bytes, start..<start + limits.requestLine + 1)
    }

    /// Takes a complete line; gives the head at the empty line.
    private mutating func take(
        _ line: Range<Int>, _ bytes: Span<UInt8>
    ) throws(Rejection) -> RequestHead? {
        guard let requestLine else {
            if line.isEmpty, !skippedEmptyLine {
                skippedEmptyLine = true
                return nil
            }
            guard line.count <= limits.requestLine else {
                throw tooLong(bytes, from: line.lowerBound)
            }
            self.requestLine = try RequestLine(bytes, line, limits)
            fields.start = scanned
            return nil
        }
        guard scanned <= limits.head else { throw Rejection(.fieldsTooLarge, "head too large") }
        if line.isEmpty { return try fields.head(requestLine, bytes, end: line.lowerBound) }
        try fields.take(line, bytes)
        return nil
    }

    private mutating func finish(_ head: RequestHead) -> Step {
        let consumed = scanned
        scanned = 0
        lineStart = 0
        skippedEmptyLine = false
        requestLine = nil
        fields.reset()
        return .head(head, consumed: consumed)
    }
}
