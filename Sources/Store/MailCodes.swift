public import Enrollment
internal import Postgres

/// A code that was sent, as it is kept: the token of the page that asked and the code are digests.
public struct MailCode: Sendable {
    public let tokenDigest: [UInt8]
    public let purpose: String
    /// What the code opens: a draft's digest in hexadecimal, or a receipt number.
    public let subject: String
    public let email: String
    public let codeDigest: [UInt8]
    public let expiresAt: Instant
    public let triesLeft: Int
    /// The letter that carries it; when that is sent the code's time begins.
    public let messageID: String?

    public init(
        tokenDigest: [UInt8], purpose: String, subject: String, email: String,
        codeDigest: [UInt8], expiresAt: Instant, triesLeft: Int, messageID: String? = nil
    ) {
        self.tokenDigest = tokenDigest
        self.purpose = purpose
        self.subject = subject
        self.email = email
        self.codeDigest = codeDigest
        self.expiresAt = expiresAt
        self.triesLeft = triesLeft
        self.messageID = messageID
    }
}

extension WriteTransaction {
    /// Keeps a code; older ones of the same purpose and subject die.
    public func keep(_ code: MailCode) async throws {
        try await endCodes(code.purpose, subject: code.subject)
        try await execute(
            """
            INSERT INTO mail_codes (token_hash, purpose, subject, email, code_hash, expires_at,
                                    tries_left, message_id)
            VALUES (\(code.tokenDigest), \(code.purpose), \(code.subject), \(code.email),
                    \(code.codeDigest), \(code.expiresAt), \(code.triesLeft),
                    \(code.messageID))
            """)
    }

    /// Takes one try of a code that is still good; nil when there is none.
    public func takeTry(tokenDigest: [UInt8], purpose: String, at now: Instant) async throws
        -> MailCode?
    {
        try await rows(
            """
            UPDATE mail_codes SET tries_left = tries_left - 1
            WHERE token_hash = \(tokenDigest) AND purpose = \(purpose) AND used_at IS NULL
              AND expires_at > \(now) AND tries_left > 0
            RETURNING subject, email, code_hash, expires_at, tries_left
            """
        ).first.map {
            MailCode(
                tokenDigest: tokenDigest, purpose: purpose, subject: try $0.string("subject"),
                email: try $0.string("email"), codeDigest: try $0.bytes("code_hash"),
                expiresAt: try $0.instant("expires_at"), triesLeft: try $0.int("tries_left"))
        }
    }

    /// Uses a code up; false for whoever comes second, also at the same moment.
    public func use(_ code: MailCode, at now: Instant) async throws -> Bool {
        try await execute(
            """
            UPDATE mail_codes SET used_at = \(now)
            WHERE token_hash = \(code.tokenDigest) AND used_at IS NULL
            """) == 1
    }

    /// No code of a purpose and subject is good any more.
    public func endCodes(_ purpose: String, subject: String) async throws {
        try await execute(
            """
            UPDATE mail_codes SET tries_left = 0
            WHERE purpose = \(purpose) AND subject = \(subject) AND tries_left > 0
            """)
    }

    /// The letter with a code has left: its time runs from now on.
    public func codeWasSent(_ messageID: String, until end: Instant) async throws {
        try await execute(
            "UPDATE mail_codes SET expires_at = \(end) WHERE message_id = \(messageID)")
    }

    /// A code that was used on the page that asked for it; nil when there is none. Pages cannot
    /// read it.
    public func usedCode(tokenDigest: [UInt8], purpose: String) async throws -> [UInt8]? {
        try await rows(
            """
            SELECT code_hash FROM mail_codes
            WHERE token_hash = \(tokenDigest) AND purpose = \(purpose) AND used_at IS NOT NULL
            """
        ).first.map { try $0.bytes("code_hash") }
    }
}

/// The codes that were sent for one draft or receipt.
public struct SentCodes: Sendable {
    public let count: Int
    /// Whether the newest can still be used for the address.
    public let isNewestGood: Bool
}

extension ReadStore {
    public func codesSent(
        _ purpose: String, subject: String, to email: String, at now: Instant
    ) async throws -> SentCodes {
        let row = try await rows(
            """
            SELECT count(*) AS n, count(*) FILTER (
                WHERE email = \(email) AND used_at IS NULL AND expires_at > \(now)
                  AND tries_left > 0) AS good
            FROM mail_codes WHERE purpose = \(purpose) AND subject = \(subject)
            """)[0]
        return SentCodes(count: try row.int("n"), isNewestGood: try row.int("good") > 0)
    }
}
