internal import Enrollment
internal import JSON
public import Secrets
public import Store

/// A browser by its cookies: the one that it always sends, and that of its session.
public struct KnownBrowser: Sendable {
    let mark: Token?
    let session: Token?
    let place: SessionPlace

    public init(
        mark: Token? = nil, session: Token? = nil, from place: SessionPlace = .unknown
    ) {
        self.mark = mark
        self.session = session
        self.place = place
    }
}

extension Office {
    /// Opens a session of 12 hours and ends the one that the browser had, whoever's it was: nobody
    /// goes on in the name of whoever sat there before, and a copy of the old cookie opens nothing.
    /// Gives what is to be told once that is kept.
    func openSession(
        _ owner: SessionOwner, as token: Token, in browser: KnownBrowser,
        _ writing: WriteTransaction
    ) async throws -> [SecurityEvent] {
        var events = [SecurityEvent(owner.opening, by: owner.actor, on: owner.actor.code)]
        if let earlier = browser.session,
            let ended = try await writing.closeSession(tokenDigest: earlier.digest)
        {
            events.append(
                SecurityEvent(
                    .signOut, by: ended.actor, on: ended.actor.code,
                    detail: .object(["by": .string("sign_in")])))
        }
        let mark = browser.mark.map { settings.key.code(for: $0.text, purpose: "browser") }
        let session = NewSession(
            owner, tokenDigest: token.digest, browserDigest: mark, from: browser.place)
        try await writing.openSession(session, at: now, until: now.adding(seconds: 12 * 3600))
        record(events, in: writing)
        return events
    }

    /// ログアウト. Ends a session on the server; a copy of the cookie opens nothing.
    public func signOut(_ token: Token) async throws {
        let events = try await write { writing in
            let owner = try await writing.closeSession(tokenDigest: token.digest)
            let events = owner.map { [SecurityEvent(.signOut, by: $0.actor, on: $0.actor.code)] }
            record(events ?? [], in: writing)
            return events ?? []
        }
        tell(events)
    }
}

extension SessionOwner {
    /// What opening a session of theirs is called in the journal.
    fileprivate var opening: EventKind {
        switch self {
        case .account: .signIn
        case .application: .openStatus
        }
    }
}
