internal import Synchronization

/// How often and how long callers waited for a connection, and how many were told that none became
/// free; of all the pools whose settings hold it, on whatever loops.
public final class PoolWaits: Sendable {
    private let waits = Atomic(0)
    private let microseconds = Atomic(0)
    private let refusals = Atomic(0)

    public init() {}

    /// Calls that waited, whether or not they got a connection in the end.
    public var count: Int { waits.load(ordering: .relaxed) }

    /// How long they waited, all together.
    public var duration: Duration { .microseconds(microseconds.load(ordering: .relaxed)) }

    /// Calls that were given up with `PostgresError.busy`.
    public var refusedCount: Int { refusals.load(ordering: .relaxed) }

    func waited(since begin: ContinuousClock.Instant) {
        let waited = Int((ContinuousClock.now - begin) / .microseconds(1))
        waits.add(1, ordering: .relaxed)
        microseconds.add(max(0, waited), ordering: .relaxed)
    }

    func refused() -> PostgresError {
        refusals.add(1, ordering: .relaxed)
        return .busy
    }
}
