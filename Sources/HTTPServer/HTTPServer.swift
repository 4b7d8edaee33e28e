internal import CLinux
public import EventLoop
internal import Foundation
public import Logging

/// Our HTTP/1.1 server: a worker per core, each a loop with its connections, one listener.
public final class HTTPServer: Sendable {
    private let settings: ServerSettings
    private let logger: Logger
    private let workers: [Worker]
    private let limiter: ConnectionLimiter
    private let listener: Listener
    private let makeHandler: @Sendable (EventLoop) async throws -> any Handler

    /// Binds, and serves nothing yet. `makeHandler` is called once on each worker and gets its
    /// loop. Throws `ListenError` when the address is taken or is none.
    public convenience init(
        _ settings: ServerSettings, logger: Logger,
        makeHandler: @escaping @Sendable (EventLoop) async throws -> any Handler
    ) throws {
        try self.init(settings, logger: logger, makeHandler: makeHandler) {
            clinux_accept($0, $1, &$2)
        }
    }

    /// `accept` is the system's, but in the test of what happens when that fails.
    init(
        _ settings: ServerSettings, logger: Logger,
        makeHandler: @escaping @Sendable (EventLoop) async throws -> any Handler,
        accept: @escaping Accept
    ) throws {
        var settings = settings
        settings.connectionLimit = min(settings.connectionLimit, Self.connectionsTheSystemBears())
        self.settings = settings
        self.logger = logger
        self.makeHandler = makeHandler
        let limiter = ConnectionLimiter(settings)
        self.limiter = limiter
        workers = try (0..<max(1, settings.workers)).map {
            try Worker($0, settings: settings, limiter: limiter)
        }
        listener = try Listener(
            settings, workers: workers, limiter: limiter, accept: accept)
    }

    /// The port that clients connect to.
    public var port: UInt16 { listener.port }

    /// Asks for as many open files as may be had, and leaves some to the database and the rest.
    /// They must not run out: libdispatch ends the process when it cannot open a file of its own.
    private static func connectionsTheSystemBears() -> Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return max(16, Int(clamping: limit.rlim_cur) - 128)
    }

    /// What was done since the start, and what is held now. From any thread.
    public var counts: ServerCounts {
        var sum = ServerCounts()
        for worker in workers {
            worker.counters.add(to: &sum)
            sum.longestTurn = max(sum.longestTurn, worker.loop.takeLongestTurn())
        }
        sum.connections = limiter.all
        sum.refusedConnections = limiter.refused
        return sum
    }

    /// Whether every worker finishes only what it has accepted. From any thread.
    public var isStopping: Bool { workers.allSatisfy(\.isStopping.value) }

    /// Makes the handlers and begins to accept.
    public func start() async throws {
        for worker in workers { try await worker.prepare(makeHandler) }
        try await listener.start()
        logger.info("listening", metadata: ["port": "\(port)"])
    }

    /// Accepts nothing more, finishes what was accepted, and closes the rest when time is up.
    /// Returns whether everything was finished.
    public func stop(within: Duration) async -> Bool {
        await listener.stop()
        let deadline = ContinuousClock.now + within
        let finished = await withTaskGroup(of: Bool.self) { group in
            for worker in workers { group.addTask { await worker.drain(until: deadline) } }
            return await group.reduce(true) { $0 && $1 }
        }
        logger.info("stopped", metadata: ["finished": "\(finished)"])
        return finished
    }
}
