import ArgumentParser
import Enrollment
import Procedures

struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "記録の点検: whether somebody has changed the journal.",
        discussion: "ops/runbooks/journal.md says how to keep heads elsewhere.",
        subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Recompute every mark, seal and digest of the journal, and say what is not as it "
                + "was written.",
            discussion:
                "Needs the key in ENROLL_KEYS. Exits with 0 and says `the journal is whole`, "
                + "or with 1 and a line for each finding.")

        @Option(help: "A head that was kept elsewhere, as the worker logs it: 1234:9f…")
        var head: String?
        @OptionGroup var clock: ClockOption

        func validate() throws {
            guard head.map({ KeptHead($0) == nil }) ?? false else { return }
            throw ValidationError(
                "--head is a place and 64 hexadecimal digits with a colon between them, as in the "
                    + "line `journal sealed` of the log.")
        }

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let kept = head.flatMap { KeptHead($0) }
            let report = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).verifyJournal(head: kept)
            }
            for sentence in report.sentences(given: kept) { say(sentence) }
            if report.isWell { say("the journal is whole") } else { throw ExitCode(1) }
        }
    }
}
