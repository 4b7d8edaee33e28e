public import Enrollment
internal import Postgres

/// What somebody has typed so far, kept under the digest of a token that only their browser has.
public struct DraftRecord: Sendable {
    public let year: FiscalYear
    public let draft: ApplicationDraft
    public let onceKey: String
    public let isConfirmed: Bool
    public let receipt: String?

    /// What it says, and a row with the rest of it.
    init(_ row: Row, _ draft: ApplicationDraft) throws {
        year = try row.year("fiscal_year")
        self.draft = draft
        onceKey = try row.string("once_key")
        isConfirmed = try row.optionalInstant("confirmed_at") != nil
        receipt = try row.optionalString("receipt")
    }
}

extension WriteTransaction {
    /// Keeps or replaces a draft, and gives it as it is kept: another address needs another
    /// confirmation. Says whether it is new.
    public func keep(
        _ draft: ApplicationDraft, tokenDigest: [UInt8], onceKey: String, in year: FiscalYear,
        at now: Instant
    ) async throws -> (draft: DraftRecord, isNew: Bool) {
        let pairs = draft.answers.map { ($0.field.key, $0.text) }
        let row = try await rows(
            """
            INSERT INTO drafts (token_hash, fiscal_year, answers, once_key, created_at)
            VALUES (\(tokenDigest), \(year),
                    jsonb_object(\(pairs.map(\.0))::text[], \(pairs.map(\.1))::text[]),
                    \(onceKey), \(now))
            ON CONFLICT (token_hash) DO UPDATE SET answers = excluded.answers,
                confirmed_at = CASE
                    WHEN drafts.answers ->> 'email' = excluded.answers ->> 'email'
                    THEN drafts.confirmed_at END
            RETURNING xmax = 0 AS is_new, fiscal_year, once_key, confirmed_at, receipt
            """)[0]
        return (try DraftRecord(row, draft), try row.bool("is_new"))
    }

    /// Confirms the address that a draft holds as `typed`; false when it holds another by now.
    public func confirmDraft(
        tokenDigest: [UInt8], email typed: String, at now: Instant
    ) async throws -> Bool {
        try await !rows(
            """
            UPDATE drafts SET confirmed_at = \(now)
            WHERE token_hash = \(tokenDigest) AND answers ->> 'email' = \(typed)
            RETURNING once_key
            """
        ).isEmpty
    }

    /// The draft became an application: what was typed is wiped, the receipt stays for a second
    /// press of the button.
    public func closeDraft(tokenDigest: [UInt8], receipt: String) {
        executeLater(
            """
            UPDATE drafts SET answers = '{}', receipt = \(receipt)
            WHERE token_hash = \(tokenDigest)
            """)
    }
}

extension ReadStore {
    /// How many drafts were begun since.
    public func draftCount(since start: Instant) async throws -> Int {
        try await rows("SELECT count(*) AS n FROM drafts WHERE created_at > \(start)")[0].int("n")
    }

    /// What was typed comes back a row an answer: no separator could be told from what somebody
    /// typed, and an address that was shifted into another's place would be one that nobody
    /// confirmed.
    public func draft(tokenDigest: [UInt8]) async throws -> DraftRecord? {
        let found = try await rows(
            """
            SELECT key, value, fiscal_year, once_key, confirmed_at, receipt
            FROM drafts LEFT JOIN jsonb_each_text(answers) AS answer(key, value) ON true
            WHERE token_hash = \(tokenDigest)
            """)
        guard let row = found.first else { return nil }
        var draft = ApplicationDraft()
        for row in found {
            if let key = try row.optionalString("key"), let field = ApplicationField(key: key) {
                draft[field] = try row.string("value")
            }
        }
        return try DraftRecord(row, draft)
    }
}
