/// 原因. Rows of a plan of which the same is to be said: a clerk mends a column, not a hundred rows.
public struct PlanCause: Sendable {
    public struct Example: Sendable {
        public let line: NoticedLine
        public let problem: Problem
    }

    public let code: ProblemCode
    public let field: ApplicationField?
    /// Every row, in the order of the file.
    public fileprivate(set) var rows: [Int]
    /// The first three problems of them; none where the lines are forgotten.
    public private(set) var examples: [Example] = []
    /// As the file calls it: both parts of 氏名 are one.
    private let column: String

    private init(_ found: ProblemRows, _ column: String) {
        code = found.code
        field = found.field
        rows = found.rows
        self.column = column
    }
}

extension PlanCause {
    /// The problems of rows by cause, rare ones first: what is wrong with every row is seen anyway,
    /// and what is wrong with one is lost below it. `names` are what the file calls its columns.
    public static func all(
        of found: [ProblemRows], calledBy names: [ApplicationField: String]
    ) -> [PlanCause] {
        let inOrder = found.sorted {
            ($0.rows.first ?? 0, $0.position) < ($1.rows.first ?? 0, $1.position)
        }
        var causes: [PlanCause] = []
        for found in inOrder {
            let column = column(of: found.field, names)
            if let place = causes.firstIndex(where: { $0.code == found.code && $0.column == column }
            ) {
                causes[place].rows = Set(causes[place].rows + found.rows).sorted()
            } else {
                causes.append(PlanCause(found, column))
            }
        }
        return causes.enumerated().sorted { one, other in
            (one.element.rows.count, one.element.rows.first ?? 0, one.offset)
                < (other.element.rows.count, other.element.rows.first ?? 0, other.offset)
        }.map(\.element)
    }

    /// The rows that hold its examples.
    public var exampleRows: [Int] { Array(rows.prefix(3)) }

    /// The same with examples, taken from the lines of some rows.
    public func illustrated(
        by lines: [Int: NoticedLine], calledBy names: [ApplicationField: String]
    ) -> PlanCause {
        var cause = self
        let examples = exampleRows.compactMap { lines[$0] }.flatMap { line in
            line.problems.filter {
                $0.code == code && Self.column(of: $0.field, names) == column
            }.map { Example(line: line, problem: $0) }
        }
        cause.examples = Array(examples.prefix(3))
        return cause
    }

    private static func column(
        of field: ApplicationField?, _ names: [ApplicationField: String]
    ) -> String {
        field.flatMap { names[$0] } ?? field?.key ?? ""
    }
}

extension GroupPlan {
    /// The problems of all its rows by cause, with examples.
    public var causes: [PlanCause] {
        let causes = PlanCause.all(of: problemRows, calledBy: headingNames)
        let shown = Set(causes.flatMap(\.exampleRows))
        let noticed = lines.indices.filter { shown.contains(lines[$0].row) }.compactMap {
            lines[$0].noticed
        }
        let byRow = Dictionary(uniqueKeysWithValues: noticed.map { ($0.row, $0) })
        return causes.map { $0.illustrated(by: byRow, calledBy: headingNames) }
    }
}
