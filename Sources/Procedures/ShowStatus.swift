public import Enrollment
public import Secrets
public import Store

extension Office {
    /// 状態照会. Sends a code when receipt number and address belong together; to others nothing,
    /// with the same answer.
    public func askForStatus(receipt typed: String, email: String) async throws -> Token {
        guard let number = ReceiptNumber(typed),
            case .address(let address) = EmailAddress.read(email),
            let record = try await reading.application(receipt: number.description),
            record.email.lowercased() == address.text.lowercased()
        else { return Token(random) }
        let open = record.state == .merged ? try await reading.mergedInto(record.id) : record.id
        return try await sendCode(.status, subject: String(open ?? record.id), to: record.email)
    }

    /// Opens a volunteer's session by the code. Throws `Refusal.wrong`.
    public func openStatus(code: String, asked: Token) async throws -> Token {
        let subject = try await useCode(code, of: asked, for: .status)
        guard let id = Int(subject) else { throw Refusal.notFound }
        let token = Token(random)
        try await write { writing in
            try await writing.openSession(
                .application(id), tokenDigest: token.digest, at: now,
                until: now.adding(seconds: 12 * 3600))
        }
        return token
    }
}
