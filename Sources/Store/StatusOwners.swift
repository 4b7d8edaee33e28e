internal import Enrollment
internal import Postgres

/// Whose state a receipt number and an address show together, and where the code goes.
public struct StatusOwner: Sendable, Equatable {
    /// The application to be shown.
    public let id: Int
    public let email: String
}

extension ReadStore {
    /// Whether a person has died, as it is known now: nothing is sent to them any more, and nobody
    /// signs in to their page.
    static func hasDied(_ person: SQL) -> SQL {
        """
        EXISTS (SELECT FROM appointment_terms d WHERE d.person_id = \(person)
                AND d.known_until = 'infinity' AND d.end_reason = 'deceased')
        """
    }

    /// What was applied for with an address, the newest first; the first twenty.
    public func applications(withMail email: String) async throws -> [ApplicationRecord] {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM (
                SELECT q.id FROM applications q
                WHERE lower(q.email) COLLATE "C" = lower(\(email)) AND q.email <> ''
                  AND q.forgotten_at IS NULL AND NOT \(Self.hasDied("q.person_id"))
                ORDER BY q.id DESC LIMIT 20) f
            CROSS JOIN \(ApplicationRecord.tables(of: "f.id")) ORDER BY a.id DESC
            """
        ).map { try ApplicationRecord($0) }
    }

    /// Nil when they do not belong together. The newest application of the same person and kind to
    /// the same address, of a later year or made after this one came to its end, that was not
    /// refused; else the one into which that of the number was merged; else that of the number. One
    /// question, whatever is found.
    public func statusOwner(receipt: String, email: String) async throws -> StatusOwner? {
        try await rows(
            """
            SELECT \(Self.successor) AS id, a.email FROM applications a
            WHERE a.receipt = \(receipt) AND lower(a.email) = lower(\(email)) AND a.email <> ''
              AND NOT \(Self.hasDied("a.person_id"))
            """
        ).first.map { StatusOwner(id: try $0.int("id"), email: try $0.string("email")) }
    }

    /// The same of an application that somebody has signed in to: what they apply for afterwards is
    /// theirs as well.
    public func successor(ofApplication id: Int) async throws -> Int? {
        try await rows("SELECT \(Self.successor) AS id FROM applications a WHERE a.id = \(id)")
            .first?.int("id")
    }

    /// What an application `a` has led to.
    private static var successor: SQL {
        """
        coalesce(
            (SELECT l.id FROM applications l
             WHERE l.person_id = a.person_id AND l.kind = a.kind
               AND (l.fiscal_year, l.id) > (a.fiscal_year, a.id)
               AND lower(l.email) = lower(a.email)
               AND l.state = ANY(\(ApplicationState.live.map(\.rawValue))::text[])
             ORDER BY l.fiscal_year DESC, l.id DESC LIMIT 1),
            (SELECT m.led_into FROM merged_applications m
             JOIN person_merges g ON g.id = m.merge_id AND g.undone_at IS NULL
             WHERE m.application_id = a.id ORDER BY m.merge_id DESC LIMIT 1),
            CASE WHEN a.state = \(ApplicationState.merged) THEN a.merged_into END, a.id)
        """
    }
}
