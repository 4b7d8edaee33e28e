public import Enrollment
internal import Postgres

/// As the journal tells of a proxy before the server that no setting names.
public enum UnnamedProxy {
    public static let subject = "server:proxy"
}

extension ReadStore {
    /// Whether requests have come through such a proxy since then.
    public func hasUnnamedProxy(since: Instant) async throws -> Bool {
        try await !rows(
            """
            SELECT 1 AS one FROM events
            WHERE subject = \(UnnamedProxy.subject) AND act = \(EventKind.unnamedProxy)
              AND known_from > \(since) LIMIT 1
            """
        ).isEmpty
    }
}
