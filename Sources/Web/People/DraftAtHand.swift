internal import Enrollment
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store

/// The draft of the browser in front of us, read and checked once for the request.
struct DraftAtHand {
    static let cookie = "draft"

    let draft: OpenDraft
    let key: SecretKey

    init(_ draft: OpenDraft, _ key: SecretKey) {
        self.draft = draft
        self.key = key
    }

    var mark: DraftMark { DraftMark(draft.token, draft.record.draft, key) }

    /// Whose answers a posted form held.
    func posted(by form: Form?) throws -> PostedMark {
        guard let form, let posted = try DraftMark(form) else { return .absent }
        let mark = mark
        return posted == mark ? .own : posted.isOfDraft(mark) ? .sameDraft : .foreign
    }
}

/// A draft that is fit to be sent, but for the address that may be unconfirmed.
struct FitDraft {
    let hand: DraftAtHand
    let application: Application
    let notices: [Problem]

    init?(_ hand: DraftAtHand) {
        guard case .accepted(let application, let notices) = hand.draft.checked else { return nil }
        self.hand = hand
        self.application = application
        self.notices = notices
    }
}

/// What a handler of a step has to do.
enum FoundDraft {
    case fit(FitDraft)
    /// To answer so: the step has its place later or earlier on the way.
    case instead(Response)
}

extension Applications {
    func draftAtHand(_ visitor: Visitor) async throws -> DraftAtHand? {
        guard let token = visitor[DraftAtHand.cookie], let draft = try await office.draft(of: token)
        else { return nil }
        return DraftAtHand(draft, office.settings.key)
    }

    /// The draft that a step between the form and the receipt is about; `form` is what was posted
    /// there.
    func draft(
        at step: DraftStep, _ visitor: Visitor, _ request: Request, _ form: Form? = nil
    ) async throws -> FoundDraft {
        let hand = try await draftAtHand(visitor)
        let posted = try hand?.posted(by: form) ?? .absent
        switch turn(at: step, with: hand?.draft.state, posted: posted) {
        case .here: if let fit = hand.flatMap({ FitDraft($0) }) { return .fit(fit) }
        case .elsewhere(let step): return .instead(.seeOther(step.route))
        case .mixedUp: return .instead(mixedUp)
        case .afresh, .gone: break
        }
        return .instead(await gone(request))
    }

    /// The draft that a page is about is not there.
    func gone(_ request: Request) async -> Response {
        let next = NextPage(Route.eligibility.path, "はじめから入力する")
        return await site.show(Trouble(.notFound, .draftGone, next: next), to: request)
    }
}
