public import Enrollment
internal import Postgres

extension ReadStore {
    /// Of some people, the newest application that an organization sent of each: what may be told
    /// to it, because it said so, as far as whoever asks looks after them.
    public func sent(
        _ people: [Int], by scope: OrganizationScope
    ) async throws -> [Int: SentPerson] {
        let found = try await longRows(
            """
            SELECT DISTINCT ON (a.person_id) a.person_id, a.id, a.email, a.street,
                   \(FullName.sql(of: "a.")) AS name, \(Self.isSeen(by: scope)) AS is_seen,
                   concat_ws(' ', nullif(a.family_name_kana, ''), nullif(a.given_name_kana, ''))
                     AS kana
            FROM applications a
            WHERE a.person_id = ANY(\(people)::bigint[])
              AND a.submitted_by = \(scope.organizationID)
              AND a.forgotten_at IS NULL AND a.state <> 'merged'
            ORDER BY a.person_id, a.id DESC
            """
        ).map { try SentPerson($0) }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.personID, $0) })
    }

    /// The receipt number of the newest application of each of some people, whoever sent it; one
    /// that is known to have come twice only where there is no other. For the office's eyes.
    public func newestReceipts(ofPeople people: [Int]) async throws -> [Int: String] {
        let found = try await longRows(
            """
            SELECT DISTINCT ON (person_id) person_id, receipt FROM applications
            WHERE person_id = ANY(\(people)::bigint[])
            ORDER BY person_id, state = 'merged', id DESC
            """
        ).map { (try $0.int("person_id"), try $0.string("receipt")) }
        return Dictionary(uniqueKeysWithValues: found)
    }

    /// Whether somebody of the organization, by their application `a`, is looked after.
    private static func isSeen(by scope: OrganizationScope) -> SQL {
        """
        EXISTS (SELECT FROM affiliations f
                WHERE f.application_id = a.id AND f.organization_id = \(scope.organizationID)
                  AND f.known_until = 'infinity' AND \(scope.covers("f")))
        """
    }

    /// Those of an organization who are reached at some mail addresses in a year, by the address as
    /// addresses are compared.
    public func mailHolders(
        _ mails: [String], of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> [String: [MailHolder]] {
        let found = try await longRows(
            """
            SELECT lower(a.email) AS mail, a.person_id, \(FullName.sql(of: "a.")) AS name,
                   a.badge_opt_in, \(Self.isSeen(by: scope)) AS is_seen
            FROM applications a
            WHERE lower(a.email) COLLATE "C" = ANY(\(mails)::text[]) AND a.fiscal_year = \(year)
              AND a.state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
              AND NOT a.appointment_ended AND a.submitted_by = \(scope.organizationID)
            ORDER BY a.id
            """)
        var holders: [String: [MailHolder]] = [:]
        for row in found {
            holders[try row.string("mail"), default: []].append(
                MailHolder(
                    personID: try row.int("person_id"),
                    name: try row.bool("is_seen") ? try row.string("name") : "",
                    wantsBadge: try row.bool("badge_opt_in")))
        }
        return holders
    }
}

/// What an organization said of somebody; empty where whoever asks does not look after them.
public struct SentPerson: Sendable {
    public let personID: Int
    public let applicationID: Int
    public let name: String
    public let kana: String
    public let email: String
    public let street: String

    init(_ row: Row) throws {
        personID = try row.int("person_id")
        applicationID = try row.int("id")
        let isSeen = try row.bool("is_seen")
        name = isSeen ? try row.string("name") : ""
        kana = isSeen ? try row.string("kana") : ""
        email = isSeen ? try row.string("email") : ""
        street = isSeen ? try row.string("street") : ""
    }
}
