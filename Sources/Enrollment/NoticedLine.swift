/// A line of a plan of which something is to be said. It holds all that is said of it, so that
/// nobody reads the file again to say it.
public struct NoticedLine: Equatable, Sendable {
    public let row: Int
    public let problems: [Problem]
    /// What stands in the cells of the name, and in those that the problems are about. Empty when
    /// it is forgotten.
    public let cells: ApplicationDraft

    public init(row: Int, problems: [Problem], cells: ApplicationDraft) {
        self.row = row
        self.problems = problems
        self.cells = cells
    }
}

extension GroupPlan.Line {
    /// Nil where nothing is to be said.
    public var noticed: NoticedLine? {
        if problems.isEmpty { return nil }
        let shown = [.familyName, .givenName, .fullName] + problems.compactMap(\.field)
        var cells = ApplicationDraft()
        for field in shown where !draft[field].isEmpty { cells[field] = draft[field] }
        return NoticedLine(row: row, problems: problems, cells: cells)
    }
}

/// The rows of a plan that have one problem with one question.
public struct ProblemRows: Equatable, Sendable {
    public let code: ProblemCode
    public let field: ApplicationField?
    /// In the order of the file, each once.
    public let rows: [Int]
    /// Where it stands among the problems of the first of them.
    public let position: Int

    public init(_ code: ProblemCode, _ field: ApplicationField?, rows: [Int], position: Int) {
        self.code = code
        self.field = field
        self.rows = rows
        self.position = position
    }
}

extension GroupPlan {
    /// The problems of all lines, each with its rows.
    var problemRows: [ProblemRows] {
        struct Key: Hashable {
            let code: ProblemCode
            let field: ApplicationField?
        }
        var found: [Key: (rows: [Int], position: Int)] = [:]
        for index in lines.indices {
            for (position, problem) in lines[index].problems.enumerated() {
                let key = Key(code: problem.code, field: problem.field)
                var rows = found[key] ?? ([], position)
                if rows.rows.last != lines[index].row { rows.rows.append(lines[index].row) }
                found[key] = rows
            }
        }
        return found.map {
            ProblemRows($0.key.code, $0.key.field, rows: $0.value.rows, position: $0.value.position)
        }
    }
}

extension NoticedLine {
    /// The name as the row has it, in one column or in two; empty where its cells are forgotten.
    public var nameAsTyped: String {
        let parts = [cells[.familyName], cells[.givenName]].filter { !$0.isEmpty }
        return parts.isEmpty ? cells[.fullName] : parts.joined(separator: " ")
    }
}
