internal import EventLoop
internal import Foundation
internal import HTTP

/// Sends one answer: head and small body in one piece, files and streams as the client takes them.
struct ResponseSender {
    private let socket: Socket
    private let worker: Worker

    init(_ connection: Connection, _ worker: Worker) {
        socket = connection.socket
        self.worker = worker
    }

    private var settings: ServerSettings { worker.settings }

    /// Returns whether the connection stays open. A body that fails midway throws, so that the
    /// connection is closed without an end that the client could take for success.
    func send(_ response: Response, to head: RequestHead?, keepsAlive: Bool) async throws -> Bool {
        worker.counters.answered(response.status)
        let (second, date) = worker.clock.now
        if keepsAlive, let head, let fixed = response.fixed, takesWhole(head) {
            let octets = fixed.octets(of: response, with: worker.headers, date: date, at: second)
            allow(octets.count)
            try await socket.write(octets)
            return true
        }
        var response = response
        response.headers.appendMissing(from: worker.headers)
        socket.deadline = socket.now + settings.writeDeadline
        let context =
            head.map { ResponseContext($0, keepsAlive: keepsAlive, date: date) }
            ?? ResponseContext(version: .http11, isHead: false, keepsAlive: false, date: date)
        var output: [UInt8] = []
        output.reserveCapacity(1_024 + inlineCount(response.body))
        let delivery = response.writeHead(to: &output, context)
        guard delivery.transfer != .none else {
            try await socket.write(output)
            return delivery.keepsAlive
        }
        if case .bytes(let bytes) = response.body {
            allow(bytes.count)
            output.append(contentsOf: bytes)
            try await socket.write(output)
        } else {
            try await send(response.body, behind: output, delivery)
        }
        return delivery.keepsAlive
    }

    /// Whether an answer of one piece, made for many, is the one to this request.
    private func takesWhole(_ head: RequestHead) -> Bool {
        head.method == .get && head.version == .http11 && head.keepsAlive
    }

    private func inlineCount(_ body: ResponseBody) -> Int {
        if case .bytes(let bytes) = body { bytes.count } else { 0 }
    }

    private func send(
        _ body: ResponseBody, behind head: [UInt8], _ delivery: Delivery
    ) async throws {
        switch body {
        case .empty, .bytes: try await socket.write(head)
        case .file(let file):
            try await socket.write(head)
            allow(file.length)
            try await send(file)
        case .stream(let length, let produce):
            try await send(produce, length, behind: head, delivery)
        case .pieces(let length, let write):
            try await send({ try await write(0..<length, $0) }, length, behind: head, delivery)
        }
    }

    private func send(
        _ produce: (any BodyWriter) async throws -> Void, _ length: Int?, behind head: [UInt8],
        _ delivery: Delivery
    ) async throws {
        try await socket.write(head)
        let writer = OutgoingBody(
            socket, isChunked: delivery.transfer == .chunked, length: length, settings)
        try await produce(writer)
        try await writer.finish()
    }

    private func send(_ file: FileBody) async throws {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ConnectionEnd.gone }
        defer { close(descriptor) }
        try await socket.write(file: descriptor, offset: file.offset, length: file.length)
    }

    private func allow(_ count: Int) {
        socket.deadline = socket.now + settings.writeDeadline + settings.time(for: count)
    }
}

/// The body of a streamed answer. Each write waits until the client has taken it.
final class OutgoingBody: BodyWriter {
    private let socket: Socket
    private let isChunked: Bool
    private let length: Int?
    private let settings: ServerSettings
    private var written = 0
    /// How long the client was waited for; making the octets does not count.
    private var waited = Duration.zero

    init(_ socket: Socket, isChunked: Bool, length: Int?, _ settings: ServerSettings) {
        self.socket = socket
        self.isChunked = isChunked
        self.length = length
        self.settings = settings
    }

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        written += bytes.count
        if let length, written > length { throw ConnectionEnd.gone }
        guard isChunked else { return try await send(bytes) }
        var chunk: [UInt8] = []
        chunk.reserveCapacity(bytes.count + 16)
        ChunkedEncoder.append(bytes, to: &chunk)
        try await send(chunk)
    }

    /// The deadline is one for the whole body: it moves with what was written, not with each write.
    private func send(_ bytes: [UInt8]) async throws {
        let begin = ContinuousClock.now
        defer { waited += .now - begin }
        let allowance = settings.writeDeadline + settings.time(for: written)
        socket.deadline = begin + allowance - waited
        try await socket.write(bytes)
    }

    func finish() async throws {
        if let length, written < length { throw ConnectionEnd.gone }
        if isChunked { try await send(Array(ChunkedEncoder.end)) }
    }
}
