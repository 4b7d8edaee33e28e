/// The chunked coding (RFC 9112 7.1) as an automaton over octets: a split anywhere changes
/// nothing. Line ends are CRLF only, also in extensions and trailers.
struct ChunkedDecoder: Sendable {
    private enum State: Sendable {
        case size, sizeDigits
        case chunkExtension
        case sizeLineFeed
        case content
        case contentReturn, contentLineFeed
        case trailerStart
        case trailerName, trailerValue, trailerLineFeed
        case finalLineFeed
        case finished
        case failed(Rejection)
    }

    private let limits: ParserLimits
    private var state = State.size
    private var left = 0
    private var digits = 0
    private var lineLength = 0
    private var extensionLength = 0
    private var extensionsLength = 0
    private var trailerLength = 0
    private var trailerCount = 0
    private var grammar = ChunkExtensionGrammar()

    /// What is left of the chunk that has been begun.
    var announced: Int { if case .content = state { left } else { 0 } }

    init(limits: ParserLimits) { self.limits = limits }

    mutating func decode(
        _ bytes: Span<UInt8>, into output: inout [UInt8], room: Int
    ) -> BodyDecoder.Step {
        var index = 0
        var room = room
        while true {
            switch state {
            case .finished: return .finished(consumed: index)
            case .failed(let rejection): return .rejected(rejection)
            case .content:
                let taken = Swift.min(left, bytes.count - index, room)
                output.append(bytes, index..<(index + taken))
                index += taken
                left -= taken
                room -= taken
                guard left == 0 else { return .needMore(consumed: index) }
                state = .contentReturn
            default:
                guard index < bytes.count else { return .needMore(consumed: index) }
                state = next(bytes[index])
                index += 1
            }
        }
    }

    private mutating func next(_ byte: UInt8) -> State {
        switch state {
        case .size, .sizeDigits, .chunkExtension, .sizeLineFeed: sizeLine(byte)
        case .contentReturn: byte == 0x0D ? .contentLineFeed : malformed("chunk too long")
        case .contentLineFeed: byte == 0x0A ? .size : malformed("bare CR")
        case .trailerStart, .trailerName, .trailerValue, .trailerLineFeed: trailer(byte)
        case .finalLineFeed: byte == 0x0A ? .finished : malformed("bare CR")
        case .content, .finished, .failed: state
        }
    }

    /// `1*HEXDIG [ chunk-ext ] CRLF`, at most 15 digits.
    private mutating func sizeLine(_ byte: UInt8) -> State {
        lineLength += 1
        guard lineLength <= limits.chunkLine else { return malformed("chunk line too long") }
        switch state {
        case .size, .sizeDigits:
            if let value = ByteClass.hexadecimal(byte) { return digit(value) }
            guard case .sizeDigits = state else { return malformed("no chunk size") }
            return byte == 0x0D ? .sizeLineFeed : extended(byte)
        case .chunkExtension:
            guard byte == 0x0D else { return extended(byte) }
            return grammar.isComplete ? .sizeLineFeed : malformed("malformed chunk extension")
        default:
            return byte == 0x0A ? content() : malformed("bare CR")
        }
    }

    private mutating func digit(_ value: UInt8) -> State {
        digits += 1
        guard digits <= 15 else { return malformed("chunk size too large") }
        left = left << 4 | Int(value)
        return .sizeDigits
    }

    private mutating func extended(_ byte: UInt8) -> State {
        extensionLength += 1
        extensionsLength += 1
        guard extensionLength <= limits.chunkExtension,
            extensionsLength <= limits.chunkExtensions
        else { return malformed("chunk extensions too long") }
        return grammar.take(byte) ? .chunkExtension : malformed("malformed chunk extension")
    }

    private mutating func content() -> State {
        digits = 0
        lineLength = 0
        extensionLength = 0
        grammar = ChunkExtensionGrammar()
        return left == 0 ? .trailerStart : .content
    }

    /// Trailers are checked like fields and dropped: never merged into the head (RFC 9110 6.5.1).
    private mutating func trailer(_ byte: UInt8) -> State {
        trailerLength += 1
        guard trailerLength <= limits.trailers else { return tooLarge() }
        switch state {
        case .trailerStart:
            if byte == 0x0D { return .finalLineFeed }
            trailerCount += 1
            guard trailerCount <= limits.trailerFields else { return tooLarge() }
            return ByteClass.isToken(byte) ? .trailerName : malformed("malformed trailer")
        case .trailerName:
            if byte == UInt8(ascii: ":") { return .trailerValue }
            return ByteClass.isToken(byte) ? .trailerName : malformed("malformed trailer")
        case .trailerValue:
            if byte == 0x0D { return .trailerLineFeed }
            return ByteClass.isFieldContent(byte) ? .trailerValue : malformed("control octet")
        default:
            return byte == 0x0A ? .trailerStart : malformed("bare CR")
        }
    }

    private func malformed(_ reason: StaticString) -> State {
        .failed(Rejection(.badRequest, reason))
    }

    private func tooLarge() -> State {
        .failed(Rejection(.fieldsTooLarge, "trailers too large"))
    }
}
