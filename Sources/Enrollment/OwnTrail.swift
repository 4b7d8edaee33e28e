/// これまでと、これから: the way of an application, step by step with its days.
public struct TrailStep: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// What happened.
        case received, renewed, approved, appointed, rejected, withdrawn, merged, expired
        /// The organization took back the file that brought it.
        case takenBack
        case reopened
        case ended(EndReason)
        case termIsOver
        /// What is waited for.
        case review, correction, decision, start, lastDay
    }

    public enum Phase: Equatable, Sendable { case done, now, next }

    public let kind: Kind
    public let phase: Phase
    /// When it was, since when it is, or when it will be; nil where nobody can say.
    public let day: Day?

    public init(_ kind: Kind, _ phase: Phase, _ day: Day? = nil) {
        self.kind = kind
        self.phase = phase
        self.day = day
    }
}

/// A state that an application came to, on a day.
public struct ReachedState: Equatable, Sendable {
    public let state: ApplicationState
    public let day: Day
    /// What brought it there, where that is no one of its own.
    public enum Cause: Sendable {
        case renewal
        /// The file that brought it was taken back.
        case undoneFile
    }

    public let cause: Cause?

    public init(_ state: ApplicationState, on day: Day, because cause: Cause? = nil) {
        self.state = state
        self.day = day
        self.cause = cause
    }
}

extension TrailStep {
    /// The steps on a day: what was, where it stands, what comes next. `states` are the oldest
    /// first, `term` is of the appointment that came of it, and `cancelled` the day on which that
    /// was cancelled.
    public static func all(
        _ states: [ReachedState], _ term: Term?, cancelledOn cancelled: Day? = nil, on today: Day
    ) -> [TrailStep] {
        let before = [nil] + states.dropLast().map(Optional.some)
        let done = zip(states, before).flatMap { passed($0, after: $1) }
        guard let term else { return done + (states.last.map(waiting) ?? []) }
        guard term.state(on: today) == .cancelled else { return done + ofTerm(term, on: today) }
        let appointed = states.last { $0.state == .appointed }?.day ?? term.from
        return done + undone(appointedOn: appointed, cancelledOn: cancelled)
    }

    private static func passed(
        _ reached: ReachedState, after before: ReachedState?
    ) -> [TrailStep] {
        // An appointment was taken back with its whole plan: the application stands as before it.
        if reached.state == .approved, let before, before.state == .appointed {
            return undone(appointedOn: before.day, cancelledOn: reached.day)
        }
        return kind(of: reached).map { [TrailStep($0, .done, reached.day)] } ?? []
    }

    /// That there was one is not hidden from whoever was told of it.
    private static func undone(appointedOn day: Day, cancelledOn cancelled: Day?) -> [TrailStep] {
        [TrailStep(.appointed, .done, day), TrailStep(.ended(.cancelled), .done, cancelled)]
    }

    private static func kind(of reached: ReachedState) -> Kind? {
        switch reached.state {
        case .submitted: .received
        case .approved: reached.cause == .renewal ? .renewed : .approved
        case .rejected: .rejected
        case .withdrawn: reached.cause == .undoneFile ? .takenBack : .withdrawn
        case .merged: .merged
        case .expired: .expired
        case .reviewing: .reopened
        // The appointment says it, with its days.
        case .appointed, .draft, .correcting: nil
        }
    }

    private static func waiting(_ last: ReachedState) -> [TrailStep] {
        switch last.state {
        case .submitted, .reviewing:
            [TrailStep(.review, .now, last.day), TrailStep(.decision, .next)]
        case .correcting: [TrailStep(.correction, .now, last.day), TrailStep(.decision, .next)]
        case .approved: [TrailStep(.decision, .now, last.day)]
        default: []
        }
    }

    private static func ofTerm(_ term: Term, on today: Day) -> [TrailStep] {
        switch term.state(on: today) {
        case .scheduled:
            return [TrailStep(.start, .next, term.from), TrailStep(.lastDay, .next, term.lastDay)]
        case .active:
            return [
                TrailStep(.appointed, .now, term.from), TrailStep(.lastDay, .next, term.lastDay),
            ]
        case .merged: return [TrailStep(.ended(.merged), .done)]
        case .resigned, .revoked, .superseded, .deceased, .cancelled, .expired:
            let end = term.endReason.map(Kind.ended) ?? .termIsOver
            return [TrailStep(.appointed, .done, term.from), TrailStep(end, .done, term.lastDay)]
        }
    }
}
