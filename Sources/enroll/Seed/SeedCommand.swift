import ArgumentParser
import Enrollment
import Procedures
import Store
import Synchronization

struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill a demo with invented people, month by month since April, through the same "
            + "procedures as real ones. Their letters are kept and never sent.")

    @Option(help: "How many people.") var people = 2_000
    @OptionGroup var clock: ClockOption

    func run() async throws {
        let end = try clock.make(try Configuration().clock).now()
        let time = SeedTime(end)
        let wiring = try await Wiring(clock).silent(with: Clock { time.now })
        guard wiring.settings.isDemo else {
            throw Configuration.Fault(description: "this database is not a demo")
        }
        let tables = try SeedTables(home: wiring.configuration.home)
        let people = people
        let done = try await CommandLoop.use { desk in
            let office = wiring.office(on: desk.loop)
            guard try await !office.reading.hasApplications() else { return false }
            try await SeedPlay(office, time, tables, end: end).play(people)
            return true
        }
        say(done ? "" : "there are people already; nothing was done")
    }
}

/// The time of the play, moved by the play alone.
final class SeedTime: Sendable {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    var now: Instant { instant.withLock { $0 } }

    func move(to instant: Instant) { self.instant.withLock { $0 = instant } }
}
