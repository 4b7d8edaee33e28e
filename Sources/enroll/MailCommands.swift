import ArgumentParser
import Enrollment
import Foundation
import Procedures
import Store

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Letters that wait or did not arrive.",
        subcommands: [List.self, Retry.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how many letters wait, and which were refused. Names no address.",
            discussion: """
                First the hold, if the mail server takes nothing of ours; then each lane with the \
                letters that wait and how old the oldest is; then, a line each, the letters that \
                were refused: number, kind, state, tries, when written, when tried again, \
                domain, why.
                """)

        @Flag(help: "Those that ended without having arrived, instead of those that wait.")
        var ended = false
        @Option(help: "How many letters to name.") var limit = 50
        @OptionGroup var clock: ClockOption

        func validate() throws {
            guard limit >= 0 else { throw ValidationError("--limit is a count.") }
        }

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (ended, limit) = (ended, limit)
            let lines = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                return try await MailList(
                    office.reading, ended: ended, limit: limit, at: office.now
                )
                .lines
            }
            for line in lines { say(line) }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try letters again now, once what was wrong is put right.")

        @Argument(help: "Numbers of letters as `mail list` names them; none for all that wait.")
        var letters: [Int] = []
        @Flag(help: "Also those that ended without having arrived, except codes.")
        var ended = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (ids, ended) = (letters.isEmpty ? nil : letters, ended || !letters.isEmpty)
            let count = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).retryLetters(
                    ids, ended: ended, by: Operator.actor)
            }
            say("\(count) letters are tried again")
        }
    }
}

/// What `enroll mail list` prints.
private struct MailList {
    let lines: [String]

    init(_ reading: ReadStore, ended: Bool, limit: Int, at now: Instant) async throws {
        let hold = try await reading.mailHold().map {
            "held since \($0.since): \($0.why); tried again at \($0.until)"
        }
        let lanes = try await reading.waitingLanes().map { lane in
            let age = lane.oldest.map { "oldest \($0.seconds(until: now)) s" } ?? "none"
            return "\(lane.lane.rawValue)\t\(lane.count) waiting\t\(age)"
        }
        let letters = try await reading.lettersInTrouble(ended: ended, limit: limit).map {
            "\($0.id)\t\($0.letter.rawValue)\t\($0.state.rawValue)\t\($0.attempts) tries\t"
                + "\($0.createdAt)\t\(ended ? "-" : $0.sendAt.description)\t"
                + "\($0.domain)\t\($0.failure)"
        }
        lines = (hold.map { [$0] } ?? []) + lanes + letters
    }
}

extension Instant {
    /// Whole seconds from here to a later moment.
    func seconds(until later: Instant) -> Int {
        Int((later.microseconds - microseconds) / 1_000_000)
    }
}
