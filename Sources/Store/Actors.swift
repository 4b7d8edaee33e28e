internal import Postgres

/// Who did something, as the journal names them.
public struct ActorRecord: Sendable, Equatable {
    /// `account:7`, `applicant`, a program of ours, or the operator; empty where nobody was noted.
    public let code: String
    /// Only of an account, also of one that is disabled by now.
    public let name: String?
    public let role: Role?

    /// Of a journal line `j` and the account `u` that it names.
    static let columns: SQL = """
        coalesce(j.actor, '') AS actor, u.name AS actor_name, u.role AS actor_role
        """

    init(_ row: Row) throws {
        code = try row.string("actor")
        name = try row.optionalString("actor_name")
        role = try row.optionalCode("actor_role")
    }
}

extension ReadStore {
    /// Who last did an act to something; nil when nobody did.
    public func actor(of act: String, on subject: String) async throws -> ActorRecord? {
        try await rows(
            """
            SELECT \(ActorRecord.columns) FROM events j
            LEFT JOIN accounts u ON 'account:' || u.id = j.actor
            WHERE j.subject = \(subject) AND j.act = \(act) ORDER BY j.id DESC LIMIT 1
            """
        ).first.map { try ActorRecord($0) }
    }
}
