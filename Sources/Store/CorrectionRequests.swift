public import Enrollment
internal import Postgres

/// 訂正の申し出. What somebody asked the office to correct after their application was approved.
public struct CorrectionRequest: Sendable, Equatable {
    public enum State: String, CaseIterable, Sendable {
        case open, accepted, refused
        case takenBack = "taken_back"
        /// Another one was sent in its place.
        case replaced
    }

    public let id: Int
    public let applicationID: Int
    /// Only what is to become otherwise; an empty answer takes one away.
    public let answers: ApplicationDraft
    public let askedAt: Instant
    public let state: State
    /// Why it was refused, as the person is told.
    public let reason: String
    public let decidedAt: Instant?

    static let columns: SQL = """
        r.id AS request_id, r.application_id, r.answers AS asked, r.asked_at, r.state AS answer,
        r.reason, r.decided_at
        """

    init(_ row: Row) throws {
        id = try row.int("request_id")
        applicationID = try row.int("application_id")
        answers = try row.answers("asked")
        askedAt = try row.instant("asked_at")
        state = try row.code("answer")
        reason = try row.string("reason")
        decidedAt = try row.optionalInstant("decided_at")
    }
}

/// A request that waits for the office, beside the application of which it speaks.
public struct OpenCorrection: Sendable {
    public let request: CorrectionRequest
    public let application: ApplicationRecord
}

extension ReadStore {
    /// The newest request of an application that another did not replace; nil where there is none.
    public func correctionRequest(of applicationID: Int) async throws -> CorrectionRequest? {
        try await rows(
            """
            SELECT \(CorrectionRequest.columns) FROM correction_requests r
            WHERE r.application_id = \(applicationID) AND r.state <> 'replaced'
            ORDER BY r.id DESC LIMIT 1
            """
        ).first.map { try CorrectionRequest($0) }
    }

    /// All of an application, the oldest first.
    public func correctionRequests(of applicationID: Int) async throws -> [CorrectionRequest] {
        try await rows(
            """
            SELECT \(CorrectionRequest.columns) FROM correction_requests r
            WHERE r.application_id = \(applicationID) ORDER BY r.id
            """
        ).map { try CorrectionRequest($0) }
    }

    /// Those that wait for the office, the oldest first.
    public func openCorrections(limit: Int) async throws -> [OpenCorrection] {
        try await rows(
            """
            SELECT \(CorrectionRequest.columns), \(ApplicationRecord.columns)
            FROM (SELECT * FROM correction_requests WHERE state = 'open'
                  ORDER BY id LIMIT \(limit)) r
            CROSS JOIN \(ApplicationRecord.tables(of: "r.application_id"))
            ORDER BY r.id
            """
        ).map {
            OpenCorrection(
                request: try CorrectionRequest($0), application: try ApplicationRecord($0))
        }
    }
}

extension WriteTransaction {
    /// Keeps what is asked for in the place of what was asked before and is still open.
    public func ask(
        _ answers: ApplicationDraft, of applicationID: Int, at now: Instant
    ) async throws {
        _ = try await end(correctionOf: applicationID, as: .replaced, at: now)
        try await execute(
            """
            INSERT INTO correction_requests (application_id, answers, asked_at)
            VALUES (\(applicationID), \(Answers.whole(answers))::text::jsonb, \(now))
            """)
    }

    /// Decides the open request of an application, or takes it back; nil when none is open.
    /// `id` is the one that was seen, nil for whichever is open.
    public func end(
        correctionOf applicationID: Int, _ id: Int? = nil, as state: CorrectionRequest.State,
        because reason: String = "", at now: Instant
    ) async throws -> CorrectionRequest? {
        try await rows(
            """
            UPDATE correction_requests r
            SET state = \(state), reason = \(reason), decided_at = \(now)
            WHERE r.application_id = \(applicationID) AND r.state = 'open'
              AND r.id = coalesce(\(id)::bigint, r.id)
            RETURNING \(CorrectionRequest.columns)
            """
        ).first.map { try CorrectionRequest($0) }
    }
}
