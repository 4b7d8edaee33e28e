public import Enrollment
internal import Postgres

/// 所属 of an application: an organization, who declared that the person belongs to it, and since
/// when.
public struct AffiliationRecord: Sendable, Equatable {
    public let organizationName: String
    /// 部署, as the organization itself gave it; of the person's own declaration as they typed it.
    public let unit: String
    /// 事業所 where the organization has put them; nil for none.
    public let placeName: String?
    /// Whether the application names the organization; every other one is 兼任.
    public let isPrimary: Bool
    /// Whether a file of the organization says so, and not the person.
    public let isFromFile: Bool
    /// Who sent that file; of nobody known where the turn of the year carried it over.
    public let actor: ActorRecord
    /// The first day of the declaration, whatever 部署 it named then.
    public let since: Day
    /// Nil for who has not left.
    public let leaving: Leaving?
    /// What the person says of being listed; nil for nothing.
    public let answer: ListingAnswer?

    init(_ row: Row) throws {
        organizationName = try row.string("name")
        unit = try row.string("unit")
        placeName = try row.optionalString("place_name")
        isPrimary = try row.bool("is_primary")
        isFromFile = try row.bool("is_from_file")
        actor = try ActorRecord(row)
        since = try row.day("true_from")
        leaving = try row.leaving()
        answer = try row.optionalCode("answer")
    }
}

extension ReadStore {
    /// The organizations to which the person of an application belongs by it: the one that it names
    /// first, then the others in the order in which they joined.
    public func affiliations(of record: ApplicationRecord) async throws -> [AffiliationRecord] {
        try await rows(
            """
            SELECT o.name, f.unit, b.name AS place_name, f.is_primary, begun.true_from,
                   f.true_until, f.left_because, (
                       SELECT n.answer FROM listing_answers n
                       WHERE n.application_id = f.application_id
                         AND n.organization_id = f.organization_id
                       ORDER BY n.id DESC LIMIT 1) AS answer,
                   \(ActorRecord.columns),
                   NOT f.is_primary OR a.submitted_by IS NOT NULL AS is_from_file
            FROM affiliations f
            JOIN applications a ON a.id = f.application_id
            JOIN organizations o ON o.id = f.organization_id
            LEFT JOIN business_places b ON b.id = f.business_place_id
            CROSS JOIN LATERAL (
                SELECT e.true_from, e.known_from FROM affiliations e
                WHERE e.person_id = f.person_id AND e.application_id = f.application_id
                  AND e.organization_id = f.organization_id
                ORDER BY e.known_from, e.id LIMIT 1) begun
            LEFT JOIN LATERAL
              (\(GroupFileRecord.sent(by: "f.organization_id", at: "begun.known_from"))) sent
              ON true
            LEFT JOIN LATERAL (SELECT sent.planned_by AS actor) j ON true
            LEFT JOIN accounts u ON u.id = sent.planned_by_account
            WHERE f.person_id = \(record.personID) AND f.application_id = \(record.id)
              AND f.known_until = 'infinity'
            ORDER BY f.is_primary DESC, begun.known_from, f.id
            """
        ).map { try AffiliationRecord($0) }
    }
}
