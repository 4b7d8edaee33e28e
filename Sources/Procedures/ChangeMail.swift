internal import Credentials
public import Enrollment
internal import JSON
public import Network
public import Secrets
internal import Store
internal import Words

/// What became of a new address that was typed.
public enum NewMail: Sendable {
    /// A code was sent to it; the token is of the page that asked.
    case sent(Token)
    /// It is the one that there is.
    case unchanged
    case rejected(Problem)
}

/// メールアドレスの変更, by whoever applied.
extension Office {
    /// Sends a code to the new address. Nothing changes before it is typed. Throws
    /// `Refusal.tooMany`.
    public func askForMail(
        _ typed: String, ofApplication id: Int, from client: Client
    ) async throws -> NewMail {
        guard let record = try await reading.application(id: id) else { throw Refusal.notFound }
        switch EmailAddress.read(typed) {
        case .address(let address):
            // Another case of the same letters is what somebody may want to put right.
            guard address.text != record.email else { return .unchanged }
            return .sent(
                try await sendCode(.mail, subject: String(id), to: address.text, from: client))
        case .badDots: return .rejected(Problem(.emailDotsMisplaced, .email))
        case .malformed:
            let isEmpty = typed.allSatisfy(\.isWhitespace)
            return .rejected(Problem(isEmpty ? .emailMissing : .emailNotAnAddress, .email))
        }
    }

    /// Where the code of an application went; nil where none can be used any more.
    public func newMail(ofApplication id: Int) async throws -> String? {
        try await reading.newestCodeAddress(
            CodePurpose.mail.rawValue, subject: String(id), at: now)
    }

    /// Changes the address of everything that the person applied for with the old one, binds the
    /// badges to the new one under their old links, closes what the old one opened but for this
    /// `session`, and tells the old one. Throws `Refusal.wrong`, and `.conflict` where another
    /// live application of the same name has the new address; `.codeWasUsed` on a second press.
    public func changeMail(
        ofApplication id: Int, code: String, asked: Token, session: Token, from client: Client
    ) async throws {
        do {
            try await useCode(code, of: asked, for: .mail, from: client) { sent, writing in
                guard sent.subject == String(id),
                    case .address(let new) = EmailAddress.read(sent.email)
                else { throw Refusal.wrong(triesLeft: 0) }
                try await move(id, to: new, session, in: writing, at: moment(.applicant))
            }
        } catch Refusal.wrong(triesLeft: 0) {
            guard try await wasUsed(code, of: asked, for: .mail) else {
                throw Refusal.wrong(triesLeft: 0)
            }
            throw Refusal.conflict(.codeWasUsed)
        }
    }

    private func move(
        _ id: Int, to new: EmailAddress, _ session: Token, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let moved = try await writing.holdApplications(withMailOf: id)
        let ids = moved.map(\.applicationID)
        guard let record = try await writing.reading.application(id: id), ids.contains(id) else {
            throw Refusal.notFound
        }
        guard try await !writing.isAnothers(new, for: ids) else {
            throw Refusal.conflict(.isAnothersApplication)
        }
        try await writing.move(ids, to: new, at: moment.now)
        try await writing.closeStatus(of: ids, butOf: session.digest)
        let tokens = try await writing.badges(ofApplications: ids)
        try await writing.bind(tokens.map { bound($0, to: new) })
        let words = settings.letters.mailChanged(record.receipt, name: record.name)
        writing.post(
            [
                letter(
                    .mailChanged, words, to: record.email,
                    about: "\(record.receipt)-\(Digest.hex(random.bytes(6)))",
                    personID: record.personID)
            ], at: moment.now)
        self.record(
            moved.map {
                Event(
                    .changeMail, on: "application:\($0.applicationID)",
                    details: EventDetails(
                        before: .object(["email": .string($0.email)]),
                        after: .object(["email": .string(new.text)])))
            }, in: writing, at: moment)
    }

    private func bound(_ token: String, to address: EmailAddress) -> BoundBadge {
        let salt = Digest.hex(random.bytes(16))
        let recipient = HashedRecipient(email: address.text, salt: salt)
        return BoundBadge(token: token, salt: salt, identity: recipient.identity)
    }
}
