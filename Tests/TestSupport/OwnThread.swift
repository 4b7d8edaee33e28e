internal import Foundation

/// Runs what waits (another program, mostly) on a thread of its own: the threads on which all other
/// suites go on are as few as the cores, and whoever stops on one stops them all.
public func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { done in
        Thread.detachNewThread { done.resume(with: Result { try work() }) }
    }
}
