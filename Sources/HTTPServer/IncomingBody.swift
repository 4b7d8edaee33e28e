internal import EventLoop
internal import Foundation
internal import HTTP

/// A request's body on the wire, read only as fast as the handler asks.
final class IncomingBody: BodySource {
    /// What is read and dropped of a body that the handler left; more closes the connection.
    private static let skipLimit = 64 << 10

    private unowned let connection: Connection
    private let worker: Worker
    private let limit: Int
    private let head: RequestHead
    private var decoder: BodyDecoder
    private var received = 0
    private var isFinished: Bool
    private var isBroken = false
    private var hasStarted = false
    private var started: ContinuousClock.Instant
    /// The client is being waited for.
    private(set) var isWaiting = false
    /// For how long it was, in all.
    private(set) var waited = Duration.zero

    init(_ head: RequestHead, _ connection: Connection, _ worker: Worker) {
        self.head = head
        self.connection = connection
        self.worker = worker
        limit = worker.settings.bodyLimit(head)
        decoder = BodyDecoder(head.framing, limits: worker.settings.parser)
        isFinished = head.framing.isEmpty
        started = connection.socket.now
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

    /// Whether what the handler left may be read and dropped, as far as can be known beforehand. If
    /// not, the connection must be closed: the rest would be taken for a request.
    var canSkipRest: Bool {
        if isBroken { return false }
        if isFinished { return true }
        if head.expectsContinue && !hasStarted { return false }
        var (ahead, seen) = (decoder, [UInt8]())
        switch ahead.decode(connection.input, into: &seen, room: Self.skipLimit + 1) {
        case .finished: return seen.count <= Self.skipLimit
        case .needMore: return seen.count + ahead.announced <= Self.skipLimit
        case .rejected: return false
        }
    }

    /// Reads and drops what the handler left, if it is little. False when the connection must be
    /// closed after all.
    func skipRest() async throws -> Bool {
        var skipped = 0
        while !isFinished, skipped <= Self.skipLimit {
            do {
                guard let chunk = try await next() else { return true }
                skipped += chunk.count
            } catch { return false }
        }
        return isFinished
    }

    /// Nothing is read any more.
    func giveUp() { isBroken = true }

    private func start() async throws {
        guard !hasStarted else { return }
        hasStarted = true
        started = connection.socket.now
        if head.expectsContinue, connection.input.isEmpty {
            connection.socket.deadline = started + settings.writeDeadline
            try await connection.socket.write(Response.goOn)
        }
    }

    private func decode(into output: inout [UInt8]) throws {
        switch decoder.decode(connection.input, into: &output, room: 256 << 10) {
        case .needMore(let consumed): connection.input.removeFirst(consumed)
        case .finished(let consumed):
            connection.input.removeFirst(consumed)
            isFinished = true
        case .rejected(let rejection):
            isBroken = true
            throw rejection
        }
    }

    private func readMore() async throws {
        let begin = ContinuousClock.now
        isWaiting = true
        defer {
            isWaiting = false
            waited += .now - begin
        }
        let allowance = settings.bodyDeadline + settings.time(for: received)
        connection.socket.deadline = started + allowance
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
