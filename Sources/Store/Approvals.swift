public import Enrollment
internal import Postgres

/// What one act approved, as far as it still waits for a 決裁.
public struct ApprovalRecord: Sendable {
    public let at: Instant
    public let count: Int
    public let actor: ActorRecord
}

extension ReadStore {
    /// The last approvals of a year whose applications wait for a 決裁, newest first. What the turn
    /// of the year has renewed nobody has approved.
    public func approvals(in year: FiscalYear, limit: Int) async throws -> [ApprovalRecord] {
        try await rows(
            """
            SELECT g.at, g.count, \(ActorRecord.columns)
            FROM (SELECT state_changed_at AS at, count(*) AS count, min(id) AS first
                  FROM applications WHERE fiscal_year = \(year) AND state = 'approved'
                  GROUP BY state_changed_at ORDER BY state_changed_at DESC LIMIT \(limit)) g
            CROSS JOIN LATERAL (
                SELECT e.actor, e.actor_account FROM events e
                WHERE e.subject = 'application:' || g.first AND e.known_from = g.at
                  AND e.act = \(EventKind.approve) LIMIT 1) j
            LEFT JOIN accounts u ON u.id = j.actor_account
            ORDER BY g.at DESC
            """
        ).map {
            ApprovalRecord(
                at: try $0.instant("at"), count: try $0.int("count"), actor: try ActorRecord($0))
        }
    }

    /// Whom one act approved and who waits for a 決裁 still, in the order of their numbers.
    public func approved(at moment: Instant, in year: FiscalYear) async throws -> [Int] {
        try await rows(
            """
            SELECT id FROM applications
            WHERE fiscal_year = \(year) AND state = 'approved' AND state_changed_at = \(moment)
              AND route <> 'renewal' ORDER BY id
            """
        ).map { try $0.int("id") }
    }

    /// The first of some, as they are now.
    public func applications(
        among ids: [Int], limit: Int
    ) async throws -> [ApplicationRecord] {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns)
            FROM unnest(\(Array(ids.prefix(limit)))::bigint[]) AS next(id)
            CROSS JOIN \(ApplicationRecord.tables(of: "next.id"))
            ORDER BY a.id
            """
        ).map { try ApplicationRecord($0) }
    }
}
