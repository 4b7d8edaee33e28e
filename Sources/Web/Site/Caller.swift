internal import Enrollment
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store

/// Who asks, as far as an endpoint wants to know. There is no other way to one than `admit`, which
/// proves it: a handler that takes a `Reviewer` cannot be called for anybody else.
protocol Caller: SendableMetatype {
    static var access: Access { get }
    static func admit(_ request: Request, _ site: Site) async throws -> Admission<Self>
}

/// For whom an endpoint is.
enum Access: Sendable, Equatable {
    case everybody, applicant, account, organization
    /// Somebody of the office who may do that.
    case office(OfficeAct)
    case figures
    /// The ministry, or somebody of the office who may do that.
    case names
}

/// What became of the proof.
enum Admission<Proven> {
    case admitted(Proven)
    /// Nobody is signed in, or no longer.
    case signedOut
    /// Somebody of another role, or without the right.
    case notTheirs
    /// Nobody was let in to an application by a mailed number.
    case noApplication
    /// Somebody whose last code of the second factor is too long ago.
    case unproven
}

/// Whoever it is: nothing is asked, nothing is read.
struct Anybody: Caller {
    static let access = Access.everybody

    static func admit(_ request: Request, _ site: Site) -> Admission<Anybody> {
        .admitted(Anybody())
    }
}

/// Nobody in particular, in a browser that we know again.
extension Visitor: Caller {
    static let access = Access.everybody

    static func admit(_ request: Request, _ site: Site) -> Admission<Visitor> {
        .admitted(Visitor(request, site))
    }
}

/// Whoever was let in to an application by a mailed number.
struct Applicant: Caller {
    static let access = Access.applicant

    let visitor: Visitor
    /// Of the application.
    let id: Int

    private init(_ visitor: Visitor, _ id: Int) {
        self.visitor = visitor
        self.id = id
    }

    static func admit(_ request: Request, _ site: Site) async throws -> Admission<Applicant> {
        let visitor = Visitor(request, site)
        guard let token = visitor[Visitor.sessionCookie],
            let id = try await site.office.applicant(of: token)
        else { return .noApplication }
        return .admitted(Applicant(visitor, id))
    }
}

/// Somebody with an account, of whichever role.
protocol StaffMember: Caller {
    var visitor: Visitor { get }
    var account: AccountRecord { get }
}

extension StaffMember {
    /// As the journal names them.
    var actor: Actor { account.actor }
}

/// Whoever has an account, of whichever role.
struct AccountHolder: StaffMember {
    static let access = Access.account

    let visitor: Visitor
    let account: AccountRecord
    /// Of the session in front of us.
    let session: Token

    private init?(_ visitor: Visitor, _ account: AccountRecord) {
        guard let session = visitor[Visitor.sessionCookie] else { return nil }
        self.visitor = visitor
        self.account = account
        self.session = session
    }

    static func admit(_ request: Request, _ site: Site) async throws -> Admission<AccountHolder> {
        try await site.admit(request) { AccountHolder($0, $1) }
    }
}

/// Whoever looks after the people of one organization, or of one 事業所 of it.
struct OrganizationMember: StaffMember {
    static let access = Access.organization

    let visitor: Visitor
    let account: AccountRecord
    /// What is theirs. Wherever rights are compared, by this.
    let scope: OrganizationScope

    private init?(_ visitor: Visitor, _ account: AccountRecord) {
        guard account.role == .organization, let scope = account.scope else { return nil }
        self.visitor = visitor
        self.account = account
        self.scope = scope
    }

    static func admit(
        _ request: Request, _ site: Site
    ) async throws -> Admission<OrganizationMember> {
        try await site.admit(request) { OrganizationMember($0, $1) }
    }
}

/// Whoever may see everybody's numbers: the office or the ministry.
struct FiguresReader: StaffMember {
    static let access = Access.figures

    let visitor: Visitor
    let account: AccountRecord

    private init?(_ visitor: Visitor, _ account: AccountRecord) {
        guard account.role == .office || account.role == .ministry else { return nil }
        self.visitor = visitor
        self.account = account
    }

    static func admit(_ request: Request, _ site: Site) async throws -> Admission<FiguresReader> {
        try await site.admit(request) { FiguresReader($0, $1) }
    }
}

/// Whoever may take everybody's names out of the house.
struct NamesReader: StaffMember {
    static let access = Access.names

    let visitor: Visitor
    let account: AccountRecord

    private init?(_ visitor: Visitor, _ account: AccountRecord) {
        guard Self.access.admits(account) else { return nil }
        self.visitor = visitor
        self.account = account
    }

    static func admit(_ request: Request, _ site: Site) async throws -> Admission<NamesReader> {
        try await site.admit(request) { NamesReader($0, $1) }
    }
}

extension Site {
    /// Who is signed in, as what `member` makes of them.
    func admit<Member>(
        _ request: Request, as member: (Visitor, AccountRecord) -> Member?
    ) async throws -> Admission<Member> {
        var visitor = Visitor(request, self)
        guard let account = try await account(visitor) else { return .signedOut }
        visitor.reader = .account(account)
        return member(visitor, account).map { .admitted($0) } ?? .notTheirs
    }
}

extension Access {
    /// Whether somebody with an account is let in.
    func admits(_ account: AccountRecord) -> Bool {
        switch self {
        case .everybody, .account: true
        case .applicant: false
        case .organization: account.role == .organization
        case .office(let act): account.may(act)
        case .figures: account.role != .organization
        case .names: account.role == .ministry || account.may(.exportNames)
        }
    }
}
