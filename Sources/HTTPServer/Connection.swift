internal import EventLoop
internal import Foundation
internal import HTTP

/// One client's connection: requests one after another, each answered before the next is read.
final class Connection {
    let socket: Socket
    let peer: String
    private let worker: Worker
    var input: [UInt8] = []
    private var parser: RequestParser
    /// Nothing of a request has been seen: may be closed without loss.
    private(set) var isIdle = true

    init(_ socket: Socket, peer: String, worker: Worker) {
        self.socket = socket
        self.peer = peer
        self.worker = worker
        parser = RequestParser(limits: worker.settings.parser)
    }

    private var settings: ServerSettings { worker.settings }

    /// Serves until the client leaves, errs, or is asked to go.
    func serve(by handler: any Handler) async {
        do {
            while let head = try await nextHead() {
                guard try await answer(head, by: handler) else { break }
            }
            socket.finishWriting()
            await linger()
        } catch {}  // the client is gone or too slow: nobody is left to answer
        socket.close()
    }

    /// The next head; nil when the connection is to be closed, an answer to a bad head included.
    private func nextHead() async throws -> RequestHead? {
        startWaiting()
        while true {
            if !input.isEmpty {
                switch parser.advance(input) {
                case .head(let head, let consumed):
                    input.removeFirst(consumed)
                    isIdle = false
                    return head
                case .rejected(let rejection):
                    try await refuse(rejection.status)
                    return nil
                case .needMore: startHead()
                }
            }
            do {
                guard try await socket.read(into: &input, scratch: worker.scratch) else {
                    return nil
                }
            } catch ConnectionEnd.tooSlow {
                if !isIdle { try await refuse(.requestTimeout) }
                return nil
            }
        }
    }

    private func startWaiting() {
        isIdle = true
        if input.isEmpty { input = [] }  // gives the buffer of a large request back
        socket.deadline = .now + settings.idleDeadline
    }

    private func startHead() {
        guard isIdle else { return }
        isIdle = false
        socket.deadline = .now + settings.headDeadline
    }

    /// Answers one request. Returns whether the connection may serve another.
    private func answer(_ head: RequestHead, by handler: any Handler) async throws -> Bool {
        if let status = refusal(of: head) {
            try await refuse(status, to: head)
            return false
        }
        let source = IncomingBody(head, self, worker)
        let request = Request(
            head, body: source.body, peer: Forwarding.client(of: head, peer, settings),
            isSecure: Forwarding.isSecure(head, peer, settings))
        let response = await handler.respond(to: request)
        let maySkip = try await source.skipRest()
        let keepsAlive = maySkip && !worker.isStopping.value
        return try await Delivering(self, worker).send(
            response, to: head, keepsAlive: keepsAlive)
    }

    private func refusal(of head: RequestHead) -> Status? {
        if !settings.authorities.isEmpty, let authority = head.authority,
            !settings.authorities.contains(authority),
            !settings.authorities.contains(authority.lowercased())
        {
            return .misdirectedRequest
        }
        if case .length(let length) = head.framing, length > settings.bodyLimit(head) {
            return .contentTooLarge
        }
        return nil
    }

    private func refuse(_ status: Status, to head: RequestHead? = nil) async throws {
        let response = settings.errorPage(status)
        _ = try await Delivering(self, worker).send(
            response, to: head, keepsAlive: false)
    }

    /// Reads what the client still sends, within bounds, so that closing does not take our answer
    /// away from under it (RFC 9112, section 9.6).
    private func linger() async {
        var rest: [UInt8] = []
        socket.deadline = .now + .seconds(2)
        while rest.count < 64 << 10,
            (try? await socket.read(into: &rest, scratch: worker.scratch)) == true
        {}
    }

    /// Lets the body's reader take more from the wire.
    func readMore() async throws -> Bool {
        try await socket.read(into: &input, scratch: worker.scratch)
    }
}
