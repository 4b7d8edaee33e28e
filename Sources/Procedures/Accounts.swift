public import Enrollment
internal import EventLoop
internal import JSON
internal import Secrets
public import Store

/// An account that the operator adds.
public typealias NewAccount = AccountFacts

/// What is to be different about an account; what is nil stays.
public struct AccountChange: Sendable {
    public var email: String?
    public var name: String?
    public var role: Role?
    public var organizationCode: String?
    /// Nil leaves it; `.some(nil)` gives the account the whole organization.
    public var place: BusinessPlacePath??
    public var hasNewPassword = false

    public init() {}
}

extension Office {
    /// 口座の登録. Adds an account that was not there. The password is made here and told once: 20
    /// letters, well over the 15 that a password alone must have.
    public func addAccount(_ account: AccountFacts, by actor: Actor) async throws -> String {
        let facts = try withAddress(account)
        let (password, hash) = try await newPassword()
        try await write { writing in
            if let known = try await writing.accountToChange(facts.email) {
                throw Self.isKnown(known)
            }
            let scope = try await scope(of: facts, writing)
            guard
                let id = try await writing.addAccount(
                    facts, of: scope, passwordHash: hash, at: now)
            else { throw Self.isTaken }
            record(
                [event(.addAccount, id, [facts.role.rawValue], EventDetails(after: facts.json))],
                in: writing, at: moment(actor))
        }
        return password
    }

    /// Makes an account another's: role, organization, name, address, password. Its sessions end.
    /// Returns the new password, if there is one.
    public func changeAccount(
        _ email: String, _ change: AccountChange, by actor: Actor
    ) async throws -> String? {
        let new = change.hasNewPassword ? try await newPassword() : nil
        try await write { writing in
            let known = try await knownAccount(email, writing)
            let facts = try withAddress(known.facts.changed(by: change))
            let scope = try await scope(of: facts, writing)
            guard
                try await writing.changeAccount(
                    known.id, to: facts, of: scope, passwordHash: new?.hash)
            else { throw Self.isTaken }
            try await writing.closeSessions(ofAccount: known.id)
            if new != nil { tellOfPassword(facts.email, facts.name, writing) }
            let details = EventDetails(before: known.facts.json, after: facts.json)
            record(
                [event(.changeAccount, known.id, change.named, details)], in: writing,
                at: moment(actor))
        }
        return new?.password
    }

    /// Lets an account sign in again: with its password of before, or with a new one.
    public func enableAccount(
        _ email: String, withNewPassword isNew: Bool, by actor: Actor
    ) async throws -> String? {
        let new = isNew ? try await newPassword() : nil
        try await write { writing in
            let known = try await knownAccount(email, writing)
            guard known.disabledOn != nil else {
                throw Refusal.conflict(.accountIsNotDisabled)
            }
            try await writing.setAccount(known.id, disabledAt: nil)
            if let new {
                let scope = try await scope(of: known.facts, writing)
                _ = try await writing.changeAccount(
                    known.id, to: known.facts, of: scope, passwordHash: new.hash)
                tellOfPassword(known.facts.email, known.facts.name, writing)
            }
            record(
                [event(.enableAccount, known.id, isNew ? ["password"] : [])], in: writing,
                at: moment(actor))
        }
        return new?.password
    }

    /// Ends an account and all its sessions. One that has ended stays as it is.
    public func disableAccount(_ email: String, by actor: Actor) async throws {
        try await write { writing in
            let known = try await knownAccount(email, writing)
            guard known.disabledOn == nil else { return }
            try await writing.setAccount(known.id, disabledAt: now)
            try await writing.closeSessions(ofAccount: known.id)
            record([event(.disableAccount, known.id, [])], in: writing, at: moment(actor))
        }
    }

    func knownAccount(_ email: String, _ writing: WriteTransaction) async throws
        -> ListedAccount
    {
        guard case .address(let address) = EmailAddress.read(email),
            let known = try await writing.accountToChange(address.text)
        else { throw Refusal.notFound }
        return known
    }

    private func withAddress(_ facts: AccountFacts) throws -> AccountFacts {
        guard case .address(let email) = EmailAddress.read(facts.email) else {
            throw Refusal.conflict(.accountAddressIsNone)
        }
        var facts = facts
        facts.email = email.text
        return facts
    }

    private func scope(
        of facts: AccountFacts, _ writing: WriteTransaction
    ) async throws -> AccountScope? {
        guard (facts.role == .organization) == (facts.organizationCode != nil),
            facts.place == nil || facts.role == .organization
        else { throw Refusal.conflict(.accountOrganizationDoesNotFit) }
        guard let code = facts.organizationCode else { return nil }
        guard let id = try await writing.organizationID(code) else { throw Refusal.notFound }
        guard let path = facts.place else { return AccountScope(id, placeID: nil) }
        guard let place = try await writing.lockBusinessPlace(path, of: id) else {
            throw Refusal.notFound
        }
        return AccountScope(id, placeID: place.id)
    }

    private func newPassword() async throws -> (password: String, hash: String) {
        let password = String(Base64URL.encode(random.bytes(15)))
        let (salt, cost) = (random.bytes(16), settings.passwordCost)
        let hash = try await WorkQueue.hashing.run {
            try PasswordHash(of: password, salt: salt, cost: cost)
        }
        return (password, hash.text)
    }

    private func event(
        _ act: EventKind, _ id: Int, _ what: [String], _ details: EventDetails? = nil
    ) -> Event {
        let list = JSONValue.object(["what": .array(what.map { .string($0) })])
        return Event(act, on: "account:\(id)", detail: list, details: details)
    }

    private static func isKnown(_ account: ListedAccount) -> Refusal {
        .conflict(
            account.disabledOn == nil
                ? .accountIsKnown(email: account.facts.email, account.facts.role)
                : .accountIsKnownAndDisabled(email: account.facts.email))
    }

    private static let isTaken = Refusal.conflict(.accountAddressIsTaken)
}

extension AccountFacts {
    /// Whoever leaves an organization for the office has no organization any more, and whoever
    /// leaves it for another has none of its 事業所.
    fileprivate func changed(by change: AccountChange) -> AccountFacts {
        let role = change.role ?? role
        let kept = role == .organization ? organizationCode : nil
        let code = change.organizationCode ?? kept
        // Whoever comes to the office, or stays there, has what they had or all.
        let rights = self.role == .office ? self.rights : .every
        return AccountFacts(
            email: change.email ?? email, name: change.name ?? name, role: role,
            organizationCode: code,
            place: change.place ?? (code == organizationCode ? place : nil), rights: rights)
    }
}

extension AccountFacts {
    var json: JSONValue {
        .object([
            "email": .string(email), "name": .string(name), "role": .string(role.rawValue),
            "organization": organizationCode.map { .string($0) } ?? .null,
            "business_place": place.map { .string($0.description) } ?? .null,
            "rights": role == .office ? rights.json : .null,
        ])
    }
}

extension AccountChange {
    /// What changes, by name; for what the journal says for ever.
    fileprivate var named: [String] {
        [
            email == nil ? nil : "email", name == nil ? nil : "name", role.map(\.rawValue),
            organizationCode == nil ? nil : "organization",
            place == nil ? nil : "business_place", hasNewPassword ? "password" : nil,
        ].compactMap(\.self)
    }
}
