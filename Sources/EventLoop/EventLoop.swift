internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread that waits: for sockets, for timers, for jobs of Swift's concurrency.
///
/// An actor that names it as its executor runs on its thread, and so does a task that prefers it;
/// a task with both never changes threads. It knows no protocol.
///
/// Unchecked: everything but `inbox` is touched only by its own thread, which `isCurrent` tells
/// and each public function demands.
public final class EventLoop: SerialExecutor, TaskExecutor, @unchecked Sendable {
    struct Inbox {
        var jobs: [UnownedJob] = []
        var isAsleep = false
        var isStopping = false
    }

    let inbox = Mutex(Inbox())
    let poller: Poller
    var timers = TimerQueue()
    private var jobs: [UnownedJob] = []
    private var endings: [() -> Void] = []
    private var turn = ContinuousClock.now
    private let longestTurn = Atomic<Int64>(0)
    private var thread = pthread_t()
    private let hasStarted = Atomic(false)
    private let name: String

    /// Starts the thread. `name` is what a debugger shows, at most 15 bytes.
    /// Throws `EventLoopError` when the system gives no descriptor or thread.
    public init(name: String) throws {
        self.name = name
        poller = try Poller()
        let this = Unmanaged.passRetained(self)
        let made = pthread_create(&thread, nil, runLoop, this.toOpaque())
        guard made == 0 else {
            this.release()
            throw EventLoopError(call: "pthread_create", code: made)
        }
        hasStarted.store(true, ordering: .releasing)
    }

    /// When this turn began: good enough for deadlines, and free. Only on the loop.
    public var now: ContinuousClock.Instant {
        checkIsolated()
        return turn
    }

    /// The longest turn since the last call: for as long a ready socket had to wait. From any
    /// thread.
    public func takeLongestTurn() -> Duration {
        .nanoseconds(longestTurn.exchange(0, ordering: .relaxed))
    }

    /// Whether the caller runs on this loop's thread.
    public var isCurrent: Bool {
        hasStarted.load(ordering: .acquiring) && pthread_equal(pthread_self(), thread) != 0
    }

    /// Asks the thread to end after the jobs it holds, and waits for it unless it is the caller.
    public func stop() {
        let alreadyStopping = inbox.withLock { inbox in
            defer { inbox.isStopping = true }
            return inbox.isStopping
        }
        poller.wake()
        if !alreadyStopping && !isCurrent { pthread_join(thread, nil) }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            jobs.append(job)
            return
        }
        let mustWake = inbox.withLock { inbox in
            inbox.jobs.append(job)
            defer { inbox.isAsleep = false }
            return inbox.isAsleep
        }
        if mustWake { poller.wake() }
    }

    public func checkIsolated() { precondition(isCurrent, "not on this event loop") }

    public func isIsolatingCurrentContext() -> Bool? { isCurrent }

    /// Does something once this turn's jobs and timers are done, before the loop waits: what they
    /// gathered leaves together and at once. Only on the loop.
    public func atEndOfTurn(_ action: @escaping () -> Void) {
        checkIsolated()
        endings.append(action)
    }

    fileprivate func run() {
        clinux_name_thread(name)
        while true {
            runJobs()
            while let timer = timers.takeDue(at: turn) { timer.fire() }
            runEndings()
            guard let wait = prepareToWait(from: endTurn()) else { return }
            let count = poller.wait(milliseconds: wait)
            turn = .now
            poller.report(count)
        }
    }

    private func endTurn() -> ContinuousClock.Instant {
        let end = ContinuousClock.now
        let (seconds, attoseconds) = (end - turn).components
        let took = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        if took > longestTurn.load(ordering: .relaxed) {
            longestTurn.store(took, ordering: .relaxed)
        }
        return end
    }

    private func runEndings() {
        guard !endings.isEmpty else { return }
        let ending = endings
        endings.removeAll(keepingCapacity: true)
        for action in ending { action() }
    }

    /// Runs what was handed over; what these jobs enqueue here waits for the next round, so that
    /// sockets and timers are looked at between.
    private func runJobs() {
        inbox.withLock { inbox in
            jobs.append(contentsOf: inbox.jobs)
            inbox.jobs.removeAll(keepingCapacity: true)
        }
        let batch = jobs
        jobs.removeAll(keepingCapacity: true)
        for job in batch {
            job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }

    /// How long to wait; nil when the loop is to end.
    private func prepareToWait(from now: ContinuousClock.Instant) -> Int32? {
        if !jobs.isEmpty || !endings.isEmpty { return 0 }
        let untilTimer = timers.millisecondsUntilNext(from: now)
        return inbox.withLock { inbox in
            if !inbox.jobs.isEmpty { return 0 }
            if inbox.isStopping { return nil }
            inbox.isAsleep = true
            return untilTimer
        }
    }
}

/// A call to the system that failed, with its `errno`.
public struct EventLoopError: Error, CustomStringConvertible {
    public let call: String
    public let code: Int32

    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}

private func runLoop(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let loop = Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue()
    while !loop.isCurrent { sched_yield() }
    loop.run()
    return nil
}
