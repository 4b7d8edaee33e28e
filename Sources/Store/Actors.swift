public import Enrollment
internal import Postgres

/// Who did something, with what is known of them today.
public struct ActorRecord: Sendable, Equatable {
    /// Nil where nobody was noted.
    public let actor: Actor?
    /// Only of an account, also of one that is disabled by now.
    public let name: String?
    public let role: Role?

    /// Of a journal line `j` and the account `u` that it names.
    static let columns: SQL = "j.actor, u.name AS actor_name, u.role AS actor_role"

    init(_ row: Row) throws { try self.init(row, "actor") }

    /// Of columns that are called so, where a row names more than one.
    init(_ row: Row, _ column: String) throws {
        actor = try row.optionalActor(column)
        name = try row.optionalString(column + "_name")
        role = try row.optionalCode(column + "_role")
    }
}

extension ReadStore {
    /// Who last did an act to something; nil when nobody did.
    public func actor(of act: EventKind, on subject: String) async throws -> ActorRecord? {
        try await rows(
            """
            SELECT \(ActorRecord.columns) FROM events j
            LEFT JOIN accounts u ON u.id = j.actor_account
            WHERE j.subject = \(subject) AND j.act = \(act) ORDER BY j.id DESC LIMIT 1
            """
        ).first.map { try ActorRecord($0) }
    }
}
