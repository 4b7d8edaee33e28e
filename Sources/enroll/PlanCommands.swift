import ArgumentParser
import Enrollment
import Procedures
import Store

/// 決裁: what the ministry decided, as far as the operator says it.
struct DecisionOptions: ParsableArguments {
    @Option(help: "決裁日, ISO 8601 (default: today).") var decidedOn: String?
    @Option(help: "決裁番号; without it the lists say 決裁番号未記入.") var decisionNumber = "決裁番号未記入"

    func decision(_ today: Day) throws -> Decision {
        guard let decidedOn else { return Decision(decidedOn: today, number: decisionNumber) }
        guard let day = Day(decidedOn) else {
            throw Configuration.Fault(description: "--decided-on is no day: \(decidedOn)")
        }
        return Decision(decidedOn: day, number: decisionNumber)
    }
}

struct Appoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The appointment of approved applications.",
        subcommands: [Plan.self, Apply.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who would be appointed under the ministry's decision.")

        @OptionGroup var decision: DecisionOptions
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let decision = try decision.decision(wiring.clock.now().day)
            let plan = try await Desk.use { desk in
                try await wiring.office(on: desk.loop).planAppointments(
                    by: decision, by: Operator.name)
            }
            say("plan \(plan.number): \(plan.count.appoint)")
            if plan.count.wait > 0 { say("waits\t\(plan.count.wait)") }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do exactly a plan. On another day it is planned again first: if it would "
                + "appoint others, do nothing, name the new plan and exit with 1.")

        @Argument(help: "The plan's number.") var plan: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let plan = plan
            let result = try await Desk.use { desk in
                try await wiring.office(on: desk.loop).applyAppointments(plan, by: Operator.name)
            }
            try say(result, "appointed")
        }
    }
}

struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "年度更新: the turn of the year at 1 April.",
        subcommands: [Plan.self, Apply.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The rehearsal: say what would become of everybody. Changes nothing.")

        @Option(help: "The year that begins, by the calendar year of its 1 April.")
        var fiscalYear: Int
        @OptionGroup var decision: DecisionOptions
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let decision = try decision.decision(wiring.clock.now().day)
            let next = FiscalYear(startYear: fiscalYear)
            let (plan, counts) = try await Desk.use { desk in
                let office = wiring.office(on: desk.loop)
                let plan = try await office.planRenewal(to: next, by: decision, by: Operator.name)
                return (plan, try await office.reading.outcomes(of: plan.id))
            }
            say("plan \(plan.number): \(counts.values.reduce(0, +))")
            for outcome in Renewal.Outcome.allCases {
                say("\(outcome.rawValue)\t\(counts[outcome.rawValue] ?? 0)")
            }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do exactly a plan, from 1 April on. If something has changed since, do "
                + "nothing, name the new plan and exit with 1.")

        @Argument(help: "The plan's number.") var plan: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let plan = plan
            let result = try await Desk.use { desk in
                try await wiring.office(on: desk.loop).applyRenewal(plan, by: Operator.name)
            }
            try say(result, "renewed")
        }
    }
}

/// Says how many were done; throws when something had changed and nothing was done.
func say(_ result: AppliedPlan, _ done: StaticString) throws {
    switch result {
    case .applied(let count): say("\(done) \(count)")
    case .changed(let newPlan):
        throw PlanChanged(
            description: "something has changed since the plan was made; nothing was done. Look at "
                + "the new plan and apply that: \(newPlan)")
    }
}

private struct PlanChanged: CommandFault { let description: String }
