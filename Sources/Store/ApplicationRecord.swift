public import Enrollment
internal import Postgres

/// An application as it is kept, for pages and procedures.
public struct ApplicationRecord: Sendable, Equatable {
    public let id: Int
    public let receipt: String
    public let personID: Int
    public let year: FiscalYear
    public let kind: Kind
    public let route: ApplicationRoute
    public let state: ApplicationState
    public let category: EligibilityCategory
    public let organizationID: Int?
    public let organizationName: String
    public let programmeName: String
    /// What was answered by a text, as it is kept.
    public let texts: TextAnswers
    public let postalCode: String
    public let prefecture: String
    public let city: String
    public let wantsBadge: Bool
    public let reuse: ReuseAnswer
    public let wantsNews: Bool
    public let allowsSharing: Bool
    public let allowsPublishing: Bool
    public let programmeID: String?
    /// The organization whose file it came from.
    public let submittedBy: Int?
    public let receivedOn: Day
    /// Of the appointment that came of it; nil where there is none.
    public let term: Term?

    /// What is said of it on a day: an appointment is what became of an application, and its state
    /// is the one that holds.
    public func status(on day: Day) -> ApplicationStatus {
        term.map { .appointed($0.state(on: day)) } ?? .applied(state)
    }

    /// Whether an appointment may still come of it.
    public var isBeforeAppointment: Bool { term == nil && state.isLive && state != .appointed }

    public var name: String {
        Self.joined(texts[.familyName], texts[.givenName])
    }

    public var kana: String {
        Self.joined(texts[.familyNameKana], texts[.givenNameKana])
    }

    /// 住所 without the postal code, in one line.
    public var address: String {
        Self.joined(prefecture + city + texts[.street], texts[.building])
    }

    /// Empty where an organization keeps an employee number instead.
    public var email: String { texts[.email] }

    private static func joined(_ parts: String...) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    init(_ row: Row) throws {
        id = try row.int("id")
        receipt = try row.string("receipt")
        personID = try row.int("person_id")
        year = try row.year("fiscal_year")
        kind = try row.code("kind")
        route = try row.code("route")
        state = try row.code("state")
        category = try row.code("category")
        organizationID = try row.optionalInt("organization_id")
        organizationName = try row.optionalString("organization_name") ?? ""
        programmeName = try row.optionalString("programme_name") ?? ""
        texts = try ApplicationColumn.texts(of: row)
        postalCode = try row.string("postal_code")
        prefecture = try row.string("prefecture")
        city = try row.string("city")
        wantsBadge = try row.bool("badge_opt_in")
        reuse = try row.code("reuse_answer")
        wantsNews = try row.bool("news_opt_in")
        allowsSharing = try row.bool("share_consent")
        allowsPublishing = try row.bool("public_consent")
        programmeID = try row.optionalString("programme_id")
        submittedBy = try row.optionalInt("submitted_by")
        receivedOn = try row.day("received_on")
        term = try row.optionalTerm()
    }

    static let columns: SQL = """
        a.id, \(ApplicationColumn.named(.recorded, of: "a.")), a.received_on,
        o.name AS organization_name, p.name AS programme_name, pr.name AS prefecture,
        (SELECT m.name FROM municipalities m WHERE m.code = a.municipality_code) || a.ward AS city,
        term.true_from, term.ends_on, term.end_reason
        """

    static let tables: SQL = "applications a \(names)"

    /// The same of one application after the other, to be joined to what names them: OFFSET 0 keeps
    /// the database from reading all of them instead, whatever it thinks of their number.
    static func tables(of id: SQL) -> SQL {
        "LATERAL (SELECT * FROM applications q WHERE q.id = \(id) OFFSET 0) a \(names)"
    }

    private static let names: SQL = """
        LEFT JOIN organizations o ON o.id = a.organization_id
        LEFT JOIN programmes p ON p.fiscal_year = a.fiscal_year AND p.id = a.programme_id
        JOIN prefectures pr ON pr.code = a.prefecture_code
        LEFT JOIN LATERAL (
            SELECT t.true_from, t.ends_on, t.end_reason FROM appointments ap
            JOIN appointment_terms t ON t.appointment_id = ap.id AND t.known_until = 'infinity'
            WHERE ap.application_id = a.id AND ap.undone_by IS NULL LIMIT 1) term ON true
        """
}

extension ReadStore {
    public func application(receipt: String) async throws -> ApplicationRecord? {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM \(ApplicationRecord.tables)
            WHERE a.receipt = \(receipt)
            """
        ).first.map { try ApplicationRecord($0) }
    }

    /// What was sent from a draft; nil while nothing was.
    public func application(sentFromDraft tokenDigest: [UInt8]) async throws
        -> ApplicationRecord?
    {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM \(ApplicationRecord.tables)
            WHERE a.receipt = (SELECT receipt FROM drafts WHERE token_hash = \(tokenDigest))
            """
        ).first.map { try ApplicationRecord($0) }
    }

    public func application(id: Int) async throws -> ApplicationRecord? {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM \(ApplicationRecord.tables) WHERE a.id = \(id)
            """
        ).first.map { try ApplicationRecord($0) }
    }

    /// The other applications of the same person, the newest first.
    public func otherApplications(than record: ApplicationRecord) async throws
        -> [ApplicationRecord]
    {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM \(ApplicationRecord.tables)
            WHERE a.person_id = \(record.personID) AND a.id <> \(record.id)
            ORDER BY a.id DESC LIMIT 20
            """
        ).map { try ApplicationRecord($0) }
    }

    /// Those of some that still wait for the office, oldest first; the first `limit` of them.
    public func waiting(among ids: [Int], limit: Int) async throws -> [ApplicationRecord] {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM (
                SELECT f.id FROM unnest(\(ids)::bigint[]) AS f(id) CROSS JOIN LATERAL (
                    SELECT FROM applications q
                    WHERE q.id = f.id AND q.state IN ('submitted', 'reviewing') OFFSET 0) waits
                ORDER BY f.id LIMIT \(limit)) next
            CROSS JOIN \(ApplicationRecord.tables(of: "next.id"))
            ORDER BY a.id
            """
        ).map { try ApplicationRecord($0) }
    }
}
