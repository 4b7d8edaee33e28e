/// 原因. Rows of a plan of which the same is to be said: a clerk mends a column, not a hundred rows.
public struct PlanCause: Sendable {
    public struct Example: Sendable {
        public let line: GroupPlan.Line
        public let problem: Problem
    }

    public let code: ProblemCode
    public let field: ApplicationField?
    /// Every row, in the order of the file.
    public fileprivate(set) var rows: [Int] = []
    /// The first three of them.
    public fileprivate(set) var examples: [Example] = []
}

extension GroupPlan {
    /// The problems of all rows by cause, rare ones first: what is wrong with every row is seen
    /// anyway, and what is wrong with one is lost below it.
    public func causes(where isMeant: (Problem) -> Bool) -> [PlanCause] {
        var causes: [PlanCause] = []
        var places: [CauseKey: Int] = [:]
        for index in lines.indices {
            for problem in lines[index].problems where isMeant(problem) {
                let name = problem.field.flatMap { headingNames[$0] } ?? problem.field?.key ?? ""
                let key = CauseKey(code: problem.code, column: name)
                let place = places[key] ?? causes.count
                if place == causes.count {
                    places[key] = place
                    causes.append(PlanCause(code: problem.code, field: problem.field))
                }
                causes[place].add(lines[index], problem)
            }
        }
        return causes.sorted {
            ($0.rows.count, $0.rows.first ?? 0) < ($1.rows.count, $1.rows.first ?? 0)
        }
    }

    private struct CauseKey: Hashable {
        let code: ProblemCode
        /// As the file calls it: both parts of 氏名 are one.
        let column: String
    }
}

extension PlanCause {
    fileprivate mutating func add(_ line: GroupPlan.Line, _ problem: Problem) {
        if rows.last != line.row { rows.append(line.row) }
        if examples.count < 3 { examples.append(Example(line: line, problem: problem)) }
    }
}
