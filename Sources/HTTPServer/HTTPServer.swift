public import EventLoop
internal import Foundation
public import Logging

/// Our HTTP/1.1 server: a worker per core, each a loop with its connections, one listener.
public final class HTTPServer: Sendable {
    private let settings: ServerSettings
    private let logger: Logger
    private let workers: [Worker]
    private let listener: Listener
    private let makeHandler: @Sendable (EventLoop) async throws -> any Handler

    /// Binds, and serves nothing yet. `makeHandler` is called once on each worker and gets its loop.
    /// Throws `ListenError` when the address is taken or is none.
    public init(
        _ settings: ServerSettings, logger: Logger,
        makeHandler: @escaping @Sendable (EventLoop) async throws -> any Handler
    ) throws {
        self.settings = settings
        self.logger = logger
        self.makeHandler = makeHandler
        let census = Census(settings)
        workers = try (0..<max(1, settings.workers)).map {
            try Worker($0, settings: settings, census: census)
        }
        listener = try Listener(settings, workers: workers, census: census)
    }

    /// The port that clients connect to.
    public var port: UInt16 { listener.port }

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
