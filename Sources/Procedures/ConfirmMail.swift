internal import Enrollment
internal import Network
internal import Secrets
internal import Store
internal import Words

/// What a six-digit code is asked for.
public enum CodePurpose: String, CaseIterable, Sendable {
    case apply, status
    /// A new address of somebody who has applied.
    case mail
    /// A new password of an account.
    case password

    /// The page to which the code is to be taken.
    var page: String {
        switch self {
        case .apply: "応募フォーム"
        case .status: "応募の状況を見る"
        case .mail: "メールアドレスを変える"
        case .password: "パスワードを決め直す"
        }
    }
}

extension Office {
    /// How long a code is good for after it was sent.
    static let codeSeconds = 600

    /// 確認番号の送付. Sends a code to an address and gives the token of the page that asked: the
    /// code works only there, for ten minutes, five tries. Throws `Refusal.tooMany`.
    func sendCode(
        _ purpose: CodePurpose, subject: String, to email: String, from client: Client
    ) async throws -> Token {
        try await refuseCodesBeyondAll(for: client)
        let code = try await newCode(purpose, subject: subject, to: email)
        try await write { writing in
            try await count(.codeClient, of: .client(client), in: writing)
            try await count(
                .codeAddress, of: .mailbox(email, for: purpose), sharedWith: client, in: writing)
            try await send(code, in: writing)
        }
        return code.token
    }

    func refuseCodesBeyondAll(for client: Client) async throws {
        try await refuseBeyond(.codeAll, for: client) { try await countOfAll(.codeClient) }
    }

    /// A code that nobody has been sent yet. It bears five tries; one while so many wrong ones are
    /// typed that somebody must be guessing: so everybody is still served, and nobody guesses more
    /// often than codes are sent.
    func newCode(
        _ purpose: CodePurpose, subject: String, to email: String
    ) async throws -> NewCode {
        let isGuessed = try await isBeyond(.tryAll) { try await countOfAll(.tryClient) }
        return NewCode(
            purpose: purpose, subject: subject, email: email, tries: isGuessed ? 1 : 5,
            token: Token(random), code: SixDigitCode(random))
    }

    /// Keeps a code and lays its letter into the outbox.
    func send(_ new: NewCode, in writing: WriteTransaction) async throws {
        let words = settings.letters.code(new.code.text, page: new.purpose.page)
        let about = Digest.hex(new.token.digest.prefix(12))
        let letter = letter(.code, words, to: new.email, about: about)
        try await keep(new, letter: letter.messageID, for: Self.codeSeconds * 1_000, in: writing)
        writing.post([letter], at: now)
    }

    /// Keeps a code for so many milliseconds.
    func keep(
        _ new: NewCode, letter: String?, for milliseconds: Int, in writing: WriteTransaction
    ) async throws {
        let end = Instant(microseconds: now.microseconds + Int64(milliseconds) * 1_000)
        try await writing.keep(
            MailCode(
                tokenDigest: new.token.digest, purpose: new.purpose.rawValue,
                subject: new.subject, email: new.email,
                codeDigest: digest(of: new.code.text, for: new.token), expiresAt: end,
                triesLeft: new.tries, messageID: letter))
    }

    /// 確認番号の照合. Does `act` with the code, which says what it was asked for, in the transaction that
    /// uses the code up: both or neither, and once. Throws `Refusal.wrong` with the tries that are
    /// left; the try is counted even then. Throws `.tooMany` after too many wrong ones of a client.
    func useCode(
        _ typed: String, of token: Token, for purpose: CodePurpose, from client: Client,
        then act: (_ sent: MailCode, WriteTransaction) async throws -> Void
    ) async throws {
        let moment = moment(.applicant)
        let code = try await write { writing in
            try await count(.tryClient, of: .client(client), in: writing)
            return try await writing.takeTry(
                tokenDigest: token.digest, purpose: purpose.rawValue, at: moment.now)
        }
        guard let code else { throw Refusal.wrong(triesLeft: 0) }
        guard areEqualInConstantTime(digest(of: typed, for: token), code.codeDigest) else {
            throw Refusal.wrong(triesLeft: code.triesLeft)
        }
        try await write { writing in
            try await giveBack(.tryClient, of: .client(client), in: writing)
            guard try await writing.use(code, at: moment.now) else {
                throw Refusal.wrong(triesLeft: 0)
            }
            try await act(code, writing)
        }
    }

    /// Whether a code was right, and has been used on this page: a second press of the button.
    func wasUsed(
        _ typed: String, of token: Token, for purpose: CodePurpose
    ) async throws -> Bool {
        let used = try await write {
            try await $0.usedCode(tokenDigest: token.digest, purpose: purpose.rawValue)
        }
        return used.map { areEqualInConstantTime(digest(of: typed, for: token), $0) } ?? false
    }

    private func digest(of code: String, for token: Token) -> [UInt8] {
        settings.key.code(for: code + token.text, purpose: "code")
    }
}

/// A code before it is kept.
struct NewCode {
    let purpose: CodePurpose
    let subject: String
    let email: String
    let tries: Int
    let token: Token
    let code: SixDigitCode
}

extension LimitSubject {
    /// A mailbox, however it is spelled. Each purpose is counted by itself: whoever types
    /// somebody's address into a form does not use up what that person may ask for.
    static func mailbox(_ email: String, for purpose: CodePurpose) -> LimitSubject {
        LimitSubject(text: "\(purpose.rawValue)\0" + EmailAddress.mailbox(of: email))
    }
}
