public import Enrollment
internal import Postgres

extension Row {
    /// `rights` of an account or an invitation of a role.
    func rights(of role: Role) throws -> OfficeRights {
        guard role == .office else { return .none }
        guard try optionalString("rights") != nil else { return .every }
        return OfficeRights(try array("rights") { OfficeRight(rawValue: $0) })
    }
}

extension OfficeRights {
    /// As they are kept: nil for all of them, and for whoever is not of the office.
    var kept: [String]? { self == .every || isEmpty ? nil : list.map(\.rawValue) }
}

extension WriteTransaction {
    /// The accounts that may sign in and give rights, by their numbers. Nobody changes one of them
    /// until the end, so that two do not take the last right from each other.
    public func lockAdministrators() async throws -> [Int] {
        try await rows(
            """
            SELECT id FROM accounts
            WHERE role = 'office' AND disabled_at IS NULL
              AND (rights IS NULL OR \(OfficeRight.administration) = ANY(rights))
            ORDER BY id FOR UPDATE
            """
        ).map { try $0.int("id") }
    }

    public func setRights(_ rights: OfficeRights, ofAccount id: Int) async throws {
        try await execute(
            "UPDATE accounts SET rights = \(rights.kept)::text[] WHERE id = \(id)")
    }
}
