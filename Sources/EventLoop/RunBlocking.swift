/// Runs work that takes longer than a few milliseconds (parsing a file, drawing) away from the
/// loop, in the queue of `WorkQueue.files`; the caller goes on where it was. This and
/// `WorkQueue.run` are the only ways off a loop: a bare `@concurrent` stays on it under the loop's
/// task executor preference.
public func runBlocking<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await WorkQueue.files.run(work)
}

@concurrent
private func away<Value: Sendable>(_ work: @Sendable () throws -> Value) async throws -> Value {
    try work()
}

extension WorkQueue {
    /// Runs `work` on the global concurrent executor when its turn comes. `owner` is whoever asks:
    /// those who wait are served by turns. Throws `QueueFull` at once where there is no place, and
    /// `CancellationError` when the task is cancelled while it waits, or when `isWanted`, asked
    /// where the caller is, says that nobody waits for the answer any more.
    public func run<Value: Sendable>(
        for owner: String? = nil, isWanted: () -> Bool = { true },
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await enter(owner)
        defer { leave() }
        guard isWanted() else { throw CancellationError() }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await away(work)
        }
    }
}
