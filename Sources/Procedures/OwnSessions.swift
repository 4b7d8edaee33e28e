public import Enrollment
internal import JSON
public import Secrets
public import Store

/// ログイン中の画面: one's own sessions, and their end.
extension Office {
    /// Sessions of accounts end after so many seconds without use.
    static let restSeconds = 15 * 60

    /// Those of an account that can be used now, the newest first; `session` is the one that asks.
    public func sessions(
        ofAccount id: Int, seenBy session: Token? = nil
    ) async throws -> [ListedSession] {
        try await reading.sessions(
            ofAccount: id, seenBy: session?.digest, at: now,
            idleSince: now.adding(seconds: -Self.restSeconds))
    }

    /// Ends one session of an account by its number. One that has ended already, or is another's,
    /// is none: false.
    @discardableResult
    public func endSession(_ number: Int, ofAccount id: Int, by actor: Actor) async throws -> Bool {
        try await end(ofAccount: id, by: actor) {
            try await $0.closeSession(number, ofAccount: id) ? 1 : 0
        } == 1
    }

    /// Ends the sessions of an account, but for one that goes on; gives how many.
    @discardableResult
    public func endSessions(
        ofAccount id: Int, but session: Token?, by actor: Actor
    ) async throws -> Int {
        try await end(ofAccount: id, by: actor) {
            try await $0.closeSessions(ofAccount: id, butOf: session?.digest)
        }
    }

    /// The account of an address, also one that is disabled. Throws `Refusal.notFound`.
    public func accountNumber(_ email: String) async throws -> Int {
        try await write { try await knownAccount(email, $0).id }
    }

    private func end(
        ofAccount id: Int, by actor: Actor, _ act: (WriteTransaction) async throws -> Int
    ) async throws -> Int {
        let (count, events) = try await write { writing in
            let count = try await act(writing)
            let events =
                count == 0
                ? []
                : [
                    SecurityEvent(
                        .endSessions, by: actor, on: "account:\(id)",
                        detail: .object(["count": .integer(count)]))
                ]
            record(events, in: writing)
            return (count, events)
        }
        tell(events)
        return count
    }
}
