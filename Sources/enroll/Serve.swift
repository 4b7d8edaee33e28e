import ArgumentParser
import Foundation
import Logging
import Procedures
import ServiceLifecycle
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the web pages.")

    @Flag(help: "Do the background work in the same process.") var withWorker = false
    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock)
        let logger = Log.make(wiring.configuration.logLevel)
        let site = try SiteService(wiring, logger)
        // Stopped from the last to the first: clients before work, and whoever watches at the end.
        var services: [any Service] = []
        if let listen = wiring.configuration.operatorListen {
            services.append(try OperatorService(listen, wiring, site, logger))
        }
        if withWorker { services += try Workers.all(wiring, logger) }
        services.append(site)
        let shutdownGuard = await ShutdownGuard.watch(logger)
        defer { shutdownGuard.cancel() }
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
        let shutdownGuard = await ShutdownGuard.watch(logger)
        defer { shutdownGuard.cancel() }
        try await ServiceGroup(
            services: Workers.all(wiring, logger),
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
        ).run()
    }
}

enum Log {
    /// To standard error; standard output belongs to what scripts read.
    static func make(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "enroll") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }

    /// The security log goes there too, whatever the level: a line each, written at once.
    static let security = SecurityLog { line in
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
