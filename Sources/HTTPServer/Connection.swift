internal import EventLoop
internal import Foundation
internal import HTTP
internal import Network

/// One client's connection: requests one after another, each answered before the next is read.
final class Connection {
    let socket: Socket
    let peer: String
    private let worker: Worker
    var input: [UInt8] = []
    private var parser: RequestParser
    /// Nothing of a request has been seen: may be closed without loss.
    private(set) var isIdle = true
    private var inFlight: InFlight?
    /// Runs `serve`.
    var task: Task<Void, Never>?
    /// Runs `sendTimeout`.
    var timeoutAnswer: Task<Void, Never>?

    init(_ socket: Socket, peer: String, worker: Worker) {
        self.socket = socket
        self.peer = peer
        self.worker = worker
        parser = RequestParser(limits: worker.settings.parser)
        startWaiting()
    }

    private var settings: ServerSettings { worker.settings }

    /// Serves until the client has nothing more to ask for now, leaves, errs, or is asked to go.
    /// Returns whether it only rests: among many, a task that waits would keep the memory that its
    /// longest request took, ten times what the connection needs.
    func serve(by handler: any Handler) async -> Bool {
        do {
            requests: while true {
                switch try await nextStep() {
                case .answer(let head):
                    guard try await answer(head, by: handler) else { break requests }
                    startWaiting()
                case .rest: return true
                case .end: break requests
                }
            }
            await lingeringClose()
        } catch {}  // the client is gone or too slow: nobody is left to answer
        await timeoutAnswer?.value
        socket.close()
        return false
    }

    private enum Step {
        case answer(RequestHead)
        case rest
        /// The connection is to be closed; a bad head has been answered.
        case end
    }

    private func nextStep() async throws -> Step {
        while true {
            if !input.isEmpty {
                switch parser.advance(input) {
                case .head(let head, let consumed):
                    input.removeFirst(consumed)
                    isIdle = false
                    return .answer(head)
                case .rejected(let rejection):
                    try await refuse(rejection.status)
                    return .end
                case .needMore: startHead()
                }
            }
            switch try socket.take(into: &input, scratch: worker.scratch) {
            case .some: continue
            case .end: return .end
            case .nothingYet:
                if isIdle, worker.isCrowded { return socket.isLate ? .end : .rest }
                guard try await moreOfHead() else { return .end }
            }
        }
    }

    /// Waits for a head or the rest of it; false when it does not come in time.
    private func moreOfHead() async throws -> Bool {
        do {
            try await socket.wait(for: .readable)
            return true
        } catch ConnectionEnd.tooSlow {
            if !isIdle { try await refuse(.requestTimeout) }
            return false
        }
    }

    private func startWaiting() {
        isIdle = true
        if input.isEmpty { input = [] }  // gives the buffer of a large request back
        socket.deadline = socket.now + settings.idleDeadline
        if worker.isStopping.value { shortenIdle() }
    }

    private func startHead() {
        guard isIdle else { return }
        isIdle = false
        socket.deadline = socket.now + settings.headDeadline
    }

    /// The server stops: a request that is on its way is still taken, but not waited for.
    func shortenIdle() {
        guard isIdle else { return }
        socket.deadline = min(socket.deadline, socket.now + .milliseconds(250))
    }

    /// Answers one request. Returns whether the connection may serve another.
    private func answer(_ head: RequestHead, by handler: any Handler) async throws -> Bool {
        if let status = refusal(of: head) {
            try await refuse(status, to: head)
            return false
        }
        let body = IncomingBody(head, self, worker)
        let response = try await respond(to: head, body, by: handler)
        let keepsAlive = body.canSkipRest && !worker.isStopping.value
        let staysOpen = try await ResponseSender(self, worker).send(
            response, to: head, keepsAlive: keepsAlive)
        guard staysOpen else { return false }
        return try await body.skipRest()
    }

    private func respond(
        to head: RequestHead, _ body: IncomingBody, by handler: any Handler
    ) async throws -> Response {
        guard worker.counters.mayHandle(upTo: worker.handlerLimit) else {
            return settings.errorPage(.serviceUnavailable).with(.retryAfter, "1")
        }
        defer { worker.counters.handled() }
        let request = Request(
            head, body: body.body, client: Client(Forwarding.client(of: head, peer, settings)),
            isSecure: Forwarding.isSecure(head, peer, settings),
            isAwaited: { [socket] in socket.isAwaited })
        inFlight = InFlight(head: head, body: body, start: socket.now)
        let response = await handler.respond(to: request)
        guard timeoutAnswer == nil else { throw ConnectionEnd.tooSlow }
        inFlight = nil
        return response
    }

    private func refusal(of head: RequestHead) -> Status? {
        if let authority = head.authority, !settings.answers(for: authority) {
            return .misdirectedRequest
        }
        if case .length(let length) = head.framing, length > settings.bodyLimit(head) {
            return .contentTooLarge
        }
        return nil
    }

    private func refuse(_ status: Status, to head: RequestHead? = nil) async throws {
        let response = settings.errorPage(status)
        _ = try await ResponseSender(self, worker).send(
            response, to: head, keepsAlive: false)
    }

    /// Ends waits whose time is over. Returns true when the handler's is, once.
    func expire(at now: ContinuousClock.Instant) -> Bool {
        socket.expire(at: now)
        guard timeoutAnswer == nil, let inFlight, inFlight.isOver(at: now, settings)
        else { return false }
        inFlight.body.giveUp()
        task?.cancel()
        return true
    }

    /// Answers in place of a handler that took too long. It may go on, but to nobody.
    func sendTimeout() async {
        guard let late = inFlight else { return }
        inFlight = nil
        worker.counters.cameLate()
        let response = settings.errorPage(.serviceUnavailable).with(.retryAfter, "5")
        _ = try? await ResponseSender(self, worker).send(response, to: late.head, keepsAlive: false)
        await lingeringClose()
        socket.close()
    }

    /// Says that nothing more will come, and reads what the client still sends, within bounds, so
    /// that closing does not take our answer away from under it (RFC 9112, section 9.6).
    private func lingeringClose() async {
        socket.finishWriting()
        socket.deadline = socket.now + .seconds(2)
        var (count, rest) = (0, [UInt8]())
        while count < 8 << 20,
            (try? await socket.read(into: &rest, scratch: worker.scratch)) == true
        {
            count += rest.count
            rest.removeAll(keepingCapacity: true)
        }
    }

    /// Lets the body's reader take more from the wire.
    func readMore() async throws -> Bool {
        try await socket.read(into: &input, scratch: worker.scratch)
    }
}

/// A handler at work on a request.
private struct InFlight {
    let head: RequestHead
    let body: IncomingBody
    let start: ContinuousClock.Instant

    /// Waiting for the client's body does not count: that has a deadline of its own. The limit is
    /// looked up only here, a few times a second, and not for every request.
    func isOver(at now: ContinuousClock.Instant, _ settings: ServerSettings) -> Bool {
        guard !body.isWaiting, let limit = settings.handlerDeadline(head) else { return false }
        return start + limit + body.waited <= now
    }
}
