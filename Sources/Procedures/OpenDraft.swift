public import Enrollment
public import Secrets
public import Store

/// 下書き as somebody's browser holds it: read and checked once for a request, and handed on to
/// whatever is done with it.
public struct OpenDraft: Sendable {
    public let token: Token
    public let record: DraftRecord
    /// By the rules of today.
    public let checked: Checked<Application>

    /// Where it stands on the way to the receipt.
    public var state: DraftState {
        if record.receipt != nil { return .sent }
        guard case .accepted = checked else { return .unfit }
        return record.isConfirmed ? .ready : .unconfirmed
    }

    /// What it says; throws `Refusal.conflict` where that does not fit any more.
    func fit() throws -> Application {
        guard case .accepted(let application, _) = checked else {
            throw Refusal.conflict(.draftDoesNotFit)
        }
        return application
    }
}

/// Where a draft stands.
public enum DraftState: Sendable, CaseIterable {
    /// Something is to be corrected.
    case unfit
    /// Fit, but nobody has typed the code that was mailed.
    case unconfirmed
    case ready
    /// It is an application by now, and holds no answers any more.
    case sent
}

extension Office {
    /// The draft of a browser; nil where there is none.
    public func draft(of token: Token) async throws -> OpenDraft? {
        guard let record = try await reading.draft(tokenDigest: token.digest) else { return nil }
        // What was sent holds no answers any more.
        let checked = record.receipt == nil ? try await check(record.draft) : .rejected([])
        return OpenDraft(token: token, record: record, checked: checked)
    }

    func check(_ draft: ApplicationDraft) async throws -> Checked<Application> {
        Application.check(draft, on: today, under: try await currentRules(), as: .form)
    }
}
