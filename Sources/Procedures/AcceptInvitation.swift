public import Enrollment
internal import JSON
public import Network
public import Secrets
public import Store
internal import Words

/// An invitation as whoever has its link sees it.
public struct SeenInvitation: Sendable {
    public let record: InvitationRecord
    public let state: InvitationState
}

/// What became of a password by which an invitation was to be used.
public enum InvitationUse: Sendable, Equatable {
    case accepted
    case rejected(PasswordProblem)
    /// It was used before, has ended, or another account has the address by now.
    case ended(InvitationState)
}

extension Office {
    /// What a link is of. Throws `Refusal.notFound` for one that is none, or none any more.
    public func invitation(_ token: Token) async throws -> SeenInvitation {
        let found = try await write { try await $0.lockInvitation(tokenDigest: token.digest) }
        guard let found else { throw Refusal.notFound }
        return SeenInvitation(record: found, state: found.state(at: now))
    }

    /// 招待を受ける: an account comes of it, with the password that was typed; the one that it takes
    /// over ends. Throws `Refusal.notFound`, `.tooMany` where many passwords are worked on, and
    /// `.conflict` where the address has an account by now.
    public func acceptInvitation(
        _ token: Token, password: String, from client: Client, isWanted: () -> Bool = { true }
    ) async throws -> InvitationUse {
        let seen = try await invitation(token)
        guard seen.state == .open else { return .ended(seen.state) }
        let facts = seen.record.facts
        if let problem = NewPassword.problem(password, of: [facts.email, facts.name]) {
            return .rejected(problem)
        }
        let hash = try await newHash(password, for: client, isWanted)
        let (use, events) = try await write { writing in
            try await accept(token, hash, writing)
        }
        tell(events)
        return use
    }

    private func accept(
        _ token: Token, _ hash: String, _ writing: WriteTransaction
    ) async throws -> (InvitationUse, [SecurityEvent]) {
        let administrators = try await writing.lockAdministrators()
        guard let known = try await writing.lockInvitation(tokenDigest: token.digest) else {
            throw Refusal.notFound
        }
        let state = known.state(at: now)
        guard state == .open else { return (.ended(state), []) }
        let scope = known.scope.map { AccountScope($0.organizationID, placeID: known.placeID) }
        guard
            let id = try await writing.addAccount(
                known.facts, of: scope, passwordHash: hash, at: now)
        else { throw Refusal.conflict(.accountAddressIsTaken) }
        try await writing.acceptInvitation(known.id, asAccount: id, at: now)
        let event = SecurityEvent(
            .acceptInvitation, by: .account(id), on: "account:\(id)",
            detail: .object(["invitation": .integer(known.id)]))
        record([event], in: writing)
        let isAdministrator = known.facts.rights.contains(.administration)
        try await endFormer(
            of: known, as: id, others: administrators + (isAdministrator ? [id] : []), writing)
        return (.accepted, [event])
    }

    /// 引き継ぎ: the account before it ends, unless it has ended.
    private func endFormer(
        of invitation: InvitationRecord, as id: Int, others administrators: [Int],
        _ writing: WriteTransaction
    ) async throws {
        guard let former = invitation.takesOver,
            let known = try await writing.accountToChange(id: former), known.disabledOn == nil
        else { return }
        guard administrators != [former] else { throw Refusal.conflict(.lastAdministrator) }
        try await end(known, .handedOver, by: .account(id), writing)
    }
}
