extension EventLoop {
    /// What a descriptor is waited for.
    public struct Interest: OptionSet, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let readable = Interest(rawValue: 1)
        public static let writable = Interest(rawValue: 2)
    }

    /// A descriptor that is being waited for. Confined to its loop.
    public final class Watch {
        let file: Int32
        let token: UInt64
        let ready: (Interest) -> Void
        var interest: Interest

        init(file: Int32, token: UInt64, interest: Interest, ready: @escaping (Interest) -> Void) {
            self.file = file
            self.token = token
            self.interest = interest
            self.ready = ready
        }
    }

    /// Calls `ready` on the loop whenever the descriptor can be read or written. Only on the loop.
    /// A hang-up or error is reported as both. Throws `EventLoopError` for a bad descriptor.
    public func watch(
        _ descriptor: Int32, for interest: Interest, _ ready: @escaping (Interest) -> Void
    ) throws -> Watch {
        checkIsolated()
        return try poller.add(descriptor, interest, ready)
    }

    /// Waits for something else from now on. Only on the loop.
    public func change(_ watch: Watch, to interest: Interest) {
        checkIsolated()
        poller.change(watch, to: interest)
    }

    /// Stops waiting; `ready` is not called again, not even for an event already collected. Only on
    /// the loop, and before the descriptor is closed.
    public func cancel(_ watch: Watch) {
        checkIsolated()
        poller.remove(watch)
    }
}
