import ArgumentParser
import Enrollment
import Procedures
import Store

struct Appoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The appointment of approved applications.",
        subcommands: [Plan.self, Apply.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who would be appointed under the ministry's decision.")

        @Option(help: "決裁日, ISO 8601.") var decidedOn: String
        @Option(help: "決裁番号.") var decisionNumber: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            guard let day = Day(decidedOn) else {
                throw Configuration.Fault(description: "--decided-on is no day: \(decidedOn)")
            }
            let wiring = try await Wiring(clock)
            let decision = Decision(decidedOn: day, number: decisionNumber)
            let plan = try await Desk.use { desk in
                try await wiring.office(on: desk.loop).planAppointments(
                    by: decision, by: "operator")
            }
            say("plan \(plan.number): \(plan.count)")
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Do exactly a plan.")

        @Argument(help: "The plan's number.") var plan: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let plan = plan
            let count = try await Desk.use { desk in
                try await wiring.office(on: desk.loop).applyAppointments(plan, by: "operator")
            }
            say("appointed \(count)")
        }
    }
}
