internal import EventLoop

/// Connections that one caller holds at a time; who waits longest is served first, and nobody waits
/// longer than the deadline. A caller that holds one gets no second: two such callers could wait for
/// each other until both give up. Confined to its loop.
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
    private let mostWaiting: Int
    private let waits: PoolWaits
    private var free: [Connection]
    private var waiters: [Waiter] = []
    /// The tasks that hold a connection.
    private var holders: [Int?] = []

    init(loop: EventLoop, connections: [Connection], settings: PoolSettings) {
        self.loop = loop
        deadline = settings.leaseDeadline
        mostWaiting = settings.mostWaiting
        waits = settings.waits
        free = connections
    }

    /// Lends a connection for the length of `body`. Throws `PostgresError.busy` when none is free in
    /// time, when too many wait already, and when the caller holds one.
    func lend<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let task = withUnsafeCurrentTask { $0?.hashValue }
        guard task == nil || !holders.contains(task) else { throw PostgresError.busy }
        let connection = try await take()
        holders.append(task)
        defer {
            if let place = holders.firstIndex(of: task) { holders.remove(at: place) }
            giveBack(connection)
        }
        return try await body(connection)
    }

    func closeAll() { for connection in free { connection.close() } }

    private func take() async throws -> Connection {
        if let connection = free.popLast() { return connection }
        guard waiters.count < mostWaiting else { throw waits.refused() }
        let (waiter, begin) = (Waiter(), ContinuousClock.now)
        defer { waits.waited(since: begin) }
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
        waiter.continuation?.resume(throwing: waits.refused())
    }
}
