public import Enrollment
internal import EventLoop
public import Secrets
public import Store

/// An account that the operator adds.
public struct NewAccount: Sendable {
    public let email: String
    public let name: String
    public let role: Role
    /// Only for a body's account.
    public let organizationCode: String?

    public init(email: String, name: String, role: Role, organizationCode: String?) {
        self.email = email
        self.name = name
        self.role = role
        self.organizationCode = organizationCode
    }
}

extension Office {
    /// 口座の登録. Adds an account, or gives a known one a new password. The password is made here and
    /// told once: 20 letters, well over the 15 that a password alone must have.
    public func addAccount(_ account: NewAccount, by actor: String) async throws -> String {
        guard case .address(let email) = EmailAddress.read(account.email) else {
            throw Refusal.conflict("what the account is to sign in with is no mail address")
        }
        guard (account.role == .organization) == (account.organizationCode != nil)
        else { throw Refusal.conflict("a body's account names its body, others do not") }
        let password = String(Base64URL.encode(random.bytes(15)))
        let (salt, cost) = (random.bytes(16), settings.passwordCost)
        let hash = try await offLoop { try PasswordHash(of: password, salt: salt, cost: cost) }
        try await write { writing in
            guard
                try await writing.keepAccount(
                    email.text, name: account.name, role: account.role,
                    organizationCode: account.organizationCode, passwordHash: hash.text, at: now)
            else { throw Refusal.notFound }
            writing.record(
                [Event("add_account", on: "role:\(account.role.rawValue)")], at: moment(actor))
        }
        return password
    }

    public func disableAccount(_ email: String, by actor: String) async throws {
        try await write { writing in
            guard try await writing.disableAccount(email, at: now) else { throw Refusal.notFound }
            writing.record([Event("disable_account", on: "account")], at: moment(actor))
        }
    }

    /// ログイン. Opens a session of 12 hours. The answer and its time are the same for an address that
    /// is not known. Throws `Refusal.wrong`, or `.tooMany` after ten wrong passwords in ten minutes.
    public func signIn(email typed: String, password: String) async throws -> Token {
        let email = EmailAddress.read(typed)
        var address = ""
        if case .address(let found) = email { address = found.text.lowercased() }
        let subject = Base64URL.encode(settings.key.code(for: address, purpose: "limit"))
        let now = now
        let count = try await write { writing in
            try await writing.countAttempt(
                "password", subject: subject, at: now, since: now.adding(seconds: -600))
        }
        guard count <= settings.wrongPasswords else {
            throw Refusal.tooMany(retryAfterSeconds: 600)
        }
        let account = try await reading.account(email: address)
        let kept = PasswordHash(stored: account?.passwordHash ?? Self.nobodysHash)
        let matches = try await offLoop { kept.matches(password) }
        guard matches, let account else { throw Refusal.wrong(triesLeft: nil) }
        let token = Token(random)
        try await write { writing in
            try await writing.clearAttempts("password", subject: subject)
            try await writing.openSession(
                .account(account.id), tokenDigest: token.digest, at: now,
                until: now.adding(seconds: 12 * 3600))
            writing.record(
                [Event("sign_in", on: "account:\(account.id)")],
                at: moment("account:\(account.id)"))
        }
        return token
    }

    /// The account of a browser's session; nil when there is none, or after 15 minutes of rest.
    public func account(of token: Token) async throws -> AccountRecord? {
        let session = try await reading.session(
            tokenDigest: token.digest, at: now, idleSince: now.adding(seconds: -15 * 60))
        guard let session, case .account(let id) = session.owner else { return nil }
        if session.lastSeenAt < now.adding(seconds: -60) {
            try await write { try await $0.touchSession(tokenDigest: token.digest, at: now) }
        }
        return try await reading.account(id: id)
    }

    /// Costs what a real one costs and matches nothing.
    private static let nobodysHash =
        "scrypt$17$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}
