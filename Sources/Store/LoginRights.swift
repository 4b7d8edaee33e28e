internal import Postgres

/// What the login of a connection may do beyond what the service needs.
public struct LoginRights: Sendable, Equatable {
    public let name: String
    public let isSuperuser: Bool
    /// Of the tables, so that it may change what it wrote to the journal.
    public let isOwner: Bool

    public init(name: String, isSuperuser: Bool, isOwner: Bool) {
        self.name = name
        self.isSuperuser = isSuperuser
        self.isOwner = isOwner
    }
}

extension ReadStore {
    public func loginRights() async throws -> LoginRights {
        let row = try await rows(
            """
            SELECT rolname AS name, rolsuper AS super, EXISTS (
                SELECT FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                  AND pg_has_role(session_user, relowner, 'MEMBER')) AS owns
            FROM pg_roles WHERE rolname = session_user
            """)[0]
        return LoginRights(
            name: try row.string("name"), isSuperuser: try row.bool("super"),
            isOwner: try row.bool("owns"))
    }
}
