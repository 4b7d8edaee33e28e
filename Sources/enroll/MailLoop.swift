import EventLoop
import Logging
import Mail
import Procedures
import Store

/// Sends letters: each lane by itself and over a connection of its own, so that no lane waits for
/// another, nor for a mail server that takes its time over one letter.
actor MailLoop: WorkingLoop {
    private let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let wiring: Wiring
    private let logger: Logger
    private let transports: [MailLane: any Transport]
    private lazy var again = WorkLoop(loop, logger)

    init(_ wiring: Wiring, _ logger: Logger) throws {
        loop = try EventLoop(name: "mail")
        self.wiring = wiring
        self.logger = logger
        let (url, authorities) = (
            wiring.configuration.smtpURL, wiring.configuration.smtpAuthorities
        )
        transports = try Dictionary(
            uniqueKeysWithValues: MailLane.allCases.map {
                ($0, try Transports.transport(url, trusting: authorities))
            })
    }

    func askToStop() { again.stop() }

    func work() async {
        await begin()
        await withDiscardingTaskGroup { lanes in
            for lane in MailLane.allCases { lanes.addTask { await self.send(lane) } }
        }
    }

    /// A start is a chance that what was wrong with the mail has been put right.
    private func begin() async {
        let office = wiring.office(on: loop)
        do { try await office.endMailPause() } catch {
            logger.warning("mail not looked at", metadata: ["error": "\(error)"])
        }
        let (url, sender) = (wiring.configuration.smtpURL, wiring.configuration.mailFrom)
        let authorities = wiring.configuration.smtpAuthorities
        let trouble = try? await runBlocking {
            Transports.trouble(with: url, from: sender, trusting: authorities)
        }
        guard let trouble else { return }
        logger.error("mail: \(trouble.sentence(url))")
    }

    private func send(_ lane: MailLane) async {
        guard let transport = transports[lane] else { return }
        let office = wiring.office(on: loop)
        await again.run {
            try await office.deliverLetters(
                by: transport, in: [lane], logger: logger, while: { !again.isStopping }) > 0
        }
    }
}
