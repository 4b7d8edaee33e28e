import HTTP

/// What becomes of a run of octets: everything a server would learn from it.
struct ReadStore: Equatable, CustomStringConvertible {
    var heads: [RequestHead] = []
    var bodies: [[UInt8]] = []
    var rejection: Rejection?
    var isComplete = true

    var status: Int? { rejection?.status.code }

    var description: String {
        "\(heads.count) heads, bodies \(bodies.map(\.count)), "
            + "rejection \(String(describing: status))"
            + " \(rejection?.reason.description ?? ""), complete \(isComplete)"
    }
}

/// Feeds octets in the given pieces, as a connection would: bodies are taken, pipelined requests
/// are read one behind the other.
struct Wire {
    private var parser: RequestParser
    private var decoder: BodyDecoder?
    private let limits: ParserLimits
    private var buffer: [UInt8] = []
    private(set) var reading = ReadStore()

    init(limits: ParserLimits = .standard) {
        self.limits = limits
        parser = RequestParser(limits: limits)
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
        while reading.rejection == nil, step() {}
        reading.isComplete = buffer.isEmpty && decoder == nil && parser.isIdle
    }

    private mutating func step() -> Bool {
        decoder == nil ? head() : body()
    }

    private mutating func head() -> Bool {
        guard !buffer.isEmpty else { return false }
        switch parser.advance(buffer) {
        case .needMore: return false
        case .rejected(let rejection): reading.rejection = rejection
        case .head(let head, let consumed):
            buffer.removeFirst(consumed)
            reading.heads.append(head)
            reading.bodies.append([])
            if !head.framing.isEmpty { decoder = BodyDecoder(head.framing, limits: limits) }
        }
        return true
    }

    private mutating func body() -> Bool {
        guard var current = decoder else { return false }
        let last = reading.bodies.count - 1
        let step = current.decode(buffer, into: &reading.bodies[last])
        decoder = current
        switch step {
        case .needMore(let consumed):
            buffer.removeFirst(consumed)
            return false
        case .finished(let consumed):
            buffer.removeFirst(consumed)
            decoder = nil
        case .rejected(let rejection): reading.rejection = rejection
        }
        return true
    }
}

func read(_ bytes: [UInt8], limits: ParserLimits = .standard) -> ReadStore {
    var wire = Wire(limits: limits)
    wire.feed(bytes)
    return wire.reading
}

func read(_ text: String, limits: ParserLimits = .standard) -> ReadStore {
    read(Array(text.utf8), limits: limits)
}

/// A GET with these field lines besides `Host`.
func read(fields: String...) -> ReadStore {
    read("GET / HTTP/1.1\r\nHost: h\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
}

/// Feeds the octets in two pieces, split at `index`.
func read(_ bytes: [UInt8], splitAt index: Int, limits: ParserLimits = .standard) -> ReadStore {
    var wire = Wire(limits: limits)
    wire.feed(bytes[..<index])
    wire.feed(bytes[index...])
    return wire.reading
}

/// Feeds the octets one by one.
func drip(_ bytes: [UInt8], limits: ParserLimits = .standard) -> ReadStore {
    var wire = Wire(limits: limits)
    for byte in bytes { wire.feed([byte]) }
    return wire.reading
}

/// Seeded, so that a failure can be had again.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
