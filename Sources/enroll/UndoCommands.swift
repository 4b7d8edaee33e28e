import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

/// What an undo is asked by, whatever it is of.
struct UndoOptions: ParsableArguments {
    @Argument(help: "The number of the plan to take back, or of a plan that takes one back.")
    var plan: String
    @Flag(help: "Only say what would become of each row; do nothing.") var dryRun = false
    @Flag(help: "One JSON object on standard output.") var json = false
    @OptionGroup var clock: ClockOption
}

/// Why appointments are taken back.
struct ReasonOption: ParsableArguments {
    @Option(
        help: "Of appointments: why, in the words that everybody is told whose letter has left.")
    var because = ""
}

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take back what a plan did, as far as nobody has built on it since; names what "
            + "is kept, and why.")

    @OptionGroup var options: UndoOptions
    @OptionGroup var reason: ReasonOption

    func run() async throws { try await Undoing(options, because: reason.because).run() }
}

extension Import {
    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take back what a file did, as far as nobody has built on it since; names "
                + "what is kept, and why. With --dry-run only the plan is made, which `import "
                + "undo` of its own number then does.")

        @OptionGroup var options: UndoOptions

        func run() async throws { try await Undoing(options).run() }
    }
}

/// Plans and does, or only plans.
private struct Undoing {
    private let options: UndoOptions
    private let reason: String?

    /// `reason` is nil where only files are taken back.
    init(_ options: UndoOptions, because reason: String? = nil) {
        self.options = options
        self.reason = reason
    }

    func run() async throws {
        let wiring = try await Wiring(options.clock)
        let (number, dryRun, reason) = (options.plan, options.dryRun, reason)
        let report: any UndoSaying = try await CommandLoop.use { desk in
            let office = wiring.office(on: desk.loop)
            let plan = try await Self.plan(of: number, isReasonTaken: reason != nil, office)
            if plan.act == .undoAppoint {
                return try await Self.undoAppointments(
                    plan, because: dryRun ? nil : reason, office)
            }
            let result = dryRun ? nil : try await office.applyUndo(plan.number, by: Operator.actor)
            return UndoReport(
                plan: plan.number,
                undoes: try await office.undoPlan(plan.number)?.file.number ?? "",
                lines: try await office.reading.undoLines(of: plan.id, limit: 100_000),
                result: result)
        }
        if let result = report.result, case .changed = result { return try enroll.say(result, "") }
        say(options.json ? report.json : report.text)
    }

    private static func plan(
        of number: String, isReasonTaken: Bool, _ office: Office
    ) async throws -> PlanRecord {
        guard let plan = try await office.reading.plan(number: number) else {
            throw Refusal.notFound
        }
        switch plan.act {
        case .undoGroup: return plan
        case .undoAppoint where isReasonTaken: return plan
        case .group:
            return try await office.planUndo(ofGroup: number, within: nil, by: Operator.actor)
        case .appoint where isReasonTaken:
            return try await office.planAppointmentUndo(of: number, by: Operator.actor)
        case .appoint, .undoAppoint, .renew: throw Refusal.conflict(.planCannotBeUndone)
        }
    }

    /// Only plans without a reason.
    private static func undoAppointments(
        _ plan: PlanRecord, because reason: String?, _ office: Office
    ) async throws -> AppointmentUndoReport {
        var result: AppliedPlan?
        if let reason {
            result = try await office.undoAppointments(
                plan.number, because: reason, by: Operator.actor)
        }
        var lines: [PlanLineRecord] = []
        for outcome in PlanOutcome.all(of: .undoAppoint) {
            lines += try await office.reading.planLines(
                of: plan.id, outcome: outcome, limit: 100_000)
        }
        let undone = try await office.reading.plan(id: plan.undoes ?? 0)
        return AppointmentUndoReport(
            plan: plan.number, undoes: undone?.number ?? "", lines: lines, result: result)
    }
}

/// What is said of an undo, whatever it is of.
protocol UndoSaying: Sendable {
    /// Nil where nothing was done but planned.
    var result: AppliedPlan? { get }
    var text: String { get }
    var json: String { get }
}

/// What is said of an undo: how many each, and every row.
private struct UndoReport: UndoSaying {
    let plan: String
    let undoes: String
    let lines: [UndoLineRecord]
    /// Nil where nothing was done but planned.
    let result: AppliedPlan?

    private func count(_ group: UndoOutcome.Group) -> Int {
        lines.count { $0.outcome.group == group }
    }

    var text: String {
        let head = ["plan \(plan): \(undoes)"]
        let counts = UndoOutcome.Group.allCases.map { "\($0.rawValue)\t\(count($0))" }
        let rows = lines.map { line in
            [
                "\(line.row)", line.outcome.group.rawValue, line.outcome.reason,
                line.receipt ?? "",
            ].joined(separator: "\t")
        }
        let end = result == nil ? ["nothing was done yet"] : []
        return (head + counts + rows + end).joined(separator: "\n")
    }

    var json: String {
        let counts = UndoOutcome.Group.allCases.map { group in
            JSONMember(group.rawValue, .integer(count(group)))
        }
        return JSONValue.object(
            [
                JSONMember("done", .bool(result != nil)), JSONMember("plan", .string(plan)),
                JSONMember("rows", .array(lines.map(Self.row))),
                JSONMember("undoes", .string(undoes)),
            ] + counts
        ).text
    }

    private static func row(_ line: UndoLineRecord) -> JSONValue {
        .object([
            "outcome": .string(line.outcome.group.rawValue),
            "reason": .string(line.outcome.reason),
            "receipt": line.receipt.map { .string($0) } ?? .null, "row": .integer(line.row),
        ])
    }
}
