import ArgumentParser
import Enrollment
import EventLoop
import Foundation
import Logging
import Mail
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
        if withWorker { services.append(try WorkService(wiring, logger)) }
        services.append(site)
        let lastCall = await LastCall.watch(logger)
        defer { lastCall.cancel() }
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
        let lastCall = await LastCall.watch(logger)
        defer { lastCall.cancel() }
        try await ServiceGroup(
            services: [WorkService(wiring, logger)],
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
    private var lastMinute: Int64 = 0

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
                let closed = try await closePastYears(office)
                didSomething = count > 0 || worked || closed
            } catch {
                logger.error("work failed", metadata: ["error": "\(error)"])
                await pause(.seconds(1))
            }
            if !didSomething { await pause(.milliseconds(200)) }
        }
    }

    /// Once a minute: a year ends without anybody doing anything.
    private func closePastYears(_ office: Office) async throws -> Bool {
        let minute = office.now.microseconds / 60_000_000
        guard minute != lastMinute else { return false }
        let count = try await office.closePastYears()
        if count == 0 { lastMinute = minute }
        return count > 0
    }

    private func pause(_ duration: Duration) async {
        await withCheckedContinuation { continuation in
            loop.schedule(after: duration) { continuation.resume() }
        }
    }
}
