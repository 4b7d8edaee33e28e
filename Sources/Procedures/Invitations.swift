public import Enrollment
internal import JSON
public import Secrets
public import Store
internal import Words

/// Who invites.
public enum Inviter: Sendable {
    /// The office, or whoever runs the installation: to any desk.
    case office(Actor)
    /// Whoever looks after people of an organization: to the same, or to a part of it.
    case colleague(Actor, OrganizationScope)

    var actor: Actor {
        switch self {
        case .office(let actor), .colleague(let actor, _): actor
        }
    }

    /// Whether what is kept for a scope is theirs to say.
    func covers(_ scope: OrganizationScope?) -> Bool {
        switch self {
        case .office: true
        case .colleague(_, let own): scope.map(own.contains) ?? false
        }
    }
}

/// What became of an invitation that was typed.
public enum InvitationOutcome: Sendable, Equatable {
    /// A link was mailed; its number.
    case sent(Int)
    case rejected([InvitationProblem])
}

extension Office {
    /// 招待する: mails a link by which whoever reads that mail sets a password and has an account.
    /// Throws `Refusal.notFound` where a colleague invites to what is not theirs, and `.conflict`
    /// where the account that is to be taken over is no longer to be had.
    public func invite(
        _ draft: InvitationDraft, by inviter: Inviter
    ) async throws -> InvitationOutcome {
        let problems = draft.problems
        guard problems.isEmpty, let email = draft.address else { return .rejected(problems) }
        let token = Token(random)
        return try await write { writing in
            if let taken = try await problem(ofAddress: email, for: inviter, writing) {
                return .rejected([taken])
            }
            let place = try await desk(draft, inviter, writing)
            guard case .found(let facts, let scope) = place else {
                if case .unknown(let problem) = place { return .rejected([problem]) }
                throw Refusal.notFound
            }
            try await checkTakingOver(draft.takesOver, as: facts, writing)
            if let former = draft.takesOver, try await writing.isBeingTakenOver(former) {
                return .rejected([.isTakenOverByAnother])
            }
            return try await send(
                NewInvitation(
                    facts, of: scope, inPlaceOf: draft.takesOver, tokenDigest: token.digest,
                    until: try await invitationEnd(writing.reading)),
                token, by: inviter.actor, writing)
        }
    }

    private func send(
        _ invitation: NewInvitation, _ token: Token, by actor: Actor, _ writing: WriteTransaction
    ) async throws -> InvitationOutcome {
        guard let id = try await writing.addInvitation(invitation, at: moment(actor)),
            let record = try await writing.lockInvitation(id)
        else { return .rejected([.isInvited]) }
        post(record, token, writing)
        recordInvitation(.inviteAccount, record, by: actor, writing)
        return .sent(id)
    }

    /// もう一度送る: another link; the one before opens nothing any more. `seen` is when it was sent
    /// last, as the inviter saw it. Throws `Refusal.conflict(.invitationHasChanged)`.
    public func resendInvitation(
        _ id: Int, seen: Instant, by inviter: Inviter
    ) async throws {
        let token = Token(random)
        try await write { writing in
            let known = try await openInvitation(id, by: inviter, writing)
            guard known.sentAt == seen else { throw Refusal.conflict(.invitationHasChanged) }
            try await writing.renewInvitation(
                id, tokenDigest: token.digest, at: now,
                until: try await invitationEnd(writing.reading))
            guard let record = try await writing.lockInvitation(id) else { throw Refusal.notFound }
            post(record, token, writing)
            recordInvitation(.resendInvitation, record, by: inviter.actor, writing)
        }
    }

    /// 招待の取消し: its link opens nothing any more. Throws as sending again does.
    public func withdrawInvitation(_ id: Int, by inviter: Inviter) async throws {
        try await write { writing in
            let known = try await openInvitation(id, by: inviter, writing)
            try await writing.withdrawInvitation(id, at: now)
            recordInvitation(.withdrawInvitation, known, by: inviter.actor, writing)
        }
    }

    private func openInvitation(
        _ id: Int, by inviter: Inviter, _ writing: WriteTransaction
    ) async throws -> InvitationRecord {
        guard let known = try await writing.lockInvitation(id), inviter.covers(known.scope) else {
            throw Refusal.notFound
        }
        guard [.open, .expired].contains(known.state(at: now)) else {
            throw Refusal.conflict(.invitationHasChanged)
        }
        return known
    }

    private func invitationEnd(_ reading: ReadStore) async throws -> Instant {
        let lifetimes = try await reading.lifetimes(on: today)
        guard let lifetime = lifetimes.first(where: { $0.kind == .invitation }) else {
            throw Refusal.conflict(.invitationLifetimeIsMissing)
        }
        return lifetime.end(of: now)
    }

    private func post(
        _ invitation: InvitationRecord, _ token: Token, _ writing: WriteTransaction
    ) {
        let words = settings.letters.invitation(
            InvitationNotice(
                name: invitation.facts.name, desk: invitation.notedDesk,
                link: settings.links.invitation(token.text), until: invitation.expiresAt))
        let about = Digest.hex(random.bytes(8))
        writing.post(
            [letter(.invitation, words, to: invitation.facts.email, about: about)], at: now)
    }

    func recordInvitation(
        _ act: EventKind, _ invitation: InvitationRecord, by actor: Actor,
        _ writing: WriteTransaction
    ) {
        let role = JSONMember("role", .string(invitation.facts.role.rawValue))
        let organization = invitation.facts.organizationCode.map {
            JSONMember("organization", .string($0))
        }
        record(
            [
                Event(
                    act, on: "invitation:\(invitation.id)",
                    detail: .object([role] + (organization.map { [$0] } ?? [])),
                    details: EventDetails(after: invitation.facts.json))
            ], in: writing, at: moment(actor))
    }
}

extension Office {
    /// An address that is taken; a colleague does not learn by whom.
    private func problem(
        ofAddress email: String, for inviter: Inviter, _ writing: WriteTransaction
    ) async throws -> InvitationProblem? {
        let known = try await writing.accountToChange(email)
        let isInvited = try await writing.isInvited(email)
        guard known != nil || isInvited else { return nil }
        if case .colleague = inviter { return .addressCannotBeUsed }
        guard let known else { return .isInvited }
        return known.disabledOn == nil ? .hasAccount : .hasDisabledAccount
    }

    private enum FoundDesk {
        case found(AccountFacts, AccountScope?)
        case unknown(InvitationProblem)
        case foreign
    }

    /// What the account will be, and of whom.
    private func desk(
        _ draft: InvitationDraft, _ inviter: Inviter, _ writing: WriteTransaction
    ) async throws -> FoundDesk {
        var facts = AccountFacts(
            email: draft.address ?? "", name: draft.typedName, role: .ministry,
            organizationCode: nil)
        switch draft.desk {
        case .office(let rights): (facts.role, facts.rights) = (.office, rights)
        case .ministry: break
        case .organization(let code, let place):
            facts.role = .organization
            facts.organizationCode = code
            facts.place = BusinessPlacePath(place)
            return try await organization(facts, code, inviter, writing)
        }
        return inviter.covers(nil) ? .found(facts, nil) : .foreign
    }

    private func organization(
        _ facts: AccountFacts, _ code: String, _ inviter: Inviter, _ writing: WriteTransaction
    ) async throws -> FoundDesk {
        guard let organization = try await writing.reading.organization(code: code, in: year)
        else { return .unknown(.organizationUnknown) }
        let id = organization.id
        guard inviter.covers(OrganizationScope(id, at: facts.place)) else { return .foreign }
        if let last = organization.endsOn, last <= today {
            return .unknown(.organizationIsClosed)
        }
        guard let path = facts.place else { return .found(facts, AccountScope(id, placeID: nil)) }
        guard let place = try await writing.lockBusinessPlace(path, of: id),
            place.endsOn.map({ $0 > today }) ?? true
        else { return .unknown(.placeUnknown) }
        return .found(facts, AccountScope(id, placeID: place.id))
    }

    /// 引き継ぎ is from one account to another of the same desk.
    private func checkTakingOver(
        _ id: Int?, as facts: AccountFacts, _ writing: WriteTransaction
    ) async throws {
        guard let id else { return }
        guard let former = try await writing.accountToChange(id: id), former.disabledOn == nil,
            former.facts.role == facts.role,
            former.facts.organizationCode == facts.organizationCode
        else { throw Refusal.conflict(.accountCannotBeTakenOver) }
    }
}

/// How far an invitation is.
public enum InvitationState: String, Sendable {
    case open, expired, accepted, withdrawn
}

extension InvitationRecord {
    /// As it is then.
    public func state(at now: Instant) -> InvitationState {
        if acceptedAt != nil { return .accepted }
        if withdrawnAt != nil { return .withdrawn }
        return now < expiresAt ? .open : .expired
    }

    var notedDesk: InvitationNotice.Desk {
        switch facts.role {
        case .office: .office
        case .ministry: .ministry
        case .organization:
            .organization(organizationName + (placeName.isEmpty ? "" : "　" + placeName))
        }
    }
}
