import Enrollment
import EventLoop
import Logging
import Procedures
import ServiceLifecycle

/// What works behind the pages: jobs on one loop, letters on another, so that a code does not wait
/// for a job of minutes.
enum Workers {
    static func all(_ wiring: Wiring, _ logger: Logger) throws -> [any Service] {
        [
            WorkService(desk: try JobLoop(wiring, logger)),
            WorkService(desk: try MailLoop(wiring, logger)),
        ]
    }
}

/// Somebody who works until asked to stop, on a loop of their own.
protocol WorkingLoop: _Concurrency.Actor {
    func work() async
    func askToStop()
}

/// A desk as a service.
struct WorkService: Service {
    let desk: any WorkingLoop

    func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await desk.work()
        } onCancelOrGracefulShutdown: {
            Task { await desk.askToStop() }
        }
    }
}

/// Does something again and again, until asked to stop; a failure is logged and tried again a
/// little later. Confined to its loop.
final class WorkLoop {
    private let loop: EventLoop
    private let logger: Logger
    private(set) var isStopping = false

    init(_ loop: EventLoop, _ logger: Logger) {
        self.loop = loop
        self.logger = logger
    }

    func stop() { isStopping = true }

    /// `step` says whether there was anything to do.
    func run(_ step: () async throws -> Bool) async {
        while !isStopping {
            var didSomething = false
            do { didSomething = try await step() } catch {
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

/// Does jobs, and what the clock asks for.
actor JobLoop: WorkingLoop {
    private let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let wiring: Wiring
    private let logger: Logger
    private lazy var again = WorkLoop(loop, logger)
    private var lastMinute: Int64 = 0
    private var lastForgotten: Day?
    private var lastSealed: Int64 = 0
    private var lastSigned: Int64 = 0

    init(_ wiring: Wiring, _ logger: Logger) throws {
        loop = try EventLoop(name: "work")
        self.wiring = wiring
        self.logger = logger
    }

    func askToStop() { again.stop() }

    func work() async {
        let office = wiring.office(on: loop)
        // Progress is told while a job holds its connection, so it has a pool of its own.
        let board = wiring.office(on: loop)
        await again.run {
            let worked = try await office.doOneJob(logger: logger) { job, progress in
                try await board.show(progress, of: job)
            }
            let signed = try await signBadges(office)
            try await seal(office)
            return try await tidyUp(office) || worked || signed
        }
    }

    /// Every second, and without a pause while badges wait; where none does it is one look at an
    /// index.
    private func signBadges(_ office: Office) async throws -> Bool {
        let time = office.now.microseconds / 1_000_000
        guard time != lastSigned else { return false }
        let count = try await office.signBadges()
        if count == 0 { lastSigned = time }
        return count > 0
    }

    /// Every ten seconds; where nothing was written it is one look at an index.
    private func seal(_ office: Office) async throws {
        let time = office.now.microseconds / 10_000_000
        guard time != lastSealed else { return }
        lastSealed = time
        try await office.sealJournal(logger: logger)
    }

    /// Once a minute: a year ends, and a workbook's days are over, without anybody doing anything;
    /// what goes wrong is told; once a day what is past its lifetime is forgotten.
    private func tidyUp(_ office: Office) async throws -> Bool {
        let minute = office.now.microseconds / 60_000_000
        guard minute != lastMinute else { return false }
        _ = try await office.dropOldExports()
        try await office.tellCountedAttempts()
        let count = try await office.closePastYears() + office.tendAmendments()
        guard count == 0 else { return true }
        lastMinute = minute
        try await office.raiseAlarms(logger: logger)
        try await forgetOnceADay(office)
        return false
    }

    /// Also at the start: whoever was stopped in the middle goes on.
    private func forgetOnceADay(_ office: Office) async throws {
        guard lastForgotten != office.today else { return }
        try await office.forgetExpired(by: .worker) { !again.isStopping }
        if !again.isStopping { lastForgotten = office.today }
    }
}
