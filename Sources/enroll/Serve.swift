import ArgumentParser
import EventLoop
import Foundation
import HTTP
import HTTPServer
import Logging
import Mail
import Procedures
import ServiceLifecycle
import UnixSignals
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the web pages.")

    @Flag(help: "Do the background work in the same process.") var withWorker = false
    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock)
        let logger = Log.make(wiring.configuration.logLevel)
        var services: [any Service] = [try SiteService(wiring, logger)]
        if withWorker { services.append(try WorkService(wiring, logger)) }
        try await ServiceGroup(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
        ).run()
    }
}

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do the background work: letters and jobs.")

    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock)
        let logger = Log.make(wiring.configuration.logLevel)
        try await ServiceGroup(
            services: [WorkService(wiring, logger)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
        ).run()
    }
}

enum Log {
    /// To standard error; standard output belongs to what scripts read.
    static func make(_ level: String) -> Logger {
        var logger = Logger(label: "enroll") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }
}

/// The site of one worker behind the server's protocol.
final class SiteHandler: Handler {
    private let site: Site

    init(_ site: Site) { self.site = site }

    func respond(to request: Request) async -> Response { await site.respond(to: request) }
}

/// The web server as a service that is started and asked to stop.
struct SiteService: Service {
    private let server: HTTPServer
    private let url: String

    init(_ wiring: Wiring, _ logger: Logger) throws {
        let configuration = wiring.configuration
        var settings = ServerSettings()
        settings.host = configuration.listenHost
        settings.port = configuration.listenPort
        settings.workers = ProcessInfo.processInfo.activeProcessorCount
        settings.trustedProxies = configuration.trustedProxies
        settings.headers = SecurityHeaders.all(isSecure: configuration.isSecure)
        settings.authorities = Self.authorities(configuration)
        settings.bodyLimit = { Site.bodyLimit(path: $0.target.path) }
        let words = wiring.settings
        settings.errorPage = { Site.refused($0, under: words) }
        let isSecure = configuration.isSecure
        server = try HTTPServer(settings, logger: logger) { loop in
            SiteHandler(
                Site(wiring.office(on: loop, for: .pages), isSecure: isSecure) { reference, error in
                    logger.error(
                        "request failed",
                        metadata: ["reference": "\(reference)", "error": "\(error)"])
                })
        }
        url = "http://\(configuration.listenHost):\(server.port)"
    }

    func run() async throws {
        try await server.start()
        say("ready: \(url)")
        try? await gracefulShutdown()
        _ = await server.stop(within: .seconds(10))
    }

    /// The public address and the one we listen on.
    private static func authorities(_ configuration: Configuration) -> Set<String> {
        let listen = "\(configuration.listenHost):\(configuration.listenPort)"
        let own = configuration.publicURL.split(separator: "/").last.map(String.init) ?? listen
        return [own.lowercased(), listen, "localhost:\(configuration.listenPort)"]
    }
}

/// The background worker as a service.
struct WorkService: Service {
    private let desk: WorkDesk

    init(_ wiring: Wiring, _ logger: Logger) throws { desk = try WorkDesk(wiring, logger) }

    func run() async throws {
        try? await withTaskCancellationOrGracefulShutdownHandler {
            try await desk.run()
        } onCancelOrGracefulShutdown: {
            desk.stop()
        }
    }
}

/// The worker's own loop and office.
actor WorkDesk {
    private let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let wiring: Wiring
    private let logger: Logger
    private let transport: any Transport
    private var isStopping = false

    init(_ wiring: Wiring, _ logger: Logger) throws {
        loop = try EventLoop(name: "work")
        self.wiring = wiring
        self.logger = logger
        transport = try Transports.transport(wiring.configuration.smtpURL)
    }

    nonisolated func stop() { Task { await self.askToStop() } }

    private func askToStop() { isStopping = true }

    /// Looks for work until asked to stop; a failure is logged and tried again a little later.
    func run() async throws {
        let office = wiring.office(on: loop)
        // Progress is told while a job holds its connection, so it has a pool of its own.
        let board = wiring.office(on: loop)
        while !isStopping {
            var didSomething = false
            do {
                let count = try await office.deliverLetters(by: transport, logger: logger)
                let worked = try await office.doOneJob(logger: logger) { job, progress in
                    try await board.show(progress, of: job)
                }
                didSomething = count > 0 || worked
            } catch {
                logger.error("work failed", metadata: ["error": "\(error)"])
                await pause(.seconds(1))
            }
            if !didSomething { await pause(.milliseconds(200)) }
        }
    }

    private func pause(_ duration: Duration) async {
        await withCheckedContinuation { continuation in
            loop.schedule(after: duration) { continuation.resume() }
        }
    }
}
