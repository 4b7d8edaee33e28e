/// A read on its way: asked once, answered once, whichever connection answers first. Confined to
/// its loop.
final class ReadCall {
    let sql: SQL
    /// When nobody waits for it any more.
    let deadline: ContinuousClock.Instant
    /// Since when it waits for a connection; nil before and after.
    var waitsSince: ContinuousClock.Instant?
    /// How often it was sent.
    var sentCount = 0
    private var continuation: CheckedContinuation<QueryResult, any Error>?

    init(
        _ sql: SQL, deadline: ContinuousClock.Instant,
        _ continuation: CheckedContinuation<QueryResult, any Error>
    ) {
        self.sql = sql
        self.deadline = deadline
        self.continuation = continuation
    }

    var isOver: Bool { continuation == nil }

    func finish(_ outcome: Result<QueryResult, any Error>) {
        continuation?.resume(with: outcome)
        continuation = nil
    }

    func fail(_ error: any Error) { finish(.failure(error)) }
}
