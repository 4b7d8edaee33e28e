import ArgumentParser
import Enrollment
import Procedures
import Store

/// 決裁: what the ministry decided. There is no plan that is applied without it.
struct DecisionOptions: ParsableArguments {
    @Option(help: "決裁日, ISO 8601; not to come.") var decidedOn: String
    @Option(help: "決裁番号.") var decisionNumber: String

    func decision() throws -> Decision {
        guard let day = Day(decidedOn) else {
            throw Configuration.Fault(description: "--decided-on is no day: \(decidedOn)")
        }
        return Decision(decidedOn: day, number: decisionNumber)
    }
}

struct Appoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The appointment of approved applications.",
        subcommands: [Plan.self, Apply.self, Certificates.self, Nametags.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who would be appointed under the ministry's decision.")

        @OptionGroup var decision: DecisionOptions
        @OptionGroup var scope: ScopeOptions
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (decision, scope) = (try decision.decision(), scope)
            let plan = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                return try await office.planAppointments(
                    by: decision, of: scope.scope(office), by: Operator.actor)
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
        @OptionGroup var second: SecondOption
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (plan, role) = (plan, second.role)
            let done = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                guard try await office.mayApply(plan, as: role, by: Operator.actor) else {
                    throw WaitsForAnother(plan)
                }
                return try await PlanDone(
                    office.applyAppointments(plan, by: Operator.actor), office.reading)
            }
            try done.say("appointed")
        }
    }
}

struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "年度更新: the turn of the year at 1 April.",
        subcommands: [Plan.self, Apply.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "The rehearsal: say what would become of everybody. Changes nothing, and needs "
                + "no decision of the ministry.")

        @Option(help: "The year that begins, by the calendar year of its 1 April.")
        var fiscalYear: Int
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let next = FiscalYear(startYear: fiscalYear)
            let (plan, counts) = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let plan = try await office.planRenewal(to: next, by: nil, by: Operator.actor)
                return (plan, try await office.reading.outcomes(of: plan.id))
            }
            say("plan \(plan.number): \(counts.values.reduce(0, +))")
            for outcome in Renewal.Outcome.allCases {
                say("\(outcome.rawValue)\t\(counts[.renewing(outcome)] ?? 0)")
            }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Do exactly a plan, from 1 April on, under the ministry's decision. If something "
                + "has changed since, do nothing, say what differs, name the new plan and exit "
                + "with 1."
        )

        @Argument(help: "The plan's number.") var plan: String
        @OptionGroup var decision: DecisionOptions
        @OptionGroup var second: SecondOption
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (plan, decision, role) = (plan, try decision.decision(), second.role)
            let done = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let mayApply = try await office.mayApply(
                    plan, under: decision, as: role, by: Operator.actor)
                guard mayApply else { throw WaitsForAnother(plan) }
                return try await PlanDone(
                    office.applyRenewal(plan, under: decision, by: Operator.actor), office.reading)
            }
            try done.say("renewed")
        }
    }
}

/// What came of applying a plan: how many were done, or what differs.
private struct PlanDone {
    private let result: AppliedPlan
    private var differences: PlanDifferences?

    init(_ result: AppliedPlan, _ reading: ReadStore) async throws {
        self.result = result
        guard case .changed(let number) = result,
            let plan = try await reading.plan(number: number)
        else { return }
        differences = try await reading.differences(of: plan.id)
    }

    func say(_ done: StaticString) throws {
        if let differences {
            enroll.say("came\t\(differences.came)")
            enroll.say("left\t\(differences.left)")
            enroll.say("changed\t\(differences.changed)")
        }
        try enroll.say(result, done)
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
