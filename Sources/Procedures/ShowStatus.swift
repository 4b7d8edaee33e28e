internal import Enrollment
public import Network
public import Secrets
internal import Store

extension Office {
    /// 状態照会. Sends a code when receipt number and address belong together; to others nothing. The
    /// answer is the same, what is done for it too, and so the time: a code that nobody knows is
    /// kept for them. An old number leads to what came of it: the application it was merged into,
    /// or that of a later year. Throws `Refusal.tooMany` by what was typed, fit or not.
    public func askForStatus(
        receipt typed: String, email: String, from client: Client
    ) async throws -> Token {
        let asked = StatusAsk(typed, email)
        try await refuseCodesBeyondAll(for: client)
        let code = try await newCode(.status, subject: "", to: "")
        try await write { writing in
            try await count(.codeClient, of: .client(client), in: writing)
            try await count(.statusAsk, of: asked.subject, sharedWith: client, in: writing)
            let found = try await writing.reading.statusOwner(
                receipt: asked.receipt, email: asked.email)
            try await answer(asked, found, code, to: client, in: writing)
        }
        return code.token
    }

    /// Where there is nobody to write to, or enough was written, nothing else is different.
    private func answer(
        _ asked: StatusAsk, _ found: StatusOwner?, _ code: NewCode, to client: Client,
        in writing: WriteTransaction
    ) async throws {
        let mailbox = LimitSubject.mailbox(found?.email ?? "", for: .status)
        let isLetter = try await isLeft(
            .codeAddress, of: found == nil ? asked.nobody : mailbox, sharedWith: client,
            in: writing)
        let to = isLetter ? found.map { (String($0.id), $0.email) } : nil
        try await send(code, to: to, in: writing)
    }

    /// Sends a code for something to an address; for nobody a code that nobody knows is kept, so
    /// that there is as much to do.
    func send(
        _ code: NewCode, to found: (subject: String, email: String)?, in writing: WriteTransaction
    ) async throws {
        guard let found else {
            // As long as one whose time begins when its letter has left, a moment from now.
            let blur = random.number(below: 400)
            let none = code.meant(for: "-" + Digest.hex(code.token.digest), to: "")
            return try await keep(
                none, letter: nil, for: Self.codeSeconds * 1_000 + blur, in: writing)
        }
        try await send(code.meant(for: found.subject, to: found.email), in: writing)
    }

    /// Opens a volunteer's session by the code, one for each code. Throws `Refusal.wrong`;
    /// `.conflict` when this page has used the code before, and then opens nothing.
    public func openStatus(
        code: String, asked: Token, from client: Client, in browser: KnownBrowser = KnownBrowser()
    ) async throws -> Token {
        let token = Token(random)
        var events: [SecurityEvent] = []
        do {
            try await useCode(code, of: asked, for: .status, from: client) { sent, writing in
                guard let id = Int(sent.subject) else { throw Refusal.wrong(triesLeft: 0) }
                try await writing.confirmMail(ofApplication: id, sent.email, at: now)
                events = try await openSession(.application(id), as: token, in: browser, writing)
            }
        } catch Refusal.wrong(triesLeft: 0) {
            guard try await wasUsed(code, of: asked, for: .status) else {
                throw Refusal.wrong(triesLeft: 0)
            }
            throw Refusal.conflict(.codeWasUsed)
        }
        tell(events)
        return token
    }
}

/// What was typed to see the state of an application.
private struct StatusAsk {
    /// As it is kept, or empty for what can be no number.
    let receipt: String
    /// As it is kept, or empty for what can be no address.
    let email: String

    init(_ typed: String, _ address: String) {
        receipt = ReceiptNumber(typed)?.description ?? ""
        if case .address(let found) = EmailAddress.read(address) {
            email = found.text
        } else {
            email = ""
        }
    }

    var subject: LimitSubject { LimitSubject(text: "status\0\(receipt)\0\(email.lowercased())") }
    /// Counted where there is no mailbox, so that there is as much to do.
    var nobody: LimitSubject { LimitSubject(text: "nobody\0\(receipt)\0\(email.lowercased())") }
}

extension NewCode {
    fileprivate func meant(for subject: String, to email: String) -> NewCode {
        NewCode(
            purpose: purpose, subject: subject, email: email, tries: tries, token: token,
            code: code)
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
        return try await reading.successor(ofApplication: id)
    }
}
