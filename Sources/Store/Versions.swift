internal import Enrollment
internal import Postgres

/// What an application said before it was corrected, so that the names and numbers of a day come
/// out again as they were known then.
extension WriteTransaction {
    /// Keeps the particulars as they stand, believed until now. Of two corrections in one instant
    /// the first one keeps what was there before it.
    func keepVersion(of applicationID: Int, until now: Instant) async throws {
        try await execute(Self.keeping("a.id = \(applicationID)", until: now))
    }

    /// The same of some.
    func keepVersions(of ids: [Int], until now: Instant) async throws {
        guard !ids.isEmpty else { return }
        try await executeLong(Self.keeping("a.id = ANY(\(ids)::bigint[])", until: now))
    }

    private static func keeping(_ which: SQL, until now: Instant) -> SQL {
        """
        INSERT INTO application_versions (application_id,
            \(ApplicationColumn.kept), known_from, known_until)
        SELECT id, \(ApplicationColumn.kept),
            coalesce((SELECT max(v.known_until) FROM application_versions v
                      WHERE v.application_id = a.id), received_at), \(now)::timestamptz
        FROM applications a WHERE \(which)
        ON CONFLICT ON CONSTRAINT application_versions_end_once DO NOTHING
        """
    }
}

extension ReadStore {
    /// The version of each corrected application that was believed at the moment of the basis; an
    /// application that is not among them was then as it is now.
    static func versions(_ basis: TallyBasis) -> SQL {
        """
        SELECT DISTINCT ON (application_id) * FROM application_versions
        WHERE known_until >= \(basis.known) ORDER BY application_id, known_until
        """
    }
}
