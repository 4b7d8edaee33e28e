public import Enrollment
public import Network
public import Secrets
public import Store

extension Office {
    /// 下書き. Checks what was typed and keeps it, fit or not, so that nothing is lost. Throws
    /// `Refusal.tooMany` where a client, or all together, have begun too many.
    public func keepDraft(
        _ draft: ApplicationDraft, of token: Token, from client: Client
    ) async throws -> OpenDraft {
        let checked = try await check(draft)
        let once = Base64URL.encode(Array(token.digest.prefix(18)))
        let record = try await write { writing in
            let (record, isNew) = try await writing.keep(
                draft, tokenDigest: token.digest, onceKey: once, in: year, at: now)
            guard isNew else { return record }
            try await count(.draftClient, of: .client(client), in: writing)
            try await refuseBeyond(.draftAll, for: client) {
                let seconds = settings.limits[.draftAll].seconds
                return try await writing.reading.draftCount(since: now.adding(seconds: -seconds))
            }
            return record
        }
        return OpenDraft(token: token, record: record, checked: checked)
    }

    /// Sends the code for a draft's address.
    public func sendCode(for draft: OpenDraft, from client: Client) async throws -> Token {
        try await sendCode(
            .apply, subject: Digest.hex(draft.token.digest), to: try draft.fit().email,
            from: client)
    }

    /// How many codes a draft has been sent, and whether the newest is still good for its address.
    public func codesSent(for draft: OpenDraft) async throws -> SentCodes {
        try await reading.codesSent(
            CodePurpose.apply.rawValue, subject: Digest.hex(draft.token.digest),
            to: try draft.fit().email, at: now)
    }

    /// The address of a draft is confirmed by the code that was sent to it; a second press, or one
    /// whose answer was lost on the way, finds it confirmed. A code that was sent to the address
    /// that the draft held before confirms nothing. Throws `Refusal.wrong`.
    public func confirm(
        _ draft: OpenDraft, code: String, asked: Token, from client: Client
    ) async throws {
        let digest = draft.token.digest
        do {
            let (typed, address) = (draft.record.draft[.email], try draft.fit().email)
            try await useCode(code, of: asked, for: .apply, from: client) { sent, writing in
                guard sent.subject == Digest.hex(digest), sent.email == address,
                    try await writing.confirmDraft(tokenDigest: digest, email: typed, at: now)
                else { throw Refusal.wrong(triesLeft: nil) }
            }
        } catch let refusal as Refusal {
            let record = try await reading.draft(tokenDigest: digest)
            guard record?.isConfirmed == true else { throw refusal }
        }
    }

    /// 応募. Files a confirmed draft and gives its receipt number; a second press gives the same one.
    public func submitApplication(_ draft: OpenDraft) async throws -> String {
        if let receipt = draft.record.receipt { return receipt }
        guard draft.record.isConfirmed else { throw Refusal.conflict(.mailIsNotConfirmed) }
        let onceKey = draft.record.onceKey
        let submission = submission(
            try draft.fit(), by: .individual, onceKey: onceKey, grade: .declared)
        return try await once(onceKey) {
            try await write { writing in
                let outcomes = try await submit([submission], in: writing, at: moment(.applicant))
                writing.closeDraft(
                    tokenDigest: draft.token.digest, receipt: submission.receipt.description)
                guard !outcomes.isEmpty else { throw Refusal.conflict(.nothingWasSubmitted) }
                return submission.receipt.description
            }
        }
    }
}
