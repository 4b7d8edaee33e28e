import ArgumentParser
import Enrollment
import Procedures
import Store

/// Which requirements a command means.
struct RequirementOptions: ParsableArguments {
    @Argument(help: "The video's number in its year: 3 for 動画3.") var slot: Int
    @Option(help: "The year, by the calendar year of its 1 April.") var fiscalYear: Int
    @Option(help: "Only of this kind: promoter or caller.") var kind: String?
    @Option(help: "Only of this category, such as national_project.") var category: String?

    func choice() throws -> RequirementChoice {
        RequirementChoice(
            year: FiscalYear(startYear: fiscalYear), slot: slot,
            kind: try kind.map { try Self.code($0, "--kind") },
            category: try category.map { try Self.code($0, "--category") })
    }

    private static func code<Code: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ option: String
    ) throws -> Code {
        if let code = Code(rawValue: text) { return code }
        let known = Code.allCases.map(\.rawValue).joined(separator: ", ")
        throw Configuration.Fault(description: "\(option) is one of \(known): \(text)")
    }
}

struct VideoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "video", abstract: "The videos that a fiscal year requires.",
        subcommands: [List.self, Withdraw.self, Restore.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which videos are required of whom, and what was withdrawn.")

        @Option(help: "The year, by the calendar year of its 1 April.") var fiscalYear: Int
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let year = FiscalYear(startYear: fiscalYear)
            let videos = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).requiredVideos(in: year)
            }
            for entry in videos {
                say("\(entry.video.slot)\t\(entry.video.code)\t\(entry.video.title)")
                for one in entry.requirements {
                    let until = one.withdrawnFrom.map { "\twithdrawn from \($0)" } ?? ""
                    say("\t\(one.kind.rawValue)\t\(one.category.rawValue)\(until)")
                }
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraw a requirement that was declared by mistake, from a day on. "
                + "`video restore` undoes it.")

        @OptionGroup var options: RequirementOptions
        @Option(help: "The first day without it, ISO 8601 (default: today).") var from: String?
        @Option(help: "Why, for the journal.") var reason: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let choice = try options.choice()
            let day = try from.map(Self.day) ?? wiring.clock.now().day
            let reason = reason
            let count = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).withdrawRequirement(
                    choice, from: day, because: reason, by: Operator.actor)
            }
            say("withdrawn \(count) from \(day)")
        }

        private static func day(_ text: String) throws -> Day {
            guard let day = Day(text) else {
                throw Configuration.Fault(description: "--from is no day: \(text)")
            }
            return day
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Require again what was withdrawn.")

        @OptionGroup var options: RequirementOptions
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let choice = try options.choice()
            let count = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).restoreRequirement(
                    choice, by: Operator.actor)
            }
            say("restored \(count)")
        }
    }
}
