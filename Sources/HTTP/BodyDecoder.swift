/// Takes a request's body off the wire, by length or chunked (RFC 9112 6 and 7.1).
public struct BodyDecoder: Sendable {
    public enum Step: Sendable, Equatable {
        /// How many octets were taken; what they held has been appended to the output.
        case needMore(consumed: Int)
        /// The body is complete; what follows belongs to the next request.
        case finished(consumed: Int)
        /// Answer with this status and close.
        case rejected(Rejection)
    }

    private enum State: Sendable {
        case length(Int)
        case chunked(ChunkedDecoder)
    }

    private var state: State

    public init(_ framing: Framing, limits: ParserLimits = .standard) {
        switch framing {
        case .none: state = .length(0)
        case .length(let length): state = .length(length)
        case .chunked: state = .chunked(ChunkedDecoder(limits: limits))
        }
    }

    /// How many octets are known to come yet: all of a length, the rest of a chunk.
    public var announced: Int {
        switch state {
        case .length(let left): left
        case .chunked(let decoder): decoder.announced
        }
    }

    /// Takes octets and appends the decoded ones to `output`, at most `room` of them, so that a
    /// reader that is behind pushes back. Octets not consumed must be given again.
    public mutating func decode(
        _ bytes: Span<UInt8>, into output: inout [UInt8], room: Int = .max
    ) -> Step {
        switch state {
        case .length(let left):
            let taken = Swift.min(left, bytes.count, room)
            output.append(bytes, 0..<taken)
            state = .length(left - taken)
            return left == taken ? .finished(consumed: taken) : .needMore(consumed: taken)
        case .chunked(var decoder):
            let step = decoder.decode(bytes, into: &output, room: room)
            state = .chunked(decoder)
            return step
        }
    }

    public mutating func decode(
        _ bytes: [UInt8], into output: inout [UInt8], room: Int = .max
    ) -> Step {
        decode(bytes.span, into: &output, room: room)
    }
}

extension [UInt8] {
    mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0[range]) }
    }
}
