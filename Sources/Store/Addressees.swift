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
