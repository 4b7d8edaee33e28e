import ArgumentParser
import Enrollment
import Procedures

struct Forget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "保存期間: what is kept no longer.",
        discussion: "The worker does the same once a day. The lifetimes are reference data "
            + "(lifetimes.csv); ops/runbooks/retention.md.",
        subcommands: [Plan.self, Apply.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say of each kind how much is past its lifetime. Changes nothing.",
            discussion: "A line each: kind, rows, of which day the oldest is, what ended before "
                + "when, the rule.")

        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let found = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).planForgetting()
            }
            for one in found {
                let oldest = one.oldest?.description ?? "-"
                say(
                    "\(one.lifetime.kind.rawValue)\t\(one.count)\t\(oldest)\t\(one.limit)\t"
                        + one.lifetime.rule)
            }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget it, for good. May be broken off and done again.")

        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let done = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).forgetExpired(by: Operator.actor)
            }
            for one in done { say("\(one.lifetime.kind.rawValue)\t\(one.count)") }
            say("forgotten \(done.reduce(0) { $0 + $1.count })")
        }
    }
}
