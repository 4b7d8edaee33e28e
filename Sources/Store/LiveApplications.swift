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
    /// Whether the person has opened it by a code that was sent to its address.
    public let isConfirmed: Bool
    public let organizationIDs: Set<Int>
    public let digests: [Int: String]
    /// Where each organization has put them, of those that have.
    public let places: [Int: BusinessPlacePath]

    /// Whether a file of this organization changes what the application says. Whoever has confirmed
    /// their address owns it from then on.
    public func mayBeCorrected(by organizationID: Int) -> Bool {
        submittedBy == organizationID && state.mayBeCorrected && !isConfirmed
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

    fileprivate init(_ row: Row) throws {
        id = try row.int("id")
        personID = try row.int("person_id")
        receipt = try row.string("receipt")
        state = try row.code("state")
        submittedBy = try row.optionalInt("submitted_by")
        isConfirmed = try row.bool("is_confirmed")
        let organizations = try row.ints("bodies")
        organizationIDs = Set(organizations)
        digests = Dictionary(
            zip(organizations, try row.strings("digests")), uniquingKeysWith: { $1 })
        // An empty path is of the whole organization; one that cannot be read is not left out.
        let paths = try row.array("places") { text -> BusinessPlacePath?? in
            text.isEmpty ? .some(nil) : BusinessPlacePath(text).map { .some($0) }
        }
        places = Dictionary(zip(organizations, paths), uniquingKeysWith: { $1 })
            .compactMapValues { $0 }
    }
}

extension ReadStore {
    /// Live applications of some people in a year, with the organizations they belong to.
    public func liveApplications(
        ofPeople people: [Int], in year: FiscalYear
    ) async throws -> [HeldKind: LiveApplication] {
        let found = try await longRows(
            Self.live("a.person_id = ANY(\(people)::bigint[]) AND a.fiscal_year = \(year)"))
        var live: [HeldKind: LiveApplication] = [:]
        for row in found {
            let match = try LiveApplication(row)
            live[HeldKind(personID: match.personID, kind: try row.code("kind"))] = match
        }
        return live
    }

    /// Of those of some people whose appointment of a year has ended, or who took their application
    /// back: what an organization last said. How it ended may be told of those whom a scope holds.
    public func endedRows(
        ofPeople people: [Int], to scope: OrganizationScope, in year: FiscalYear
    ) async throws -> [HeldKind: EndedRow] {
        var ended: [HeldKind: EndedRow] = [:]
        for row in try await longRows(
            """
            SELECT a.id, a.person_id, a.kind, f.row_hash, f.unit,
                   \(.list(ApplicationColumn.added.map { "a.\($0.name)" })),
                   a.submitted_by IS NOT DISTINCT FROM f.organization_id
                     AND \(scope.covers("f")) AS is_own,
                   a.state = 'withdrawn' AS is_withdrawn
            FROM applications a
            JOIN affiliations f ON f.person_id = a.person_id AND f.application_id = a.id
              AND f.organization_id = \(scope.organizationID) AND f.known_until = 'infinity'
            WHERE a.fiscal_year = \(year) AND a.person_id = ANY(\(people)::bigint[])
              AND (a.appointment_ended OR a.state = 'withdrawn') ORDER BY a.id
            """)
        {
            let who = HeldKind(personID: try row.int("person_id"), kind: try row.code("kind"))
            ended[who] = EndedRow(
                applicationID: try row.int("id"), digest: try row.string("row_hash"),
                unit: try row.string("unit"),
                added: try ApplicationColumn.read(ApplicationColumn.added, of: row),
                told: (try row.bool("is_own"), try row.bool("is_withdrawn")))
        }
        return ended
    }

    fileprivate static func live(_ keys: [String], _ year: FiscalYear) -> SQL {
        live("a.fiscal_year = \(year) AND a.match_key COLLATE \"C\" \(isAmong(keys))")
    }

    private static func live(_ who: SQL) -> SQL {
        """
        SELECT a.id, a.person_id, a.kind, a.receipt, a.state, a.submitted_by,
               a.mail_confirmed_at IS NOT NULL AS is_confirmed,
               a.kind || a.match_key AS key,
               coalesce(array_agg(f.organization_id) FILTER (WHERE f.id IS NOT NULL), '{}')
                 AS bodies,
               coalesce(array_agg(f.row_hash) FILTER (WHERE f.id IS NOT NULL), '{}') AS digests,
               coalesce(array_agg(coalesce(b.path, '')) FILTER (WHERE f.id IS NOT NULL), '{}')
                 AS places
        FROM applications a
        LEFT JOIN affiliations f ON f.person_id = a.person_id AND f.application_id = a.id
          AND f.known_until = 'infinity'
        LEFT JOIN business_places b ON b.id = f.business_place_id
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
