internal import Enrollment
internal import EventLoop
public import Secrets
public import Store

extension Office {
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
