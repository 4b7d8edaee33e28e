public import Enrollment
internal import Postgres

/// A letter to somebody, as the office sees it.
public struct PersonLetter: Sendable {
    public let id: Int
    public let personID: Int
    public let kind: LetterKind
    public let messageID: String
    /// Empty once it is forgotten, like the subject and what it says.
    public let recipient: String
    public let subject: String
    public let body: String
    public let state: LetterState
    /// What the recipient's server said, or ours.
    public let failure: String
    public let writtenAt: Instant
    public let deliveredAt: Instant?
    /// The letter that it says once more.
    public let repeats: Int?
    /// How often it was said once more.
    public let repetitions: Int
    /// Whether it still is as it says: the appointment holds, the refusal stands.
    public let isSo: Bool

    init(_ row: Row) throws {
        id = try row.int("id")
        personID = try row.int("person_id")
        kind = try row.code("letter")
        messageID = try row.string("message_id")
        recipient = try row.string("recipient")
        subject = try row.string("subject")
        body = try row.string("body")
        state = try row.code("state")
        failure = try row.string("failure")
        writtenAt = try row.instant("created_at")
        deliveredAt = try row.optionalInstant("delivered_at")
        repeats = try row.optionalInt("repeats")
        repetitions = try row.int("repetitions")
        isSo = try row.bool("is_so")
    }

    /// Whether it may be sent once more: it left or could not, says what is so, and is neither a
    /// key nor a repetition.
    public var mayBeSentAgain: Bool {
        [.delivered, .failed].contains(state) && kind.isForAPerson && repeats == nil && isSo
            && !body.isEmpty
    }

    /// The names of what it may be about, as they stand in its number.
    fileprivate static let columns: SQL = """
        q.id, q.person_id, q.letter, q.message_id, q.recipient, q.subject, q.body, q.state,
        q.failure,
        q.created_at, q.delivered_at, q.repeats,
        (SELECT count(*) FROM outbox r WHERE r.repeats = q.id) AS repetitions,
        CASE q.letter
            WHEN 'appointment' THEN EXISTS (
                SELECT FROM appointments a
                JOIN appointment_terms t ON t.appointment_id = a.id AND t.known_until = 'infinity'
                WHERE a.person_id = q.person_id AND t.end_reason = ''
                  AND starts_with(q.message_id, lower('appointment-' || a.number || '@')))
            WHEN 'rejection' THEN EXISTS (
                SELECT FROM applications a
                WHERE a.person_id = q.person_id AND a.state = 'rejected'
                  AND starts_with(q.message_id, lower('rejection-' || a.receipt)))
            ELSE true END AS is_so
        """
}

extension LetterKind {
    /// Whether it tells somebody of their application or appointment, and is no key.
    var isForAPerson: Bool {
        switch self {
        case .receipt, .alreadyReceived, .appointment, .resignation, .rejection, .withdrawal,
            .expired, .notRenewed, .correction, .correctionRefused, .mailChanged, .dismissal,
            .resumption, .reopening, .cancellation, .parting, .proposal, .takenBack,
            .peopleMerged, .peopleSeparated, .affiliationEnded, .affiliationResumed,
            .amendment, .amendmentReminder, .amendmentTakenBack, .listed:
            true
        case .code, .groupApplied, .groupUndone, .jobFailed, .listingRefused, .signInWarning,
            .passwordChanged, .secondFactor, .invitation, .accountChanged, .alarm, .receipts:
            false
        }
    }
}

/// What letters say is read by the program and not by pages.
extension WriteTransaction {
    /// The newest letters to a person.
    public func letters(toPerson id: Int, limit: Int) async throws -> [PersonLetter] {
        try await rows(
            """
            SELECT \(PersonLetter.columns) FROM outbox q
            WHERE q.person_id = \(id) ORDER BY q.id DESC LIMIT \(limit)
            """
        ).map { try PersonLetter($0) }
    }

    /// One of them, held until the end of the transaction.
    public func holdLetter(_ letter: Int, toPerson id: Int) async throws -> PersonLetter? {
        try await rows(
            """
            SELECT \(PersonLetter.columns) FROM outbox q
            WHERE q.id = \(letter) AND q.person_id = \(id) FOR UPDATE OF q
            """
        ).first.map { try PersonLetter($0) }
    }
}
