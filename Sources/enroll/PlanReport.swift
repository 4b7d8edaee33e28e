import Enrollment
import JSON
import Procedures
import Words

/// What `import plan` says.
struct PlanReport {
    private struct Line {
        let row: Int
        let column: String
        let code: String
        let value: String
        let message: String

        var json: JSONValue {
            .object([
                "code": .string(code), "column": .string(column), "message": .string(message),
                "row": .integer(row), "value": .string(value),
            ])
        }
    }

    private struct Object {
        let plan: String?
        let rows, new, changed, unchanged, duplicate, error, leaving, held: Int
        let encoding: String
        let problems: [Line]
        let columns: [ColumnChoice]
        let sheet: String?

        /// The plan is null rather than left out, so that scripts find the member.
        var json: JSONValue {
            .object([
                "changed": .integer(changed), "columns": .array(columns.map(\.json)),
                "duplicate": .integer(duplicate),
                "encoding": .string(encoding), "error": .integer(error), "held": .integer(held),
                "leaving": .integer(leaving), "new": .integer(new),
                "plan": plan.map { .string($0) } ?? .null,
                "problems": .array(problems.map(\.json)), "rows": .integer(rows),
                "sheet": sheet.map { .string($0) } ?? .null, "unchanged": .integer(unchanged),
            ])
        }
    }

    private let object: Object
    private let repeated: Int
    private let ofFile: [String]
    private let ofColumns: [String]
    private let errors, notices: [String]

    init(_ planned: PlannedGroup, _ messages: Messages) {
        let names = planned.plan?.headingNames ?? [:]
        let messages = messages.naming(names)
        let lines = planned.plan?.lines ?? []
        func count(_ outcome: GroupPlan.Outcome) -> Int { planned.plan?.count(outcome) ?? 0 }
        repeated = count(.repeated)
        let ofFile = planned.fileProblems.map { Self.line($0, 0, nil, messages) }
        self.ofFile = ofFile.map(\.message)
        let causes = planned.plan?.causes ?? []
        errors = Self.told(causes.filter { $0.isStop }, names, messages)
        notices = Self.told(causes.filter { !$0.isStop }, names, messages)
        let ofRows = lines.flatMap { line in
            line.problems.map { Self.line($0, line.row, line.draft, messages) }
        }
        object = Object(
            plan: planned.number, rows: lines.count, new: count(.new),
            changed: count(.changed),
            unchanged: count(.unchanged), duplicate: count(.joins) + repeated, error: count(.error),
            leaving: planned.leavingCount, held: count(.held),
            encoding: String(planned.format.split(separator: ";").first ?? ""),
            problems: ofFile + ofRows, columns: planned.plan?.columns ?? [],
            sheet: planned.plan?.sheets?.read)
        ofColumns =
            object.columns.map(\.line) + (planned.columns?.columns ?? []).compactMap(\.question)
    }

    var hasErrors: Bool { object.error > 0 || object.plan == nil }

    func json() -> String { object.json.text }

    func text() -> String {
        let head =
            "plan \(object.plan ?? "-"): rows \(object.rows), new \(object.new), "
            + "changed \(object.changed), unchanged \(object.unchanged), "
            + "duplicate \(object.duplicate) (in the file \(repeated)), error \(object.error), "
            + "held \(object.held), leaving \(object.leaving)"
        return ([head] + ofFile + ofColumns + errors + notices).joined(separator: "\n")
    }

    /// Each cause in a line, under it three rows that are examples.
    private static func told(
        _ causes: [PlanCause], _ names: [ApplicationField: String], _ messages: Messages
    ) -> [String] {
        causes.flatMap { cause in
            [cause.title(names)]
                + cause.examples.map { "  " + messages.sentence($0.problem, row: $0.line.row) }
        }
    }

    private static func line(
        _ problem: Problem, _ row: Int, _ draft: ApplicationDraft?, _ messages: Messages
    ) -> Line {
        Line(
            row: row, column: problem.field?.label ?? "", code: problem.code.rawValue,
            value: problem.field.flatMap { draft?[$0] } ?? "",
            message: row == 0
                ? messages.sentence(problem) : messages.sentence(problem, row: row))
    }
}

extension PlanCause {
    fileprivate var isStop: Bool { Problem(code).severity == .stop }
}

extension ColumnChoice {
    fileprivate var json: JSONValue {
        .object([
            "heading": .string(name.heading), "ordinal": .integer(name.ordinal),
            "remembered": .bool(isRemembered), "use": .string(use.code),
        ])
    }

    /// By what the column was read, and that it was said of an earlier file.
    fileprivate var line: String {
        "\(name.word)：\(use.word)\(isRemembered ? "（前に選んだ読み方）" : "")"
    }
}

extension FileColumn {
    /// What to say of a column that is open, and what stands in it; nil of others.
    fileprivate var question: String? {
        guard problem != nil else { return nil }
        let values = samples.map { "「\($0)」" }.joined()
        return "  --column '\(name.argument)=…'  \(letters)列\(values)"
    }
}
