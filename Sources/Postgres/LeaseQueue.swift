internal import EventLoop

/// Connections that one caller holds at a time; who waits longest is served first, and nobody waits
/// longer than the deadline. Confined to its loop.
final class LeaseQueue {
    /// The connection is laid into the waiter, because a continuation would carry it across
    /// isolations, which it must not cross.
    private final class Waiter {
        var continuation: CheckedContinuation<Void, any Error>?
        var timer: EventLoop.Timer?
        var connection: Connection?
    }

    private let loop: EventLoop
    private let deadline: Duration
    private var free: [Connection]
    private var waiters: [Waiter] = []

    init(loop: EventLoop, connections: [Connection], deadline: Duration) {
        self.loop = loop
        self.deadline = deadline
        free = connections
    }

    /// Lends a connection for the length of `body`. Throws `PostgresError.busy` when none is free in
    /// time.
    func lend<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let connection = try await take()
        defer { giveBack(connection) }
        return try await body(connection)
    }

    func closeAll() { for connection in free { connection.close() } }

    private func take() async throws -> Connection {
        if let connection = free.popLast() { return connection }
        let waiter = Waiter()
        try await withCheckedThrowingContinuation { continuation in
            waiter.continuation = continuation
            waiter.timer = loop.schedule(after: deadline) { [weak self] in self?.giveUp(waiter) }
            waiters.append(waiter)
        }
        guard let connection = waiter.connection else { throw PostgresError.busy }
        return connection
    }

    private func giveBack(_ connection: Connection) {
        guard let first = waiters.first else {
            free.append(connection)
            return
        }
        waiters.removeFirst()
        first.timer?.cancel()
        first.connection = connection
        first.continuation?.resume()
    }

    private func giveUp(_ waiter: Waiter) {
        waiters.removeAll { $0 === waiter }
        waiter.continuation?.resume(throwing: PostgresError.busy)
    }
}
