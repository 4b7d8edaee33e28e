public import Enrollment
public import Secrets
public import Store

extension Office {
    /// 状態照会. Sends a code when receipt number and address belong together; to others nothing,
    /// with the same answer. An old number leads to what came of it: the application it was merged
    /// into, or that of a later year.
    public func askForStatus(receipt typed: String, email: String) async throws -> Token {
        guard let number = ReceiptNumber(typed),
            case .address(let address) = EmailAddress.read(email),
            let record = try await reading.application(receipt: number.description),
            record.email.lowercased() == address.text.lowercased()
        else { return Token(random) }
        let later = try await reading.laterApplication(than: record)
        let merged = record.state == .merged ? try await reading.mergedInto(record.id) : nil
        let open = later ?? merged ?? record.id
        return try await sendCode(.status, subject: String(open), to: record.email)
    }

    /// Opens a volunteer's session by the code. Throws `Refusal.wrong`.
    public func openStatus(code: String, asked: Token) async throws -> Token {
        let token = Token(random)
        try await useCode(code, of: asked, for: .status) { sent, writing in
            guard let id = Int(sent.subject) else { throw Refusal.notFound }
            try await writing.openSession(
                .application(id), tokenDigest: token.digest, at: now,
                until: now.adding(seconds: 12 * 3600))
        }
        return token
    }
}

extension Office {
    /// The application whose owner a browser's session belongs to; nil when there is none. A
    /// volunteer's session ends after 30 minutes of rest, or 12 hours.
    public func applicant(of token: Token) async throws -> Int? {
        let session = try await reading.session(
            tokenDigest: token.digest, at: now, idleSince: now.adding(seconds: -30 * 60))
        guard let session, case .application(let id) = session.owner else { return nil }
        if session.lastSeenAt < now.adding(seconds: -60) {
            try await write { try await $0.touchSession(tokenDigest: token.digest, at: now) }
        }
        return id
    }

    /// Ends a session on the server; a copy of the cookie opens nothing.
    public func signOut(_ token: Token) async throws {
        try await write { try await $0.closeSession(tokenDigest: token.digest) }
    }
}
