internal import Enrollment
internal import EventLoop
public import Network
public import Secrets
public import Store
internal import Words

extension Office {
    /// ログイン. Opens a session of 12 hours. The answer and its time are the same for an address that
    /// is not known. Throws `Refusal.wrong`, or `.tooMany` where there were too many wrong
    /// passwords of the account from this client, or of the client, or where too many people sign
    /// in right now. `isWanted` says whether the client still waits for the answer.
    public func signIn(
        email typed: String, password: String, from client: Client,
        in browser: KnownBrowser = KnownBrowser(), isWanted: () -> Bool = { true }
    ) async throws -> Token {
        let attempt = SignInAttempt(typed, client)
        let found = try await write { writing in
            try await count(.signInClient, of: .client(client), in: writing)
            try await count(.signInAccount, of: attempt.pair, in: writing)
            return try await writing.credentials(of: attempt.email, on: today)
        }
        let account = found?.account
        let kept = PasswordHash(stored: found?.passwordHash ?? Self.nobodysHash)
        guard try await matches(password, kept, attempt, isWanted), let account else {
            try await warn(account, of: attempt)
            throw Refusal.wrong(triesLeft: nil)
        }
        let token = Token(random)
        let events = try await write { writing in
            try await giveBack(.signInClient, of: .client(client), in: writing)
            try await forget(.signInAccount, of: attempt.pair, in: writing)
            return try await openSession(
                .account(account.id), as: token, in: browser, writing)
        }
        tell(events)
        return token
    }

    /// Looked at when its turn comes. What was not looked at was no wrong password.
    func matches(
        _ password: String, _ kept: PasswordHash, _ attempt: SignInAttempt,
        _ isWanted: () -> Bool
    ) async throws -> Bool {
        do {
            return try await inTurn(attempt.client, isWanted) { kept.matches(password) }
        } catch {
            try await write { writing in
                try await giveBack(.signInClient, of: .client(attempt.client), in: writing)
                try await giveBack(.signInAccount, of: attempt.pair, in: writing)
            }
            throw error
        }
    }

    /// Works on a password when the turn of a client comes; `Refusal.tooMany` where there is no
    /// place.
    func inTurn<Value: Sendable>(
        _ client: Client, _ isWanted: () -> Bool,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await WorkQueue.hashing.run(
                for: client.rateLimitKey, isWanted: isWanted, work)
        } catch is QueueFull {
            throw Refusal.tooMany(
                .signInQueue, retryAfterSeconds: LimitName.signInQueue.usual.seconds)
        }
    }

    /// 注意のメール. Tells an account's owner when there were many wrong passwords, from wherever: when
    /// their number is reached, which is once in its time.
    func warn(_ account: AccountRecord?, of attempt: SignInAttempt) async throws {
        let limit = settings.limits[.signInWarning]
        try await write { writing in
            let subject = LimitSubject(text: "account\0" + attempt.email)
            let count = try await counted(.signInWarning, of: subject, in: writing)
            guard count == limit.ceiling, let account else { return }
            let words = settings.letters.signInWarning(count: limit.ceiling)
            let about = "\(account.id)-\(now.microseconds / 1_000_000)"
            writing.post(
                [letter(.signInWarning, words, to: account.email, about: about)], at: now)
        }
    }

    /// The account of a browser's session, once everything was asked that is to be; nil when there
    /// is none, or after 15 minutes of rest.
    public func account(of token: Token) async throws -> AccountRecord? {
        guard let signedIn = try await signedIn(token), signedIn.stage == .complete else {
            return nil
        }
        return signedIn.account
    }

    /// Costs what a real one costs and matches nothing.
    private static let nobodysHash =
        "scrypt$17$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}

/// Somebody who tries to sign in: with which address, from where.
struct SignInAttempt {
    let email: String
    let client: Client

    init(_ typed: String, _ client: Client) {
        if case .address(let found) = EmailAddress.read(typed) {
            email = found.text.lowercased()
        } else {
            email = ""
        }
        self.client = client
    }

    var pair: LimitSubject { .account(email, at: client) }
}
