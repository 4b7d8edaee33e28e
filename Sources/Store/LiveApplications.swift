public import Enrollment
internal import Postgres

/// Somebody who has applied in the year already.
public struct LiveApplication: Sendable {
    public let id: Int
    public let personID: Int
    public let receipt: String
    public let state: ApplicationState
    /// The organization whose file it came from.
    public let submittedBy: Int?
    public let organizationIDs: Set<Int>
    public let digests: [Int: String]

    /// Whether a file of this organization changes what the application says.
    public func mayBeCorrected(by organizationID: Int) -> Bool {
        submittedBy == organizationID && state.mayBeCorrected
    }
}

/// Who of some keys is known already.
public struct KnownApplicants: Sendable {
    /// Live applications of the year, by kind and sure key.
    public let live: [String: LiveApplication]
    /// The person that each sure key last belonged to, in any year.
    public let people: [String: Int]
}

extension WriteTransaction {
    /// Looks for live applications and people in one round trip.
    public func known(_ keys: [String], in year: FiscalYear) async throws -> KnownApplicants {
        let found = try await session.rows(
            together: [ReadStore.live(keys, year), ReadStore.people(keys)],
            within: keys.count > Self.few ? Self.long : nil)
        return KnownApplicants(
            live: try LiveApplication.byKey(found[0]), people: try people(found[1]))
    }

    private func people(_ rows: [Row]) throws -> [String: Int] {
        var people: [String: Int] = [:]
        for row in rows { people[try row.string("match_key")] = try row.int("person_id") }
        return people
    }
}

extension LiveApplication {
    fileprivate static func byKey(_ rows: [Row]) throws -> [String: LiveApplication] {
        var live: [String: LiveApplication] = [:]
        for row in rows { live[try row.string("key")] = try LiveApplication(row) }
        return live
    }

    private init(_ row: Row) throws {
        id = try row.int("id")
        personID = try row.int("person_id")
        receipt = try row.string("receipt")
        state = try row.code("state")
        submittedBy = try row.optionalInt("submitted_by")
        let organizations = try row.string("bodies").split(separator: ",").compactMap { Int($0) }
        let digests = try row.string("digests").split(separator: ",").map(String.init)
        organizationIDs = Set(organizations)
        self.digests = Dictionary(zip(organizations, digests), uniquingKeysWith: { $1 })
    }
}

extension ReadStore {
    /// Live applications of a year by kind and sure key, with the organizations they belong to.
    public func liveApplications(
        _ keys: [String], in year: FiscalYear
    ) async throws -> [String: LiveApplication] {
        try LiveApplication.byKey(try await longRows(Self.live(keys, year)))
    }

    /// Of those whose appointment of a year has ended: what an organization last said, by kind and
    /// sure key.
    public func endedRows(
        _ keys: [String], of organizationID: Int, in year: FiscalYear
    ) async throws -> [String: EndedRow] {
        var ended: [String: EndedRow] = [:]
        for row in try await longRows(
            """
            SELECT a.id, a.kind || a.match_key AS key, f.row_hash, f.unit,
                   \(.list(ApplicationColumn.added.map { "a.\($0.name)" })),
                   a.submitted_by IS NOT DISTINCT FROM f.organization_id AS is_own
            FROM applications a
            JOIN affiliations f ON f.person_id = a.person_id AND f.application_id = a.id
              AND f.organization_id = \(organizationID) AND f.known_until = 'infinity'
            WHERE a.fiscal_year = \(year) AND a.match_key COLLATE "C" \(Self.isAmong(keys))
              AND a.appointment_ended ORDER BY a.id
            """)
        {
            ended[try row.string("key")] = EndedRow(
                applicationID: try row.int("id"), digest: try row.string("row_hash"),
                unit: try row.string("unit"),
                added: try ApplicationColumn.read(ApplicationColumn.added, of: row),
                isOwn: try row.bool("is_own"))
        }
        return ended
    }

    /// Live applications of some ids, by id.
    public func liveApplications(ids: [Int]) async throws -> [Int: LiveApplication] {
        let found = try await longRows(Self.live("a.id = ANY(\(ids)::bigint[])"))
        var live: [Int: LiveApplication] = [:]
        for match in try LiveApplication.byKey(found).values { live[match.id] = match }
        return live
    }

    fileprivate static func live(_ keys: [String], _ year: FiscalYear) -> SQL {
        live("a.fiscal_year = \(year) AND a.match_key COLLATE \"C\" \(isAmong(keys))")
    }

    private static func live(_ who: SQL) -> SQL {
        """
        SELECT a.id, a.person_id, a.receipt, a.state, a.submitted_by, a.kind || a.match_key AS key,
               coalesce(array_to_string(array_agg(f.organization_id), ','), '') AS bodies,
               coalesce(array_to_string(array_agg(f.row_hash), ','), '') AS digests
        FROM applications a
        LEFT JOIN affiliations f ON f.person_id = a.person_id AND f.application_id = a.id
          AND f.known_until = 'infinity'
        WHERE \(who)
          AND a.state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
          AND NOT a.appointment_ended
        GROUP BY a.id
        """
    }

    fileprivate static func people(_ keys: [String]) -> SQL {
        """
        SELECT DISTINCT ON (match_key) match_key, person_id FROM applications
        WHERE match_key COLLATE "C" \(isAmong(keys))
        ORDER BY match_key, id DESC
        """
    }

    /// One key is compared by itself: for an array of unknown length the server makes a plan anew
    /// at every call, which takes longer than the search.
    private static func isAmong(_ keys: [String]) -> SQL {
        keys.count == 1 ? "= \(keys[0])" : "= ANY(\(keys)::text[])"
    }

    /// The receipt that a once-key already led to.
    public func receipt(onceKey: String) async throws -> String? {
        try await rows("SELECT receipt FROM applications WHERE once_key = \(onceKey)")
            .first?.string("receipt")
    }
}

extension WriteTransaction {
    /// The receipt that a once-key led to, read so that it may be counted on: a mark is committed
    /// behind whatever was committed before, and the answer waits for the standby to have both.
    public func settledReceipt(onceKey: String) async throws -> String? {
        try await execute("SELECT pg_logical_emit_message(true, 'settle', '')")
        return try await reading.receipt(onceKey: onceKey)
    }
}
