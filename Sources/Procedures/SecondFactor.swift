internal import Drawing
public import Enrollment
internal import JSON
public import Network
public import Secrets
public import Store
internal import Words

/// A second factor before it is set up: shown once, and carried by the page under a seal.
public struct SecondFactorOffer: Sendable {
    /// For typing it in, in groups of four.
    public let secret: String
    /// `otpauth:`, as authenticators read it (Key URI Format).
    public let address: String
    /// A QR code of it: squares on a side, and the dark ones as the path of an SVG.
    public let picture: (side: Int, path: String)?
    /// What the page carries, bound to its session.
    public let sealed: String
}

/// What became of a first code.
public struct SecondFactorSetUp: Sendable {
    /// The session goes on under it.
    public let session: Token
    /// 予備のコード, told once.
    public let recoveryCodes: [String]
}

/// 二段階の確認: codes of an authenticator, by whoever has an account.
extension Office {
    /// For how long a code that was typed lets somebody act, in seconds.
    static let proofSeconds = 15 * 60

    /// Whether acts that matter need a new code from whoever has this session.
    public func needsProof(_ session: Token) async throws -> Bool {
        guard let signedIn = try await signedIn(session) else { return true }
        guard settings.secondFactor != .off, signedIn.account.hasSecondFactor else { return false }
        return signedIn.provedAt.map { $0.adding(seconds: Self.proofSeconds) <= now } ?? true
    }

    /// Whoever a session belongs to; nil when there is none, or after 15 minutes of rest.
    public func signedIn(_ token: Token) async throws -> SignedIn? {
        let session = try await reading.session(
            tokenDigest: token.digest, at: now, idleSince: now.adding(seconds: -Self.restSeconds))
        guard let session, case .account(let id) = session.owner else { return nil }
        if session.lastSeenAt < now.adding(seconds: -60) {
            try await write { try await $0.touchSession(tokenDigest: token.digest, at: now) }
        }
        return try await reading.account(id: id, on: today).map {
            SignedIn($0, provedAt: session.provedAt, under: settings.secondFactor)
        }
    }

    /// A new secret; nothing is kept before its first code is typed. Where `kept` is what a page of
    /// this session carried, it is the same again.
    public func secondFactorOffer(
        to account: AccountRecord, in session: Token, again kept: String? = nil
    ) throws -> SecondFactorOffer {
        let known = kept.flatMap { open($0, for: account, in: session) }
        let key = known ?? TimeCodeKey(random.bytes(TimeCodeKey.length))
        let nonce = random.bytes(SecretKey.nonceLength)
        let address = settings.service.authenticatorAddress(key.base32, of: account.email)
        return SecondFactorOffer(
            secret: Self.inFours(key.base32), address: address,
            picture: QRPicture(address).map { ($0.side, $0.path) },
            sealed: try settings.secondFactorKey.seal(
                Base64URL.encode(key.octets), nonce: nonce, boundTo: Self.bound(account, session),
                purpose: "second factor offer"))
    }

    /// Sets a second factor up by its first code; the other sessions of the account end. Throws
    /// `Refusal.wrong`, `.tooMany`, and `.conflict` where there is one already, or where the page
    /// is not of this session.
    public func setUpSecondFactor(
        _ sealed: String, code: String, of account: AccountRecord, in session: Token,
        from client: Client
    ) async throws -> SecondFactorSetUp {
        guard let key = open(sealed, for: account, in: session) else {
            throw Refusal.conflict(.secondFactorPageIsOld)
        }
        try await countCode(of: account, from: client)
        guard let step = key.step(of: code, at: now.seconds, after: 0) else {
            throw Refusal.wrong(triesLeft: nil)
        }
        let (fresh, codes) = (Token(random), newRecoveryCodes())
        let events = try await write { writing in
            try await forgetCodes(of: account, from: client, writing)
            let kept = try seal(key, of: account)
            guard
                try await writing.addSecondFactor(
                    kept, ofAccount: account.id, lastStep: Int(step), at: now)
            else { throw Refusal.conflict(.secondFactorIsSetUp) }
            try await keep(codes, of: account, writing)
            try await prove(session, as: fresh, writing)
            try await writing.closeSessions(ofAccount: account.id, butOf: fresh.digest)
            return tell(.setUp, of: account, by: .account(account.id), writing)
        }
        tell(events)
        return SecondFactorSetUp(session: fresh, recoveryCodes: codes)
    }

    /// Takes a code of the authenticator, or a recovery code, of whoever has a session; it goes on
    /// under the token that is given. Throws `Refusal.wrong` and `.tooMany`.
    public func proveSecondFactor(
        _ typed: String, of account: AccountRecord, in session: Token, from client: Client
    ) async throws -> Token {
        try await countCode(of: account, from: client)
        let fresh = Token(random)
        let events = try await write { writing -> [SecurityEvent]? in
            guard let way = try await take(typed, of: account, writing) else { return nil }
            try await forgetCodes(of: account, from: client, writing)
            try await prove(session, as: fresh, writing)
            let event = SecurityEvent(
                .proveSecondFactor, by: .account(account.id), on: "account:\(account.id)",
                detail: .object(["by": .string(way.rawValue)]))
            record([event], in: writing)
            guard way == .recoveryCode else { return [event] }
            return [event]
                + tell(.recoveryCodeUsed, of: account, by: .account(account.id), writing)
        }
        guard let events else {
            try await warnOfCodes(account)
            throw Refusal.wrong(triesLeft: nil)
        }
        tell(events)
        return fresh
    }

    /// Ten new recovery codes in the place of those that there were. Throws `Refusal.conflict`
    /// where there is no second factor.
    public func renewRecoveryCodes(of account: AccountRecord) async throws -> [String] {
        let codes = newRecoveryCodes()
        let events = try await write { writing in
            guard try await writing.lockSecondFactor(ofAccount: account.id) != nil else {
                throw Refusal.conflict(.noSecondFactor)
            }
            try await keep(codes, of: account, writing)
            return tell(.recoveryCodesRenewed, of: account, by: .account(account.id), writing)
        }
        tell(events)
        return codes
    }

    /// Takes one's own second factor away, where none is required. Throws `Refusal.conflict`.
    public func removeSecondFactor(of account: AccountRecord) async throws {
        guard !settings.secondFactor.isRequired(of: account.role) else {
            throw Refusal.conflict(.secondFactorIsRequired)
        }
        let events = try await write { writing in
            guard try await writing.dropSecondFactor(ofAccount: account.id) else {
                throw Refusal.conflict(.noSecondFactor)
            }
            return tell(.removed, of: account, by: .account(account.id), writing)
        }
        tell(events)
    }

    /// Takes somebody's second factor away who has lost it, and ends their sessions. Throws
    /// `Refusal.notFound`, and `.conflict` where there is none.
    public func resetSecondFactor(_ email: String, by actor: Actor) async throws {
        let events = try await write { writing in
            let known = try await knownAccount(email, writing)
            guard try await writing.dropSecondFactor(ofAccount: known.id) else {
                throw Refusal.conflict(.noSecondFactor)
            }
            try await writing.closeSessions(ofAccount: known.id)
            return tell(
                .reset, of: (known.id, known.facts.email, known.facts.name), by: actor, writing)
        }
        tell(events)
    }
}

extension Office {
    private enum CodeWay: String { case code, recoveryCode = "recovery_code" }

    /// Uses up what was typed; nil where it is wrong.
    private func take(
        _ typed: String, of account: AccountRecord, _ writing: WriteTransaction
    ) async throws -> CodeWay? {
        guard let kept = try await writing.lockSecondFactor(ofAccount: account.id),
            let key = open(kept, of: account)
        else { return nil }
        if let step = key.step(of: typed, at: now.seconds, after: Int64(kept.lastStep)) {
            try await writing.tookCode(ofStep: Int(step), ofAccount: account.id)
            return .code
        }
        let digest = digest(ofRecoveryCode: typed, of: account)
        return try await writing.useRecoveryCode(digest, ofAccount: account.id, at: now)
            ? .recoveryCode : nil
    }

    private func prove(
        _ session: Token, as fresh: Token, _ writing: WriteTransaction
    ) async throws {
        let isThere = try await writing.proveSession(
            tokenDigest: session.digest, as: fresh.digest, at: now)
        guard isThere else { throw Refusal.notFound }
    }

    private func tell(
        _ news: SecondFactorNews, of account: AccountRecord, by actor: Actor,
        _ writing: WriteTransaction
    ) -> [SecurityEvent] {
        tell(news, of: (account.id, account.email, account.name), by: actor, writing)
    }

    /// Letter, journal and security log.
    private func tell(
        _ news: SecondFactorNews, of account: (id: Int, email: String, name: String),
        by actor: Actor, _ writing: WriteTransaction
    ) -> [SecurityEvent] {
        let words = settings.letters.secondFactor(news, name: account.name)
        let about = Digest.hex(random.bytes(8))
        writing.post([letter(.secondFactor, words, to: account.email, about: about)], at: now)
        let event = SecurityEvent(news.event, by: actor, on: "account:\(account.id)")
        record([event], in: writing)
        return [event]
    }

    private func countCode(of account: AccountRecord, from client: Client) async throws {
        try await write { writing in
            try await count(.codeOfFactor, of: .secondFactor(account, client), in: writing)
            try await count(.codesOfFactor, of: .secondFactor(account), in: writing)
        }
    }

    private func forgetCodes(
        of account: AccountRecord, from client: Client, _ writing: WriteTransaction
    ) async throws {
        try await forget(.codeOfFactor, of: .secondFactor(account, client), in: writing)
        try await giveBack(.codesOfFactor, of: .secondFactor(account), in: writing)
    }

    /// Whoever types wrong codes knows the password: its owner is told, as of wrong passwords.
    private func warnOfCodes(_ account: AccountRecord) async throws {
        try await write { writing in
            let subject = LimitSubject(text: "second factor warning\0\(account.id)")
            let limit = settings.limits[.codeOfFactor]
            let count = try await counted(.codeOfFactor, of: subject, in: writing)
            guard count == limit.ceiling else { return }
            let words = settings.letters.secondFactor(.wrongCodes, name: account.name)
            let about = Digest.hex(random.bytes(8))
            writing.post([letter(.secondFactor, words, to: account.email, about: about)], at: now)
        }
    }
}

extension Office {
    private static func bound(_ account: AccountRecord, _ session: Token) -> String {
        "\(account.id)\0\(Digest.hex(session.digest))"
    }

    private static func inFours(_ text: String) -> String {
        let letters = Array(text)
        return stride(from: 0, to: letters.count, by: 4).map {
            String(letters[$0..<min($0 + 4, letters.count)])
        }.joined(separator: " ")
    }

    private func open(
        _ sealed: String, for account: AccountRecord, in session: Token
    ) -> TimeCodeKey? {
        settings.secondFactorKey.open(
            sealed, boundTo: Self.bound(account, session), purpose: "second factor offer"
        ).flatMap { Base64URL.decode($0) }.map { TimeCodeKey($0) }
    }

    private func open(_ kept: SecondFactorRecord, of account: AccountRecord) -> TimeCodeKey? {
        settings.secondFactorKey.open(
            kept.sealedSecret, boundTo: String(account.id), purpose: "second factor"
        ).flatMap { Base64URL.decode($0) }.map { TimeCodeKey($0) }
    }

    private func seal(_ key: TimeCodeKey, of account: AccountRecord) throws -> String {
        try settings.secondFactorKey.seal(
            Base64URL.encode(key.octets), nonce: random.bytes(SecretKey.nonceLength),
            boundTo: String(account.id), purpose: "second factor")
    }

    /// Ten of ten letters: 50 bits each, which nobody guesses in five tries.
    private func newRecoveryCodes() -> [String] {
        (1...10).map { _ in
            let text = Array(Base32.encode(random.bytes(7)).prefix(10))
            return String(text[..<5]) + "-" + String(text[5...])
        }
    }

    private func keep(
        _ codes: [String], of account: AccountRecord, _ writing: WriteTransaction
    ) async throws {
        try await writing.keepRecoveryCodes(
            codes.map { digest(ofRecoveryCode: $0, of: account) }, ofAccount: account.id)
    }

    /// However it is typed.
    private func digest(ofRecoveryCode typed: String, of account: AccountRecord) -> [UInt8] {
        let letters = typed.uppercased().filter { $0.isLetter || $0.isNumber }
        return settings.secondFactorKey.code(
            for: "\(account.id)\0\(letters)", purpose: "recovery code")
    }
}

extension LimitSubject {
    fileprivate static func secondFactor(_ account: AccountRecord) -> LimitSubject {
        LimitSubject(text: "second factor\0\(account.id)")
    }

    fileprivate static func secondFactor(
        _ account: AccountRecord, _ client: Client
    ) -> LimitSubject {
        LimitSubject(text: "second factor\0\(account.id)\0\(client.rateLimitKey)")
    }
}

extension Instant {
    /// Whole ones since 1970.
    fileprivate var seconds: Int64 { microseconds / 1_000_000 }
}

extension SecondFactorNews {
    fileprivate var event: EventKind {
        switch self {
        case .setUp: .setUpSecondFactor
        case .removed: .removeSecondFactor
        case .reset: .resetSecondFactor
        case .recoveryCodesRenewed: .renewRecoveryCodes
        case .recoveryCodeUsed: .useRecoveryCode
        case .wrongCodes: .codeFailed
        }
    }
}
