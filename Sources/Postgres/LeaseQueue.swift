internal import EventLoop

/// Connections that one caller holds at a time; who waits longest is served first, and nobody waits
/// longer than the deadline. A caller that holds one gets no second: two such callers could wait
/// for each other until both give up. Confined to its loop.
final class LeaseQueue {
    private let loop: EventLoop
    private let deadline: Duration
    private let waits: PoolWaits
    private let queue: WorkQueue
    /// At least as many as have a turn and no connection yet.
    private var free: [Connection]
    /// The tasks that hold a connection.
    private var holders: [Int?] = []

    init(loop: EventLoop, connections: [Connection], settings: PoolSettings) {
        self.loop = loop
        deadline = settings.leaseDeadline
        waits = settings.waits
        queue = WorkQueue(width: connections.count, places: settings.mostWaiting)
        free = connections
    }

    /// Lends a connection for the length of `body`. Throws `PostgresError.busy` when none is free
    /// in time, when too many wait already, and when the caller holds one; `CancellationError` when
    /// the caller is cancelled while it waits.
    func lend<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let task = withUnsafeCurrentTask { $0?.hashValue }
        guard task == nil || !holders.contains(task) else { throw PostgresError.busy }
        if !queue.tryEnter() { try await wait() }
        let connection = free.removeLast()
        holders.append(task)
        defer {
            if let place = holders.firstIndex(of: task) { holders.remove(at: place) }
            free.append(connection)
            queue.leave()
        }
        return try await body(connection)
    }

    func closeAll() { for connection in free { connection.close() } }

    private func wait() async throws {
        let begin = ContinuousClock.now
        let number = queue.nextNumber()
        let timer = loop.schedule(after: deadline) { [queue] in
            queue.giveUp(number, because: PostgresError.busy)
        }
        defer { timer.cancel() }
        do { try await queue.enter(as: number) } catch is QueueFull {
            throw waits.refused()
        } catch {
            waits.waited(since: begin)
            throw error is CancellationError ? error : waits.refused()
        }
        waits.waited(since: begin)
    }
}
