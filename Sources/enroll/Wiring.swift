import ArgumentParser
import Enrollment
import EventLoop
import Foundation
import Logging
import Postgres
import Procedures
import Secrets
import Store
import Web
import Words

/// `--clock`: time goes on from there, for a demo or a rehearsal.
struct ClockOption: ParsableArguments {
    @Option(help: "Time goes on from this instant (ISO 8601 with offset); demo and rehearsal only.")
    var clock: String?

    /// The clock of a command or server that starts now: as typed, else that of the server that
    /// runs, which is said on standard error, else the machine's.
    func make(_ shared: SharedClock?) throws -> Clock {
        if let clock { return Clock(from: try Self.instant(clock), at: Clock.system.now()) }
        guard let shared else { return .system }
        let clock = shared.clock
        warn("It is \(clock.now()), as for the server that runs with --clock.")
        return clock
    }

    /// What was typed; the seconds may be left out.
    static func instant(_ typed: String) throws -> Instant {
        let withSeconds = String(typed.prefix(16) + ":00" + typed.dropFirst(16))
        guard let instant = Instant(typed) ?? Instant(withSeconds) else {
            throw Configuration.Fault(
                description: "--clock is an instant with its offset, such as "
                    + "2027-04-01T00:00:00+09:00; not \(typed)")
        }
        return instant
    }
}

/// Where the time of a server goes on from, as `ops/run` notes it: an instant, and the second of
/// the machine's clock (since 1970) at which it was that, behind a `/`.
struct SharedClock {
    private let start: Instant
    private let began: Instant

    init(_ text: String) throws {
        let parts = text.split(separator: "/").map(String.init)
        guard parts.count == 2, let second = Int64(parts[1]) else {
            throw Configuration.Fault(
                description: "ENROLL_CLOCK is an instant, a / and a second since 1970: \(text)")
        }
        start = try ClockOption.instant(parts[0])
        began = Instant(microseconds: second * 1_000_000)
    }

    var clock: Clock { Clock(from: start, at: began) }
}

extension Clock {
    /// Time goes on from `start`, which it was when the machine's clock said `began`.
    init(from start: Instant, at began: Instant) {
        self.init {
            Instant(
                microseconds: start.microseconds + Clock.system.now().microseconds
                    - began.microseconds)
        }
    }

    /// The machine's.
    static let system = Clock {
        Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}

/// Makes an office on a loop.
struct Wiring: Sendable {
    let configuration: Configuration
    let clock: Clock
    let settings: OfficeSettings
    let waits = DatabaseWaits()
    /// The login with which offices work, and what for.
    private let connection: String
    private let use: DatabaseUse
    /// Settings without which the service has no name; only where it may be so.
    let missingNames: [String]

    /// What sets up or looks after an installation goes without the names by which people know it
    /// (`needsNames`): they may be what is still to be loaded. `asOwner` is for what changes tables
    /// and lists.
    init(_ clock: ClockOption, needsNames: Bool = true, asOwner: Bool = false) async throws {
        let configuration = try Configuration()
        self.configuration = configuration
        connection = asOwner ? configuration.databaseOwner : configuration.database
        use = asOwner ? .setUp : .work
        self.clock = try clock.make(configuration.clock)
        let key = try KeyFile.load("session.key", in: configuration.keys)
        let found = try await Self.installation(
            configuration, use, connection, key, self.clock)
        let isMoved = clock.clock != nil || configuration.clock != nil
        if isMoved, found.kind == .production {
            throw Configuration.Fault(description: "--clock is only for a demo or a rehearsal")
        }
        if needsNames { try found.demandNames(configuration) }
        missingNames = found.missing(configuration)
        var settings = OfficeSettings(
            service: found.words(configuration), links: Links(siteAt: configuration.publicURL),
            isDemo: found.kind == .demo, key: key, mailFrom: configuration.mailFrom)
        settings.journalKey = try KeyFile.load("journal.key", in: configuration.keys)
        settings.secondFactorKey = try KeyFile.load(
            "second-factor.key", in: configuration.keys)
        settings.secondFactor =
            configuration.secondFactor ?? (found.kind == .demo ? .off : .required)
        settings.secondOfficer =
            configuration.secondOfficer ?? (found.kind == .demo ? .off : .usual)
        if found.kind == .demo || configuration.isPublic {
            settings.signingKeys = SigningKeys(in: configuration.keys)
        }
        settings.limits = configuration.limits
        settings.securityLog = Log.security
        settings.layouts = try Layouts.all(in: configuration.home + "/Exports/ministry")
        self.settings = settings
    }

    private init(_ other: Wiring, _ clock: Clock, _ settings: OfficeSettings) {
        configuration = other.configuration
        connection = other.connection
        use = other.use
        missingNames = other.missingNames
        self.clock = clock
        self.settings = settings
    }

    /// The same with another clock and with letters that are kept and not sent.
    func silent(with clock: Clock) -> Wiring {
        var settings = settings
        settings.sendsLetters = false
        settings.secondOfficer = .off
        return Wiring(self, clock, settings)
    }

    /// An office whose database lives on `loop`, with the time-outs of what it is for. Only on that
    /// loop.
    func office(on loop: EventLoop, for use: DatabaseUse? = nil) -> Office {
        Self.office(
            on: loop, (use ?? self.use).pools(connection, waits), settings, clock)
    }

    private static func office(
        on loop: EventLoop, _ pools: (writing: PoolSettings, reading: PoolSettings),
        _ settings: OfficeSettings, _ clock: Clock
    ) -> Office {
        Office(
            database: PooledDatabase(on: loop, pools.writing),
            reader: PooledDatabase(on: loop, pools.reading), settings: settings, clock: clock,
            random: .system)
    }

    private static func installation(
        _ configuration: Configuration, _ use: DatabaseUse, _ connection: String,
        _ key: SecretKey, _ clock: Clock
    ) async throws -> FoundInstallation {
        try await CommandLoop.use { desk in
            let nobody = ServiceWords(issuer: "", phone: "", url: configuration.publicURL)
            let settings = OfficeSettings(
                service: nobody, links: Links(siteAt: configuration.publicURL), isDemo: false,
                key: key, mailFrom: configuration.mailFrom)
            return try await office(
                on: desk.loop, use.pools(connection, DatabaseWaits()), settings, clock
            ).found()
        }
    }
}

/// A loop for a command that runs and ends.
actor CommandLoop {
    let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private init() throws { loop = try EventLoop(name: "desk") }

    private func run<Value: Sendable>(
        _ body: @Sendable (isolated CommandLoop) async throws -> Value
    ) async throws -> Value { try await body(self) }

    /// Runs `body` on a loop of its own.
    static func use<Value: Sendable>(
        _ body: @Sendable (isolated CommandLoop) async throws -> Value
    ) async throws -> Value {
        let desk = try CommandLoop()
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await desk.run(body)) } catch { outcome = .failure(error) }
        desk.loop.stop()
        return try outcome.get()
    }
}
