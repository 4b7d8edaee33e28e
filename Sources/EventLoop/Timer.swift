extension EventLoop {
    /// An action that is due at a time of the monotonic clock. Confined to its loop.
    public final class Timer {
        let due: ContinuousClock.Instant
        private var action: (() -> Void)?

        init(due: ContinuousClock.Instant, action: @escaping () -> Void) {
            self.due = due
            self.action = action
        }

        /// The action is not run, if it has not been.
        public func cancel() { action = nil }

        var isCancelled: Bool { action == nil }

        func fire() {
            let action = action
            self.action = nil
            action?()
        }
    }

    /// Runs `action` on the loop after a while, measured by the monotonic clock. Only on the loop.
    @discardableResult
    public func schedule(after delay: Duration, _ action: @escaping () -> Void) -> Timer {
        checkIsolated()
        let timer = Timer(due: .now + delay, action: action)
        timers.add(timer)
        return timer
    }
}

/// Timers by due time, a binary heap; cancelled ones are dropped when they come up, or when they
/// are the larger part.
struct TimerQueue {
    private var heap: [EventLoop.Timer] = []
    private var sizeAtSweep = 64

    mutating func add(_ timer: EventLoop.Timer) {
        if heap.count >= 2 * sizeAtSweep { sweep() }
        heap.append(timer)
        var child = heap.count - 1
        while child > 0, heap[child].due < heap[(child - 1) / 2].due {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes out the first timer that is due; nil when none is. It is fired by the caller, because
    /// its action may schedule another, which this queue must be free for.
    mutating func takeDue(at now: ContinuousClock.Instant) -> EventLoop.Timer? {
        while let first = heap.first, first.isCancelled || first.due <= now {
            removeFirst()
            if !first.isCancelled { return first }
        }
        return nil
    }

    /// Rounded up, so that the loop does not wake just before; -1 for no timer.
    func millisecondsUntilNext(from now: ContinuousClock.Instant) -> Int32 {
        guard let first = heap.first else { return -1 }
        let (seconds, attoseconds) = (first.due - now).components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
        return Int32(clamping: max(0, milliseconds))
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink(from: 0)
    }

    private mutating func sink(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].due < heap[least].due {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private mutating func sweep() {
        heap = heap.filter { !$0.isCancelled }.sorted { $0.due < $1.due }
        sizeAtSweep = max(64, heap.count)
    }
}
