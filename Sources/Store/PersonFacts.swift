public import Enrollment
internal import Postgres

/// 所属, as it was declared, with both times.
public struct AffiliationVersion: Sendable {
    public let receipt: String
    public let organizationName: String
    /// 事業所; nil for none.
    public let placeName: String?
    public let unit: String
    public let isPrimary: Bool
    public let from: Day
    /// The last day.
    public let until: Day
    /// Nil for who has not left.
    public let leaving: Leaving?
    public let knownFrom: Instant
    /// Nil as long as it is believed.
    public let knownUntil: Instant?

    init(_ row: Row) throws {
        receipt = try row.string("receipt")
        organizationName = try row.string("name")
        placeName = try row.optionalString("place_name")
        unit = try row.string("unit")
        isPrimary = try row.bool("is_primary")
        from = try row.day("true_from")
        until = try row.day("true_until")
        leaving = try row.leaving()
        knownFrom = try row.instant("known_from")
        knownUntil = try row.optionalInstant("known_until")
    }
}

extension ReadStore {
    /// Whose number it is: 受付番号, 任命番号 or 委員番号. Nil for anything else and for nobody's.
    public func personID(of query: PersonQuery) async throws -> Int? {
        switch query {
        case .receipt, .appointment, .member: break
        default: return nil
        }
        return try await rows(
            "SELECT a.person_id FROM applications a WHERE \(Self.fits(query)) LIMIT 1"
        ).first?.int("person_id")
    }

    /// All that a person has applied for, the newest first.
    public func applications(ofPerson id: Int) async throws -> [ApplicationRecord] {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM \(ApplicationRecord.tables)
            WHERE a.person_id = \(id) ORDER BY a.id DESC
            """
        ).map { try ApplicationRecord($0) }
    }

    public func memberNumber(ofPerson id: Int) async throws -> String? {
        try await rows("SELECT member_number FROM people WHERE id = \(id)")
            .first?.optionalString("member_number")
    }

    /// What was ever declared of a person's 所属, the newest first.
    public func affiliations(ofPerson id: Int) async throws -> [AffiliationVersion] {
        try await rows(
            """
            SELECT a.receipt, o.name, b.name AS place_name, f.unit, f.is_primary, f.true_from,
                   f.true_until, f.left_because, f.known_from,
                   nullif(f.known_until, 'infinity') AS known_until
            FROM affiliations f
            JOIN applications a ON a.id = f.application_id
            JOIN organizations o ON o.id = f.organization_id
            LEFT JOIN business_places b ON b.id = f.business_place_id
            WHERE f.person_id = \(id)
            ORDER BY f.known_until DESC, f.is_primary DESC, f.id DESC
            """
        ).map { try AffiliationVersion($0) }
    }

    /// How many rows of files wait to be told apart from a person's applications, or have led to
    /// one of them and are in doubt again.
    public func openDoubtCount(ofPerson id: Int) async throws -> Int {
        try await rows(
            """
            SELECT coalesce(sum(
                (SELECT count(*) FROM doubts d
                 WHERE d.other_application_id = a.id AND d.answer = '')
                + (SELECT count(*) FROM doubts d
                   WHERE d.application_id = a.id AND d.answer = '')), 0)::bigint AS n
            FROM applications a WHERE a.person_id = \(id)
            """)[0].int("n")
    }

    /// Whether a person has died, as it is known now.
    public func hasDied(person id: Int) async throws -> Bool {
        try await rows("SELECT \(Self.hasDied("\(id)::bigint")) AS died")[0].bool("died")
    }
}
