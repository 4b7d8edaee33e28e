internal import Enrollment
internal import Postgres

/// Whose state a receipt number and an address show together, and where the code goes.
public struct StatusOwner: Sendable, Equatable {
    /// The application to be shown.
    public let id: Int
    public let email: String
}

extension ReadStore {
    /// Nil when they do not belong together. The newest application of the same person and kind to
    /// the same address, of a later year or made after this one came to its end, that was not
    /// refused; else the one into which that of the number was merged; else that of the number. One
    /// question, whatever is found.
    public func statusOwner(receipt: String, email: String) async throws -> StatusOwner? {
        let standing = ApplicationState.standing.map(\.rawValue)
        return try await rows(
            """
            SELECT coalesce(
                (SELECT l.id FROM applications l
                 WHERE l.person_id = a.person_id AND l.kind = a.kind
                   AND (l.fiscal_year, l.id) > (a.fiscal_year, a.id)
                   AND lower(l.email) = lower(a.email)
                   AND l.state = ANY(\(standing)::text[])
                 ORDER BY l.fiscal_year DESC, l.id DESC LIMIT 1),
                CASE WHEN a.state = \(ApplicationState.merged) THEN a.merged_into END, a.id) AS id,
                a.email
            FROM applications a
            WHERE a.receipt = \(receipt) AND lower(a.email) = lower(\(email)) AND a.email <> ''
            """
        ).first.map { StatusOwner(id: try $0.int("id"), email: try $0.string("email")) }
    }
}
