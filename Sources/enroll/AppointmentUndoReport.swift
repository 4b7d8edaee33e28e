import Enrollment
import JSON
import Procedures
import Store

/// What is said of appointments that are taken back: how many each, and everybody.
struct AppointmentUndoReport: UndoSaying {
    let plan: String
    let undoes: String
    let lines: [PlanLineRecord]
    let result: AppliedPlan?

    private func count(_ outcome: AppointmentUndoing.Outcome) -> Int {
        lines.count { $0.outcome == .undoing(outcome) }
    }

    var text: String {
        let head = ["plan \(plan): \(undoes)"]
        let counts = AppointmentUndoing.Outcome.allCases.map { "\($0.rawValue)\t\(count($0))" }
        let people = lines.map { line in
            [line.receipt, line.outcome.rawValue, line.reason?.rawValue ?? ""]
                .joined(separator: "\t")
        }
        let end = result == nil ? ["nothing was done yet"] : []
        return (head + counts + people + end).joined(separator: "\n")
    }

    var json: String {
        let counts = AppointmentUndoing.Outcome.allCases.map { outcome in
            JSONMember(outcome.rawValue, .integer(count(outcome)))
        }
        return JSONValue.object(
            [
                JSONMember("done", .bool(result != nil)),
                JSONMember("people", .array(lines.map(Self.person))),
                JSONMember("plan", .string(plan)), JSONMember("undoes", .string(undoes)),
            ] + counts
        ).text
    }

    private static func person(_ line: PlanLineRecord) -> JSONValue {
        .object([
            "outcome": .string(line.outcome.rawValue),
            "reason": line.reason.map { .string($0.rawValue) } ?? .null,
            "receipt": .string(line.receipt),
        ])
    }
}
