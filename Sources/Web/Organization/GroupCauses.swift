internal import Enrollment
internal import HTML
internal import Words

/// What is to be said of the rows of a plan, by cause: three examples of each, and every other row
/// by its number.
struct GroupCauses {
    let causes: [PlanCause]
    let messages: Messages
    let names: [ApplicationField: String]

    var html: HTML { each(causes, section) }

    private func section(_ cause: PlanCause) -> HTML {
        """
        <section class="flow">
          <h3>\(cause.title(names))</h3>
          \(remedy(cause))
          \(when(!cause.examples.isEmpty, "<ul>\(each(cause.examples, example))</ul>"))
          \(others(cause))
        </section>
        """
    }

    private func remedy(_ cause: PlanCause) -> HTML {
        guard let problem = cause.examples.first?.problem, problem.severity == .stop else {
            return .none
        }
        return "<p class=\"fix\">\(problem.remedy)</p>"
    }

    private func example(_ example: PlanCause.Example) -> HTML {
        let sentence = messages.sentence(example.problem, row: example.line.row)
        let typed = example.problem.field.map { example.line.cells[$0] } ?? ""
        let beside = [
            example.line.nameAsTyped,
            typed.isEmpty || sentence.contains(typed) ? "" : "入力：\(typed)",
        ].filter { !$0.isEmpty && !sentence.contains($0) }
        return """
            <li>\(sentence)\(each(beside) { "<span class=\"muted\">　\($0)</span>" })</li>
            """
    }

    private func others(_ cause: PlanCause) -> HTML {
        let shown = Set(cause.examples.map(\.line.row))
        let rest = cause.rows.filter { !shown.contains($0) }
        guard !rest.isEmpty else { return .none }
        let others = cause.examples.isEmpty ? "" : "ほかの"
        return """
            <details>
              <summary>\(others)\(rest.count.grouped)行</summary>
              <p>\(RowRanges.word(rest))</p>
            </details>
            """
    }
}
