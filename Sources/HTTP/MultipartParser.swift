/// Bounds of a `multipart/form-data` body.
public struct MultipartLimits: Sendable, Hashable {
    /// Parts, fields and files together.
    public var parts = 200
    /// The fields of one part, in octets.
    public var partHead = 4 << 10
    /// The values of all plain fields together, in octets.
    public var fields = 1 << 20
    /// All files together, in octets.
    public var files: Int

    public init(files: Int = 20_000_000) { self.files = files }
}

/// What a multipart body brings, in order.
public enum MultipartEvent: Sendable, Hashable {
    case part(PartHead)
    /// The next octets of the part; how they are cut means nothing.
    case content([UInt8])
    case partEnd
}

/// Why a multipart body was refused.
public enum MultipartError: StatusError, Equatable {
    case wrongType, malformed, tooLarge
    case duplicate(String)

    public var status: Status {
        switch self {
        case .wrongType: .unsupportedMediaType
        case .malformed, .duplicate: .badRequest
        case .tooLarge: .contentTooLarge
        }
    }
}

/// Takes `multipart/form-data` apart (RFC 7578, RFC 2046 5.1) however it is split.
///
/// Strict: no preamble, no epilogue but one CRLF, no padding behind a boundary, CRLF only.
public struct MultipartParser: Sendable {
    private enum State {
        case boundary, behindBoundary, head, content, epilogue
    }

    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    private var state = State.boundary
    private var pending: [UInt8] = [0x0D, 0x0A]
    private var position = 0
    private var parts = 0

    /// A parser for the body of this media type.
    ///
    /// - Throws: `MultipartError.wrongType` where it is not `multipart/form-data` with a boundary
    ///   of 1 to 70 permitted characters.
    public init(_ type: MediaType?, limits: MultipartLimits) throws(MultipartError) {
        guard let type, type.essence == "multipart/form-data",
            let boundary = type.parameter("boundary"), MultipartParser.isBoundary(boundary)
        else { throw .wrongType }
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
    }

    /// `boundary` of RFC 2046 5.1.1.
    private static func isBoundary(_ text: String) -> Bool {
        (1...70).contains(text.utf8.count) && text.utf8.last != 0x20
            && text.utf8.allSatisfy { byte in
                ByteClass.isAlphanumeric(byte) || "'()+_,-./:=? ".utf8.contains(byte)
            }
    }

    /// Adds octets; then `next` until it gives nil.
    public mutating func take(_ bytes: [UInt8]) {
        if position > 0 {
            pending.removeSubrange(..<position)
            position = 0
        }
        pending.append(contentsOf: bytes)
    }

    /// Whether the closing boundary has come. A body that ends before it was cut short.
    public var isFinished: Bool { state == .epilogue }

    /// The next event; nil where more octets are needed.
    public mutating func next() throws(MultipartError) -> MultipartEvent? {
        while true {
            switch state {
            case .boundary:
                guard try takeFirstBoundary() else { return nil }
            case .behindBoundary:
                guard try takeBoundaryEnd() else { return nil }
            case .head: return try partHead().map { .part($0) }
            case .content: return content()
            case .epilogue:
                try checkEpilogue()
                return nil
            }
        }
    }

    private var rest: ArraySlice<UInt8> { pending[position...] }

    private mutating func takeFirstBoundary() throws(MultipartError) -> Bool {
        guard delimiter.starts(with: rest.prefix(delimiter.count)) else { throw .malformed }
        guard rest.count >= delimiter.count else { return false }
        position += delimiter.count
        state = .behindBoundary
        return true
    }

    private mutating func takeBoundaryEnd() throws(MultipartError) -> Bool {
        guard rest.count >= 2 else { return false }
        if rest.starts(with: [0x0D, 0x0A]) {
            parts += 1
            guard parts <= limits.parts else { throw .tooLarge }
            state = .head
        } else if rest.starts(with: "--".utf8), parts > 0 {
            state = .epilogue
        } else {
            throw .malformed
        }
        position += 2
        return true
    }

    private mutating func partHead() throws(MultipartError) -> PartHead? {
        guard let length = MultipartParser.headLength(rest) else {
            guard rest.count <= limits.partHead + 3 else { throw .tooLarge }
            return nil
        }
        guard length <= limits.partHead else { throw .tooLarge }
        let head = try PartHead(parsing: Array(rest.prefix(length)))
        position += length + 2
        state = .content
        return head
    }

    /// The octets of the field lines with their line ends, without the empty line.
    private static func headLength(_ rest: ArraySlice<UInt8>) -> Int? {
        var index = rest.startIndex
        while index + 3 < rest.endIndex {
            if rest[index] == 0x0D, rest[index + 1] == 0x0A, rest[index + 2] == 0x0D,
                rest[index + 3] == 0x0A
            {
                return index + 2 - rest.startIndex
            }
            index += 1
        }
        return nil
    }

    /// Everything that cannot be the beginning of a boundary, then the end of the part.
    private mutating func content() -> MultipartEvent? {
        let end = contentEnd()
        guard end == position else {
            let content = Array(pending[position..<end])
            position = end
            return .content(content)
        }
        guard rest.count >= delimiter.count else { return nil }
        position += delimiter.count
        state = .behindBoundary
        return .partEnd
    }

    /// Where a boundary begins, or could begin in the last octets.
    private func contentEnd() -> Int {
        var start = position
        while let candidate = pending[start...].firstIndex(of: 0x0D) {
            let seen = pending[candidate...].prefix(delimiter.count)
            if delimiter.starts(with: seen) { return candidate }
            start = candidate + 1
        }
        return pending.count
    }

    private mutating func checkEpilogue() throws(MultipartError) {
        let lineEnd: [UInt8] = [0x0D, 0x0A]
        guard lineEnd.starts(with: rest) else { throw .malformed }
    }
}
