internal import Postgres

/// Whom a letter about an application goes to.
public struct Addressee: Sendable, Equatable {
    public let applicationID: Int
    public let personID: Int
    public let receipt: String
    public let name: String
    public let email: String
}

extension ReadStore {
    /// Of some applications those whose person an organization has reported as dead.
    public func reportedDead(among applications: [Int]) async throws -> Set<Int> {
        Set(
            try await longRows(
                """
                SELECT a.id FROM applications a
                CROSS JOIN LATERAL (
                    SELECT q.fiscal_year, q.known_until, q.left_because FROM affiliations q
                    WHERE q.person_id = a.person_id OFFSET 0) f
                WHERE a.id = ANY(\(applications)::bigint[]) AND f.fiscal_year = a.fiscal_year
                  AND f.known_until = 'infinity' AND f.left_because = 'deceased' ORDER BY a.id
                """
            ).map { try $0.int("id") })
    }

    /// Those of some applications who can be written to, by their ids.
    public func addressees(of applications: [Int]) async throws -> [Addressee] {
        try await longRows(
            """
            SELECT a.id, a.person_id, a.receipt, a.email, \(FullName.sql(of: "a.")) AS name
            FROM applications a
            WHERE a.id = ANY(\(applications)::bigint[]) AND a.email <> '' ORDER BY a.id
            """
        ).map {
            Addressee(
                applicationID: try $0.int("id"), personID: try $0.int("person_id"),
                receipt: try $0.string("receipt"), name: try $0.string("name"),
                email: try $0.string("email"))
        }
    }
}
