internal import HTTP
internal import Procedures
internal import Secrets
internal import Store

/// Whoever has typed a password, also where something is still to come before they are in.
struct PasswordHolder: Caller {
    static let access = Access.account

    let visitor: Visitor
    let signedIn: SignedIn
    /// Of the session in front of us.
    let session: Token

    var account: AccountRecord { signedIn.account }

    static func admit(_ request: Request, _ site: Site) async throws -> Admission<PasswordHolder> {
        var visitor = Visitor(request, site)
        guard let session = visitor[Visitor.sessionCookie],
            let signedIn = try await site.office.signedIn(session)
        else { return .signedOut }
        if signedIn.stage == .complete { visitor.reader = .account(signedIn.account) }
        return .admitted(
            PasswordHolder(visitor: visitor, signedIn: signedIn, session: session))
    }
}

/// Somebody who has lately typed a code of their second factor, where they have one: for acts that
/// appoint, or take names out of the house. A handler that takes one cannot be called for anybody
/// else.
struct Proven<Member: StaffMember>: Caller {
    static var access: Access { Member.access }

    let member: Member

    static func admit(_ request: Request, _ site: Site) async throws -> Admission<Proven<Member>> {
        switch try await Member.admit(request, site) {
        case .admitted(let member):
            guard let session = member.visitor[Visitor.sessionCookie],
                try await !site.office.needsProof(session)
            else { return .unproven }
            return .admitted(Proven(member: member))
        case .signedOut: return .signedOut
        case .notTheirs: return .notTheirs
        case .noApplication: return .noApplication
        case .unproven: return .unproven
        }
    }
}
