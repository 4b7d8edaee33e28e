public import Enrollment
internal import JSON
internal import Secrets
public import Store
internal import Words

/// アカウントの管理 by somebody of the office who may. Nobody ends their own account, and nobody takes
/// the last 管理 away; whoever runs the installation can, by command.
extension Office {
    /// 停止: the account and all its sessions end, and its owner is told. One that has ended stays as
    /// it is. Throws `Refusal.notFound`, and `.conflict` for one's own account and the last 管理.
    public func disableAccount(_ id: Int, by actor: Actor) async throws {
        try await write { writing in
            let administrators = try await writing.lockAdministrators()
            guard let known = try await writing.accountToChange(id: id) else {
                throw Refusal.notFound
            }
            guard known.disabledOn == nil else { return }
            guard actor != .account(id) else { throw Refusal.conflict(.accountIsOnesOwn) }
            guard administrators != [id] else { throw Refusal.conflict(.lastAdministrator) }
            try await end(known, .disabled, by: actor, writing)
        }
    }

    /// Ends an account, whatever the reason.
    func end(
        _ known: ListedAccount, _ news: AccountNews, by actor: Actor, _ writing: WriteTransaction
    ) async throws {
        try await writing.setAccount(known.id, disabledAt: now)
        try await writing.closeSessions(ofAccount: known.id)
        post(news, to: known.facts, writing)
        let detail: JSONValue =
            news == .handedOver ? .object(["by": .string("handed_over")]) : .object([:])
        record(
            [Event(.disableAccount, on: "account:\(known.id)", detail: detail)], in: writing,
            at: moment(actor))
    }

    /// 再開: it may sign in again, with the password it had. One that may already stays as it is.
    public func enableAccount(_ id: Int, by actor: Actor) async throws {
        try await write { writing in
            guard let known = try await writing.accountToChange(id: id) else {
                throw Refusal.notFound
            }
            guard known.disabledOn != nil else { return }
            try await writing.setAccount(id, disabledAt: nil)
            post(.enabled, to: known.facts, writing)
            record(
                [Event(.enableAccount, on: "account:\(id)")], in: writing, at: moment(actor))
        }
    }

    /// 権限の変更 of somebody of the office; `seen` is what they had when it was asked for. Throws
    /// `Refusal.notFound`, and `.conflict` where they have others by now, where none would be left,
    /// and for the last 管理.
    public func changeRights(
        ofAccount id: Int, from seen: OfficeRights, to rights: OfficeRights, by actor: Actor
    ) async throws {
        try await write { writing in
            let administrators = try await writing.lockAdministrators()
            guard let known = try await writing.accountToChange(id: id),
                known.facts.role == .office
            else { throw Refusal.notFound }
            let before = known.facts.rights
            if before == rights { return }
            guard before == seen, !rights.isEmpty else {
                throw Refusal.conflict(.accountHasChanged)
            }
            guard administrators != [id] || rights.contains(.administration) else {
                throw Refusal.conflict(.lastAdministrator)
            }
            try await writing.setRights(rights, ofAccount: id)
            post(.rights(rights), to: known.facts, writing)
            record(
                [
                    Event(
                        .changeRights, on: "account:\(id)",
                        detail: .object([
                            "before": before.said, "after": rights.said,
                        ]))
                ], in: writing, at: moment(actor))
        }
    }

    private func post(_ news: AccountNews, to facts: AccountFacts, _ writing: WriteTransaction) {
        let words = settings.letters.accountChanged(news, name: facts.name)
        let about = Digest.hex(random.bytes(8))
        writing.post([letter(.accountChanged, words, to: facts.email, about: about)], at: now)
    }
}

extension OfficeRights {
    fileprivate var said: JSONValue { .object(["rights": json]) }

    var json: JSONValue { .array(list.map { .string($0.rawValue) }) }
}
