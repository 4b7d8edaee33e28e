internal import Procedures

/// The way of an application, station by station.
enum DraftStep: CaseIterable {
    case eligibility, form, confirmMail, check, done

    var route: Route {
        switch self {
        case .eligibility: .eligibility
        case .form: .form
        case .confirmMail: .confirmMail
        case .check: .check
        case .done: .done
        }
    }
}

/// Whose answers a posted form held, beside the draft that the browser has now.
enum PostedMark: CaseIterable {
    /// Nothing was posted, or by a page that carries no mark.
    case absent
    /// The same.
    case own
    /// Of the same draft, as another person's.
    case sameDraft
    case foreign
}

/// Where a request goes on.
enum DraftTurn: Equatable {
    /// Where it wanted to.
    case here
    /// With a draft of its own, for the one at hand is not what is meant.
    case afresh
    case elsewhere(DraftStep)
    /// Two people at one browser: nothing is done.
    case mixedUp
    /// There is no draft to go on with.
    case gone
}

/// The whole way: what becomes of a request that wants to do what belongs to a step, by the state
/// of the draft at hand and the mark that came with what was posted. Nil is no draft.
func turn(
    at wanted: DraftStep, with draft: DraftState?, posted: PostedMark
) -> DraftTurn {
    switch (wanted, draft) {
    case (.eligibility, _): return .here
    case (.form, nil), (.form, .sent): return .afresh
    case (.form, _): return isMeant(draft, posted) ? .here : .afresh
    case (.done, .sent): return .here
    case (.done, _), (_, nil): return .gone
    case (.confirmMail, _), (.check, _):
        guard isMeant(draft, posted) else { return .mixedUp }
        let place = place(of: draft)
        return place == wanted ? .here : .elsewhere(place)
    }
}

/// Whether a posted form was shown for this draft and for the person whose answers it holds. What
/// was sent holds no answers any more.
private func isMeant(_ draft: DraftState?, _ posted: PostedMark) -> Bool {
    switch posted {
    case .absent, .own: true
    case .sameDraft: draft == .sent
    case .foreign: false
    }
}

/// The step that a draft has come to.
private func place(of draft: DraftState?) -> DraftStep {
    switch draft {
    case nil: .eligibility
    case .unfit: .form
    case .unconfirmed: .confirmMail
    case .ready: .check
    case .sent: .done
    }
}
