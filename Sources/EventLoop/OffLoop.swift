internal import Synchronization

/// Runs work that takes longer than a few milliseconds (hashing, parsing a file, drawing) away from
/// the loop, on the global concurrent executor, a few at a time, first come first served; the caller
/// goes on where it was. This is the only way off a loop: a bare `@concurrent` stays on it under the
/// loop's task executor preference.
public func offLoop<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    await gate.enter()
    defer { gate.leave() }
    return try await withTaskExecutorPreference(globalConcurrentExecutor) {
        try await away(work)
    }
}

@concurrent
private func away<Value: Sendable>(_ work: @Sendable () throws -> Value) async throws -> Value {
    try work()
}

/// Bounded, because each piece of work may hold tens of megabytes (a password hash, an upload).
private let gate = Gate(width: 4)

private final class Gate: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(width: Int) { state = Mutex(State(free: width)) }

    func enter() async {
        await withCheckedContinuation { continuation in
            let mayGoOn = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if mayGoOn { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
