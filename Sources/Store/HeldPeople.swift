public import Enrollment
internal import Postgres

/// Everybody of whom rows may speak.
public struct HeldPeople: Sendable {
    public let records: [HeldRecord]
    /// How often the names of the rows are borne, by everybody.
    public let names: NameFrequencies
}

extension ReadStore {
    /// All that is held of everybody who has the name, mail, telephone, home or 委員番号 of a record,
    /// and, where a record has a number of the organization's own, of everybody who ever belonged
    /// to it. How many people hold a thing can be counted among them. Forgotten applications say
    /// nothing any more.
    public func heldPeople(
        like records: [IdentityRecord], named names: [PersonName], of organizationID: Int?
    ) async throws -> HeldPeople {
        let found = try await longRows(
            """
            WITH alike AS MATERIALIZED (\(Self.people(like: records, of: organizationID)))
            SELECT \(HeldRecord.columns) FROM alike
            JOIN people p ON p.id = alike.person_id
            CROSS JOIN LATERAL (
                SELECT * FROM applications q WHERE q.person_id = p.id OFFSET 0) a
            WHERE a.forgotten_at IS NULL ORDER BY a.person_id, a.id
            """
        ).map { try HeldRecord($0) }
        return HeldPeople(records: found, names: try await frequencies(of: names))
    }

    /// Each key is looked for in one list: a plan of the server's that was made before anybody was
    /// there, and reads the whole table, reads it once and not for every name.
    private static func people(like records: [IdentityRecord], of organizationID: Int?) -> SQL {
        func all(_ key: (IdentityRecord) -> String) -> [String] {
            Array(Set(records.map(key))).filter { !$0.isEmpty }
        }
        let names = Array(Set(records.flatMap { [$0.name.whole, $0.name.swapped] }))
        // A file of some rows without numbers does not read the whole organization.
        let hasNumbers = records.contains { !$0.employeeNumber.isEmpty }
        let organizationID = hasNumbers ? organizationID : nil
        return """
            SELECT person_id FROM affiliations WHERE organization_id = \(organizationID)::bigint
            UNION SELECT person_id FROM applications
            WHERE split_part(match_key, '|', 1) COLLATE "C" = ANY(\(names)::text[])
            UNION \(some("lower(email) COLLATE \"C\"", among: all(\.mail), "true"))
            UNION \(some("phone COLLATE \"C\"", among: all(\.phone), "phone <> ''"))
            UNION \(some("home_of(postal_code, street)", among: all(\.home), "true"))
            UNION SELECT id FROM people WHERE member_number = ANY(\(all(\.memberNumber))::text[])
            """
    }

    /// Those with one of some keys, of each key no more than two hundred: what so many share is
    /// evidence of nobody, and that it is shared is seen of these.
    private static func some(_ key: SQL, among keys: [String], _ holds: SQL) -> SQL {
        """
        SELECT person_id FROM (
            SELECT person_id, row_number() OVER (PARTITION BY \(key)) AS place
            FROM applications WHERE \(key) = ANY(\(keys)::text[]) AND \(holds)) keyed
        WHERE place <= 200
        """
    }

    private func frequencies(of names: [PersonName]) async throws -> NameFrequencies {
        let families = Array(Set(names.map(\.family))), givens = Array(Set(names.map(\.given)))
        let found = try await longRows(
            """
            SELECT 1 AS half, family_name AS name, count(*) AS n FROM applications
            WHERE family_name = ANY(\(families)::text[]) GROUP BY family_name
            UNION ALL SELECT 2, given_name, count(*) FROM applications
            WHERE given_name = ANY(\(givens)::text[]) GROUP BY given_name
            UNION ALL SELECT 3, '', count(*) FROM applications
            """)
        var counts: [Int: [String: Int]] = [:]
        for row in found {
            counts[try row.int("half"), default: [:]][try row.string("name")] = try row.int("n")
        }
        return NameFrequencies(
            families: counts[1] ?? [:], givens: counts[2] ?? [:], of: counts[3]?[""] ?? 0)
    }
}

extension HeldRecord {
    static let columns: SQL = """
        a.person_id, p.member_number, a.family_name, a.given_name, a.family_name_kana,
        a.given_name_kana, a.email, a.submitted_by IS NULL AS is_confirmed, a.phone, a.postal_code,
        a.street, a.employee_number, a.organization_id
        """

    init(_ row: Row) throws {
        let name = FoldedName(
            family: try row.string("family_name"), given: try row.string("given_name"),
            familyKana: try row.string("family_name_kana"),
            givenKana: try row.string("given_name_kana"))
        var reach = IdentityReach()
        reach.mail = try row.string("email")
        // Whoever applied themselves has confirmed it; an organization's file has not.
        reach.isMailConfirmed = try row.bool("is_confirmed")
        reach.phone = try row.string("phone")
        reach.postalCode = try row.string("postal_code")
        reach.street = try row.string("street")
        var numbers = IdentityNumbers()
        numbers.employee = try row.string("employee_number")
        numbers.organizationID = try row.optionalInt("organization_id")
        numbers.member = try row.optionalString("member_number") ?? ""
        self.init(
            personID: try row.int("person_id"), says: IdentityRecord(name, reach, numbers))
    }
}
