public import Enrollment
public import Network
public import Secrets
public import Store

extension Office {
    /// 下書き. Checks what was typed and keeps it, fit or not, so that nothing is lost; a fit draft
    /// whose address is not confirmed yet gets a code by mail. Throws `Refusal.tooMany` where a
    /// client, or all together, have begun too many.
    public func keepDraft(
        _ draft: ApplicationDraft, of token: Token, from client: Client
    ) async throws -> Checked<DraftStep> {
        let rules = try await currentRules()
        let checked = Application.check(draft, on: today, under: rules, as: .form)
        let once = Base64URL.encode(Array(token.digest.prefix(18)))
        try await write { writing in
            let isNew = try await writing.keep(
                draft, tokenDigest: token.digest, onceKey: once, in: year, at: now)
            guard isNew else { return }
            try await count(.draftClient, of: .client(client), in: writing)
            try await refuseBeyond(.draftAll, for: client) {
                let seconds = settings.limits[.draftAll].seconds
                return try await writing.reading.draftCount(since: now.adding(seconds: -seconds))
            }
        }
        switch checked {
        case .rejected(let problems): return .rejected(problems)
        case .accepted(_, let notices):
            let record = try await reading.draft(tokenDigest: token.digest)
            let step: DraftStep = record?.isConfirmed == true ? .check : .confirmMail
            return .accepted(step, notices: notices)
        }
    }

    /// Sends the code for a draft's address.
    public func sendDraftCode(of token: Token, from client: Client) async throws -> Token {
        let (application, _) = try await draftApplication(of: token)
        let subject = Digest.hex(token.digest)
        return try await sendCode(.apply, subject: subject, to: application.email, from: client)
    }

    /// How many codes a draft has been sent, and whether the newest is still good for its address.
    public func codesSent(of token: Token) async throws -> SentCodes {
        let (application, _) = try await draftApplication(of: token)
        return try await reading.codesSent(
            CodePurpose.apply.rawValue, subject: Digest.hex(token.digest), to: application.email,
            at: now)
    }

    /// The address of a draft is confirmed by the code that was sent to it; a second press, or one
    /// whose answer was lost on the way, finds it confirmed. A code that was sent to the address
    /// that the draft held before confirms nothing. Throws `Refusal.wrong`.
    public func confirmDraft(
        of token: Token, code: String, asked: Token, from client: Client
    ) async throws {
        do {
            guard let record = try await reading.draft(tokenDigest: token.digest) else {
                throw Refusal.notFound
            }
            let (typed, address) = (record.draft[.email], try await fit(record).0.email)
            try await useCode(code, of: asked, for: .apply, from: client) { sent, writing in
                guard sent.subject == Digest.hex(token.digest), sent.email == address,
                    try await writing.confirmDraft(
                        tokenDigest: token.digest, email: typed, at: now)
                else { throw Refusal.wrong(triesLeft: nil) }
            }
        } catch let refusal as Refusal {
            let record = try await reading.draft(tokenDigest: token.digest)
            guard record?.isConfirmed == true else { throw refusal }
        }
    }

    /// 応募. Files a confirmed draft and gives its receipt number; a second press gives the same one.
    public func submitApplication(of token: Token) async throws -> String {
        guard let record = try await reading.draft(tokenDigest: token.digest) else {
            throw Refusal.notFound
        }
        return try await submitApplication(record, of: token)
    }

    /// The same with the draft as it was read just now, which spares a round trip.
    public func submitApplication(
        _ record: DraftRecord, of token: Token
    ) async throws -> String {
        if let receipt = record.receipt { return receipt }
        guard record.isConfirmed else { throw Refusal.conflict(.mailIsNotConfirmed) }
        let (application, _) = try await fit(record)
        let submission = submission(
            application, by: .individual, onceKey: record.onceKey, grade: .declared)
        return try await once(record.onceKey) {
            try await write { writing in
                let outcomes = try await submit([submission], in: writing, at: moment(.applicant))
                writing.closeDraft(
                    tokenDigest: token.digest, receipt: submission.receipt.description)
                guard !outcomes.isEmpty else { throw Refusal.conflict(.nothingWasSubmitted) }
                return submission.receipt.description
            }
        }
    }

    /// A draft as the check-answers page shows it. Throws `Refusal.conflict` when it no longer
    /// fits.
    public func draftApplication(of token: Token) async throws -> (Application, [Problem]) {
        guard let record = try await reading.draft(tokenDigest: token.digest) else {
            throw Refusal.notFound
        }
        return try await fit(record)
    }

    private func fit(_ record: DraftRecord) async throws -> (Application, [Problem]) {
        let rules = try await currentRules()
        switch Application.check(record.draft, on: today, under: rules, as: .form) {
        case .accepted(let application, let notices): return (application, notices)
        case .rejected: throw Refusal.conflict(.draftDoesNotFit)
        }
    }
}

/// Where somebody who applies goes on.
public enum DraftStep: Sendable { case confirmMail, check }
