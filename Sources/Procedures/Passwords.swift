public import Enrollment
internal import JSON
public import Network
public import Secrets
public import Store
internal import Words

/// What became of a new password.
public enum PasswordChange: Sendable, Equatable {
    /// It is set; so many other sessions have ended.
    case done(endedSessions: Int)
    case rejected(PasswordProblem)
}

/// A password in the place of another, as typed.
public struct TypedPasswords: Sendable {
    let old: String
    let new: String

    public init(from old: String, to new: String) {
        self.old = old
        self.new = new
    }
}

/// パスワードの変更 by whoever an account belongs to.
extension Office {
    /// Changes the password of an account whose session this is, which goes on; all others end, and
    /// a letter tells. A second press finds it done. Throws `Refusal.wrong` for a wrong old
    /// password, which counts like one at the sign-in, `.tooMany` by the same limits, and
    /// `.conflict` where somebody else changed it in this moment.
    public func changePassword(
        of account: AccountRecord, _ typed: TypedPasswords, keeping session: Token,
        from client: Client, isWanted: () -> Bool = { true }
    ) async throws -> PasswordChange {
        if let problem = NewPassword.problem(typed.new, of: account.knownWords) {
            return .rejected(problem)
        }
        if typed.new == typed.old { return .rejected(.unchanged) }
        let attempt = SignInAttempt(account.email, client)
        let kept = try await write { writing in
            try await count(.signInClient, of: .client(client), in: writing)
            try await count(.signInAccount, of: attempt.pair, in: writing)
            return try await writing.passwordHash(ofAccount: account.id)
        }
        guard let kept else { throw Refusal.notFound }
        guard try await matches(typed.old, PasswordHash(stored: kept), attempt, isWanted) else {
            return try await refuse(typed, kept, account, attempt, isWanted)
        }
        let hash = try await newHash(typed.new, for: client, isWanted)
        return try await keep(hash, insteadOf: kept, of: account) { writing in
            try await giveBack(.signInClient, of: .client(client), in: writing)
            try await forget(.signInAccount, of: attempt.pair, in: writing)
            return (session, "old_password")
        }
    }

    private func refuse(
        _ typed: TypedPasswords, _ kept: String, _ account: AccountRecord,
        _ attempt: SignInAttempt, _ isWanted: () -> Bool
    ) async throws -> PasswordChange {
        if try await matches(typed.new, PasswordHash(stored: kept), attempt, isWanted) {
            return .done(endedSessions: 0)
        }
        try await warn(account, of: attempt)
        throw Refusal.wrong(triesLeft: nil)
    }

    /// Sets a password where `earlier` still is, ends the sessions but for the one that `before`
    /// names, and tells: letter, journal, security log.
    private func keep(
        _ hash: String, insteadOf earlier: String, of account: AccountRecord,
        after before: (WriteTransaction) async throws -> (Token?, by: String)
    ) async throws -> PasswordChange {
        let (ended, events) = try await write { writing in
            let (session, way) = try await before(writing)
            guard
                try await writing.setPassword(hash, ofAccount: account.id, insteadOf: earlier)
            else { throw Refusal.conflict(.passwordWasChanged) }
            return try await passwordIsSet(of: account, by: way, keeping: session, writing)
        }
        tell(events)
        return .done(endedSessions: ended)
    }

    private func passwordIsSet(
        of account: AccountRecord, by way: String, keeping session: Token?,
        _ writing: WriteTransaction
    ) async throws -> (Int, [SecurityEvent]) {
        let ended = try await writing.closeSessions(ofAccount: account.id, butOf: session?.digest)
        try await writing.endCodes(CodePurpose.password.rawValue, subject: String(account.id))
        tellOfPassword(account.email, account.name, writing)
        let detail = JSONValue.object([
            "by": .string(way), "sessions_ended": .integer(ended),
        ])
        let event = SecurityEvent(
            .changePassword, by: .account(account.id), on: "account:\(account.id)",
            detail: detail)
        record([event], in: writing)
        return (ended, [event])
    }

    /// Tells whoever reads an address that its account has another password.
    func tellOfPassword(_ email: String, _ name: String, _ writing: WriteTransaction) {
        let about = Digest.hex(random.bytes(8))
        let words = settings.letters.passwordChanged(name: name)
        writing.post([letter(.passwordChanged, words, to: email, about: about)], at: now)
    }

    func newHash(
        _ password: String, for client: Client, _ isWanted: () -> Bool
    ) async throws -> String {
        let (salt, cost) = (random.bytes(16), settings.passwordCost)
        return try await inTurn(client, isWanted) {
            try PasswordHash(of: password, salt: salt, cost: cost).text
        }
    }
}

/// パスワードを忘れたとき: a mailed code, bound to the page that asked, and a new password.
extension Office {
    /// Sends a code to an address that has an account; to others nothing. The answer is the same,
    /// what is done for it too, and so the time. Throws `Refusal.tooMany` by what was typed.
    public func askForPassword(email typed: String, from client: Client) async throws -> Token {
        let attempt = SignInAttempt(typed, client)
        let asked = LimitSubject(text: "password\0" + attempt.email)
        try await refuseCodesBeyondAll(for: client)
        let code = try await newCode(.password, subject: "", to: "")
        try await write { writing in
            try await count(.codeClient, of: .client(client), in: writing)
            try await count(.passwordAsk, of: asked, sharedWith: client, in: writing)
            let account = try await writing.credentials(of: attempt.email, on: today)?.account
            let mailbox =
                account.map { LimitSubject.mailbox($0.email, for: .password) }
                ?? LimitSubject(text: "nobody\0" + asked.text)
            let isLetter = try await isLeft(
                .codeAddress, of: mailbox, sharedWith: client, in: writing)
            let to = isLetter ? account.map { (String($0.id), $0.email) } : nil
            try await send(code, to: to, in: writing)
        }
        return code.token
    }

    /// Sets a password by the code that was sent; all sessions of the account end. Throws
    /// `Refusal.wrong` with the tries that are left, `.tooMany`, and `.conflict` where this page
    /// has used the code before.
    public func setPassword(
        _ new: String, code: String, asked: Token, from client: Client,
        isWanted: () -> Bool = { true }
    ) async throws -> PasswordChange {
        // What is no password uses up no try; with whose it is, it is looked at below.
        if let problem = NewPassword.problem(new, of: []) { return .rejected(problem) }
        let hash = try await newHash(new, for: client, isWanted)
        do {
            var told: (ended: Int, events: [SecurityEvent]) = (0, [])
            try await useCode(code, of: asked, for: .password, from: client) { sent, writing in
                told = try await setPassword(new, hash, sent, writing)
            }
            tell(told.events)
            return .done(endedSessions: told.ended)
        } catch let unfit as UnfitPassword {
            return .rejected(unfit.problem)
        } catch Refusal.wrong(triesLeft: 0) {
            guard try await wasUsed(code, of: asked, for: .password) else {
                throw Refusal.wrong(triesLeft: 0)
            }
            throw Refusal.conflict(.codeWasUsed)
        }
    }

    /// The account may have another address by now, or have ended: then the code opens nothing.
    private func setPassword(
        _ new: String, _ hash: String, _ sent: MailCode, _ writing: WriteTransaction
    ) async throws -> (Int, [SecurityEvent]) {
        guard let known = try await writing.credentials(of: sent.email, on: today),
            String(known.account.id) == sent.subject
        else { throw Refusal.wrong(triesLeft: 0) }
        if let problem = NewPassword.problem(new, of: known.account.knownWords) {
            throw UnfitPassword(problem: problem)
        }
        guard
            try await writing.setPassword(
                hash, ofAccount: known.account.id, insteadOf: known.passwordHash)
        else { throw Refusal.conflict(.passwordWasChanged) }
        return try await passwordIsSet(
            of: known.account, by: "mailed_code", keeping: nil, writing)
    }
}

private struct UnfitPassword: Error { let problem: PasswordProblem }

extension AccountRecord {
    /// What a stranger knows of it and would try as a password.
    fileprivate var knownWords: [String] { [email, name] }
}
