internal import EventLoop
internal import Foundation
internal import HTTP
internal import Synchronization

/// A flag that one thread raises and others see.
final class Flag: Sendable {
    private let raised = Atomic(false)
    var value: Bool { raised.load(ordering: .relaxed) }
    func raise() { raised.store(true, ordering: .relaxed) }
}

/// One thread with its connections and its own instance of the application.
actor Worker {
    let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    nonisolated let settings: ServerSettings
    private let limiter: ConnectionLimiter
    private var handler: (any Handler)?
    private var connections: [Int: Connection] = [:]
    private var nextID = 0
    private var isSweeping = false
    nonisolated let counters = Counters()
    /// This worker's share of all handlers.
    nonisolated let handlerLimit: Int
    /// Raised when the server stops: every further answer closes its connection.
    nonisolated let isStopping = Flag()
    /// Every read of this worker goes through here; connections keep only what they must.
    nonisolated(unsafe) let scratch = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 64 << 10, alignment: 16)  // used only on the worker's thread
    nonisolated let clock = DateLine()
    /// What every answer carries, as lines.
    nonisolated let headers: Headers

    init(_ number: Int, settings: ServerSettings, limiter: ConnectionLimiter) throws {
        loop = try EventLoop(name: "worker-\(number)")
        self.settings = settings
        self.limiter = limiter
        headers = Headers(settings.headers)
        handlerLimit = max(1, settings.handlerLimit / max(1, settings.workers))
    }

    func prepare(_ make: @Sendable (EventLoop) async throws -> any Handler) async throws {
        handler = try await make(loop)
    }

    nonisolated var isCrowded: Bool { limiter.all > settings.fewConnections }

    /// Takes over an accepted socket.
    func adopt(_ descriptor: Int32, peer: String) {
        nextID += 1
        let (id, socket) = (nextID, Socket(descriptor, on: loop))
        let connection = Connection(socket, peer: peer, worker: self)
        connections[id] = connection
        socket.wake = { [weak self] in self?.assumeIsolated { $0.start(id) } }
        start(id)
        if !isSweeping { sweepLater() }
    }

    /// Serves what has come, in a task that ends when there is nothing more.
    private func start(_ id: Int) {
        connections[id]?.task = Task(executorPreference: loop) { await self.serve(id) }
    }

    /// Four times a second, as long as there is a connection: ends what has waited too long.
    private func sweepLater() {
        isSweeping = true
        loop.schedule(after: .milliseconds(250)) { [weak self] in
            self?.assumeIsolated { $0.sweep() }
        }
    }

    private func sweep() {
        isSweeping = false
        let now = loop.now
        for (id, connection) in connections {
            if connection.socket.endsRest(at: now) { start(id) }
            guard connection.expire(at: now) else { continue }
            connection.timeoutAnswer = Task(executorPreference: loop) { await self.sendTimeout(id) }
        }
        if !connections.isEmpty { sweepLater() }
    }

    private func sendTimeout(_ id: Int) async { await connections[id]?.sendTimeout() }

    private func serve(_ id: Int) async {
        guard let connection = connections[id] else { return }
        if let handler, await connection.serve(by: handler), rest(connection) { return }
        connections[id] = nil
        limiter.left(connection.peer)
    }

    private func rest(_ connection: Connection) -> Bool {
        connection.task = nil
        do { try connection.socket.rest() } catch {
            connection.socket.close()
            return false
        }
        return true
    }

    /// Lets what was accepted finish, and says whether it did in time.
    func drain(until deadline: ContinuousClock.Instant) async -> Bool {
        isStopping.raise()
        for connection in connections.values { connection.shortenIdle() }
        while limiter.all > 0, .now < deadline {
            await withCheckedContinuation { continuation in
                loop.schedule(after: .milliseconds(20)) { continuation.resume() }
            }
        }
        let allDone = connections.isEmpty
        for connection in connections.values {
            connection.task?.cancel()
            connection.socket.close()
        }
        return allDone
    }

    deinit { scratch.deallocate() }
}

/// The `Date` line, made once a second.
final class DateLine: Sendable {
    private let last = Mutex<(second: Int, bytes: [UInt8])>((0, []))

    /// The second since 1970, and its 29 octets.
    var now: (second: Int, bytes: [UInt8]) {
        let now = time(nil)
        return last.withLock { last in
            if last.second != now { last = (now, HTTPDate(secondsSinceEpoch: now).bytes) }
            return last
        }
    }
}
