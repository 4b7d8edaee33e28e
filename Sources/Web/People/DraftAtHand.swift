internal import Enrollment
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store

/// The draft of the browser in front of us, as it was kept.
struct DraftAtHand {
    static let cookie = "draft"

    let token: Token
    let record: DraftRecord
    let mark: DraftMark

    var isSent: Bool { record.receipt != nil }

    /// Whether a posted form was shown for this draft and for the person whose answers it holds.
    /// What was sent holds no answers any more.
    func isMeant(by form: Form) throws -> Bool {
        guard let posted = try DraftMark(form) else { return true }
        return posted == mark || isSent && posted.isOfDraft(mark)
    }
}

/// A draft that is fit to be sent, but for the address that may be unconfirmed.
struct FitDraft {
    let hand: DraftAtHand
    let application: Application
    let notices: [Problem]
}

/// The page that was asked for has its place later or earlier on the way: there it goes on.
struct RedirectInstead: Error { let route: Route }

/// The browser holds the answers of somebody else than the page that was sent.
struct OtherDraft: Error {}

extension Applications {
    func draftAtHand(_ visitor: Visitor) async throws -> DraftAtHand? {
        guard let token = visitor[DraftAtHand.cookie],
            let record = try await office.reading.draft(tokenDigest: token.digest)
        else { return nil }
        return DraftAtHand(
            token: token, record: record,
            mark: DraftMark(token, record.draft, office.settings.key))
    }

    /// The draft that a step after the form is about; `form` is what was posted there. Throws
    /// `DraftGone`, `OtherDraft`, or `RedirectInstead` when it was sent.
    func openDraft(_ visitor: Visitor, _ form: Form?) async throws -> DraftAtHand {
        guard let hand = try await draftAtHand(visitor) else { throw DraftGone() }
        if let form, try !hand.isMeant(by: form) { throw OtherDraft() }
        if hand.isSent { throw RedirectInstead(route: .done) }
        return hand
    }

    /// The same with what it says; `RedirectInstead` also when it does not fit any more.
    func fitDraft(_ visitor: Visitor, _ form: Form? = nil) async throws -> FitDraft {
        let hand = try await openDraft(visitor, form)
        do {
            let (application, notices) = try await office.draftApplication(of: hand.token)
            return FitDraft(hand: hand, application: application, notices: notices)
        } catch Refusal.notFound { throw DraftGone() } catch Refusal.conflict {
            throw RedirectInstead(route: .form)
        }
    }
}
