public import Enrollment
internal import Postgres

/// Whom a plan appointed, with all that their 任命状 says.
public struct PlannedCertificate: Sendable {
    public let applicationID: Int
    /// As typed; empty once it is forgotten.
    public let name: String
    public let kana: String
    /// Empty for whoever applied by themselves.
    public let organization: String
    /// 委員番号; empty where there is none.
    public let memberNumber: String
    public let number: String
    public let kind: Kind
    public let decidedOn: Day
    /// As it stands now.
    public let term: Term
    /// Nil without a badge.
    public let badgeToken: String?

    init(_ row: Row) throws {
        applicationID = try row.int("application_id")
        name = try row.string("name")
        kana = try row.string("kana")
        organization = try row.string("body")
        memberNumber = try row.optionalString("member_number") ?? ""
        number = try row.string("number")
        kind = try row.code("kind")
        decidedOn = try row.day("decided_on")
        term = try row.term()
        badgeToken = try row.optionalString("token")
    }
}

extension ReadStore {
    /// All whom a plan of appointments appointed and who were not taken back since, in its order.
    /// Each is looked up by itself: OFFSET 0 keeps the database from reading all appointments.
    public func certificates(ofPlan plan: Int) async throws -> [PlannedCertificate] {
        try await longRows(
            """
            SELECT l.application_id, \(FullName.sql(of: "a.")) AS name,
                   concat_ws(' ', nullif(a.family_name_kana, ''), nullif(a.given_name_kana, ''))
                     AS kana,
                   coalesce(o.name, '') AS body, m.member_number, p.number, p.kind, p.decided_on,
                   t.true_from, t.ends_on, t.end_reason, b.token
            FROM plan_lines l
            CROSS JOIN LATERAL (
                SELECT * FROM appointments q
                WHERE q.application_id = l.application_id AND q.undone_by IS NULL OFFSET 0) p
            CROSS JOIN LATERAL (
                SELECT * FROM appointment_terms q
                WHERE q.appointment_id = p.id AND q.known_until = 'infinity' OFFSET 0) t
            CROSS JOIN LATERAL (
                SELECT * FROM applications q WHERE q.id = l.application_id OFFSET 0) a
            CROSS JOIN LATERAL (SELECT * FROM people q WHERE q.id = p.person_id OFFSET 0) m
            LEFT JOIN LATERAL (
                SELECT q.token FROM badges q WHERE q.appointment_id = p.id OFFSET 0) b ON true
            LEFT JOIN organizations o ON o.id = a.organization_id
            WHERE l.plan_id = \(plan) AND l.outcome = \(Appointing.Outcome.appoint)
              AND p.plan_id = \(plan)
            ORDER BY l.position
            """
        ).map { try PlannedCertificate($0) }
    }
}
