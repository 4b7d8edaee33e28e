/// What is limited. The raw value is the name in `ENROLL_LIMITS` and in ops/limits.md.
public enum LimitName: String, CaseIterable, Sendable {
    /// Wrong passwords for one account from one client, and for any account from one client.
    case signInAccount = "sign-in-account"
    case signInClient = "sign-in-client"
    /// Places of the queue in which passwords are looked at; no setting.
    case signInQueue = "sign-in-queue"
    /// Wrong passwords for an account from everywhere, at which its owner is told.
    case signInWarning = "sign-in-warning"
    /// Codes to one mailbox of a purpose, of one client, and in all.
    case codeAddress = "code-address"
    case codeClient = "code-client"
    case codeAll = "code-all"
    /// Of these and of asks for a state: what one client gets for one mailbox although others have
    /// used them up, and what all such clients get together.
    case codeOwn = "code-own"
    case codeOthers = "code-others"
    /// Asks for one receipt number and address, whether they belong together or not.
    case statusAsk = "status-ask"
    /// Asks for a new password with one address, whether an account has it or not.
    case passwordAsk = "password-ask"
    /// Wrong codes of one client; and in all, above which a new code bears one try.
    case tryClient = "try-client"
    case tryAll = "try-all"
    /// Drafts that one client begins, and that are begun in all.
    case draftClient = "draft-client"
    case draftAll = "draft-all"
    /// Files that one account and one client send.
    case uploadAccount = "upload-account"
    case uploadClient = "upload-client"
    /// Wrong codes of a second factor, of one account from one client, and of it from everywhere.
    case codeOfFactor = "second-factor"
    case codesOfFactor = "second-factor-all"
    /// Letters to the office about one kind of alarm.
    case alarm

    /// As installed. A hospital sits behind one address, so a client may do what a ward does at
    /// once.
    var usual: Limit {
        switch self {
        case .signInAccount: Limit(10, within: 600)
        case .signInClient: Limit(40, within: 600)
        case .signInQueue: Limit(24, within: 5)
        case .signInWarning: Limit(10, within: 86_400)
        case .codeAddress, .statusAsk, .passwordAsk: Limit(5, within: 1_800)
        case .codeOfFactor: Limit(5, within: 600)
        case .codesOfFactor: Limit(100, within: 3_600)
        case .codeOwn: Limit(2, within: 1_800)
        case .codeOthers: Limit(15, within: 1_800)
        case .codeClient: Limit(100, within: 600)
        case .codeAll: Limit(3_000, within: 600)
        case .tryClient: Limit(60, within: 600)
        case .tryAll: Limit(600, within: 600)
        case .draftClient: Limit(600, within: 3_600)
        case .draftAll: Limit(50_000, within: 86_400)
        case .uploadAccount: Limit(30, within: 600)
        case .uploadClient: Limit(60, within: 600)
        case .alarm: Limit(1, within: 86_400)
        }
    }

    /// What an operator may set.
    public static let settable = allCases.filter { $0 != .signInQueue && $0 != .alarm }
}

/// So many, from the first of them on, within so many seconds.
public struct Limit: Sendable, Equatable {
    public let ceiling: Int
    public let seconds: Int

    public init(_ ceiling: Int, within seconds: Int) {
        self.ceiling = ceiling
        self.seconds = seconds
    }
}

/// The limits of an installation.
public struct Limits: Sendable {
    private var changed: [LimitName: Limit] = [:]

    public init() {}

    public subscript(_ name: LimitName) -> Limit {
        get { changed[name] ?? name.usual }
        set { changed[name] = newValue }
    }
}
