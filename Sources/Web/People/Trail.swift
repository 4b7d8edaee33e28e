internal import Enrollment
internal import HTML
internal import Words

extension Part {
    /// これまでと、これから: each step with its day, and which is the one of today.
    static func trail(_ steps: [TrailStep]) -> HTML {
        guard !steps.isEmpty else { return .none }
        return """
            <h2>これまでと、これから</h2>
            <ol class="trail">\(each(steps, step))</ol>
            """
    }

    private static func step(_ step: TrailStep) -> HTML {
        """
        <li class="\(step.phase.name)"\(when(step.phase == .now, " aria-current=\"step\""))>
          \(Icon.step(step.phase))
          <b>\(step.word)<span class="vh">（\(step.phaseWord)）</span></b>
          \(when(!step.when.isEmpty, "<span class=\"when\">\(step.when)</span>"))
        </li>
        """
    }
}

extension TrailStep.Phase {
    fileprivate var name: HTML {
        switch self {
        case .done: "done"
        case .now: "now"
        case .next: "next"
        }
    }
}
