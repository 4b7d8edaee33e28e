internal import Enrollment
internal import HTML

/// Signs beside a heading: each has a shape of its own, so that nothing is told by colour alone.
enum Icon {
    static func of(_ kind: StaticString) -> HTML {
        switch kind.description {
        case "bad": stop
        case "warn": warning
        case "good": tick
        default: info
        }
    }

    private static let stop: HTML =
        """
        <svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M8.2 21 3 15.8V8.2L8.2 3h7.6L21 8.2v7.6L15.8 21z" fill="currentcolor"/>
          <path d="m8.5 8.5 7 7m0-7-7 7" stroke="Canvas" stroke-width="2"/>
        </svg>
        """
    private static let warning: HTML =
        """
        <svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 2 1 21h22z" fill="currentcolor"/>
          <path d="M12 9v6m0 2v2" stroke="Canvas" stroke-width="2"/>
        </svg>
        """
    private static let tick: HTML =
        """
        <svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="12" r="10" fill="currentcolor"/>
          <path d="m7 12 3.5 3.5L17 9" fill="none" stroke="Canvas" stroke-width="2"/>
        </svg>
        """
    private static let info: HTML =
        """
        <svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="12" r="9" fill="none" stroke="currentcolor" stroke-width="2"/>
          <path d="M12 11v6m0-10v2" stroke="currentcolor" stroke-width="2"/>
        </svg>
        """

    /// A step that is done, is now, or is to come.
    static func step(_ phase: TrailStep.Phase) -> HTML {
        switch phase {
        case .done: stepDone
        case .now: stepNow
        case .next: stepNext
        }
    }

    private static let stepDone: HTML =
        """
        <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="15" fill="currentcolor"/>
          <path d="m9 16.5 5 5 9-11" fill="none" stroke="Canvas" stroke-width="3"/>
        </svg>
        """
    private static let stepNow: HTML =
        """
        <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="14" fill="Canvas" stroke="currentcolor" stroke-width="3"/>
          <circle cx="16" cy="16" r="7" fill="currentcolor"/>
        </svg>
        """
    private static let stepNext: HTML =
        """
        <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="14" fill="Canvas" stroke="currentcolor" stroke-width="2"/>
        </svg>
        """

    /// Beside the words that say what is wrong with a field.
    static let field: HTML =
        """
        <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M8.2 21 3 15.8V8.2L8.2 3h7.6L21 8.2v7.6L15.8 21z" fill="currentcolor"/>
          <path d="M12 7v6m0 3v2" stroke="Canvas" stroke-width="2.4"/>
        </svg>
        """
}
