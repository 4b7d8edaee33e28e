internal import EventLoop
internal import Foundation
internal import HTTP

/// A request's body on the wire, read only as fast as the handler asks.
final class IncomingBody: BodySource {
    private unowned let connection: Connection
    private let worker: Worker
    private let limit: Int
    private let head: RequestHead
    private var decoder: BodyDecoder
    private var received = 0
    private var isFinished: Bool
    private var isBroken = false
    private var hasStarted = false
    private var started = ContinuousClock.now

    init(_ head: RequestHead, _ connection: Connection, _ worker: Worker) {
        self.head = head
        self.connection = connection
        self.worker = worker
        limit = worker.settings.bodyLimit(head)
        decoder = BodyDecoder(head.framing, limits: worker.settings.parser)
        isFinished = head.framing.isEmpty
    }

    private var settings: ServerSettings { worker.settings }

    var body: RequestBody {
        switch head.framing {
        case .none: .empty
        case .length(let length): length == 0 ? .empty : .source(self, length: length)
        case .chunked: .source(self, length: nil)
        }
    }

    func next() async throws -> [UInt8]? {
        if isBroken { throw RequestBodyError.cutShort }
        guard !isFinished else { return nil }
        try await start()
        var output: [UInt8] = []
        while output.isEmpty && !isFinished {
            try decode(into: &output)
            if output.isEmpty && !isFinished { try await readMore() }
        }
        received += output.count
        guard received <= limit else {
            isBroken = true
            throw RequestBodyError.tooLarge
        }
        return output.isEmpty ? nil : output
    }

    /// Reads and drops what the handler left, if it is little. False when the connection must be
    /// closed, because the rest would be taken for a request.
    func skipRest() async throws -> Bool {
        if isFinished { return true }
        if isBroken || (head.expectsContinue && !hasStarted) { return false }
        var skipped = 0
        while skipped <= 64 << 10 {
            do {
                guard let chunk = try await next() else { return true }
                skipped += chunk.count
            } catch { return false }
        }
        return false
    }

    private func start() async throws {
        guard !hasStarted else { return }
        hasStarted = true
        started = .now
        connection.socket.deadline = .now + settings.bodyDeadline
        if head.expectsContinue, connection.input.isEmpty {
            try await connection.socket.write(Response.goOn)
        }
    }

    private func decode(into output: inout [UInt8]) throws {
        switch decoder.decode(connection.input, into: &output, room: 256 << 10) {
        case .needMore(let consumed): connection.input.removeFirst(consumed)
        case .finished(let consumed):
            connection.input.removeFirst(consumed)
            isFinished = true
        case .rejected:
            isBroken = true
            throw RequestBodyError.malformed
        }
    }

    private func readMore() async throws {
        let allowance = Duration.milliseconds(received / 20)
        connection.socket.deadline = started + settings.bodyDeadline + allowance
        do {
            guard try await connection.readMore() else {
                isBroken = true
                throw RequestBodyError.cutShort
            }
        } catch ConnectionEnd.tooSlow {
            isBroken = true
            throw RequestBodyError.tooSlow
        }
    }
}
