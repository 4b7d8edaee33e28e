import ArgumentParser
import Enrollment
import Procedures
import Store

/// As whom a plan is applied of which two officers must have said so.
struct SecondOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "As the second officer: the number of what the first asked for, as `enroll plans "
                + "list` says it."))
    var confirm: Int?

    var role: ApplyingAs { confirm.map { .second($0) } ?? .first }
}

/// The first officer has asked; nothing was done.
struct WaitsForAnother: CommandFault {
    let description: String

    init(_ plan: String) {
        description =
            "nothing was done yet: plan \(plan) waits for another officer, on its page or by "
            + "--confirm"
    }
}

struct PlansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plans",
        abstract: "Plans that wait for a second officer (ENROLL_SECOND_OFFICER).",
        subcommands: [List.self, Decline.self, Withdraw.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Each with what was asked for: its number, the plan's, when, and by whom.")

        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let lines = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).reading.plansToConfirm().map { waiting in
                    [
                        String(waiting.confirmation), waiting.plan.number,
                        waiting.askedAt.description, waiting.asker.actor?.code ?? "",
                    ].joined(separator: "\t")
                }
            }
            for line in lines { say(line) }
        }
    }

    struct Decline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "As the second officer: do not do what was asked for.")

        @Argument(help: "The plan's number.") var plan: String
        @Option(help: "The number of what was asked for.") var confirm: Int
        @Option(help: "Why, which the first is shown.") var because: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (plan, id, reason) = (plan, confirm, because)
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).declinePlan(
                    plan, confirmation: id, because: reason, by: Operator.actor)
            }
            say("declined")
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "As whoever asked: ask no more.")

        @Argument(help: "The plan's number.") var plan: String
        @Option(help: "The number of what was asked for.") var confirm: Int
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (plan, id) = (plan, confirm)
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).withdrawPlan(
                    plan, confirmation: id, by: Operator.actor)
            }
            say("withdrawn")
        }
    }
}
