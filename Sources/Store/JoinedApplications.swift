public import Enrollment
internal import Postgres

/// An application goes over to another person, with what hangs on it: the office has said that both
/// are one, or that they are not after all.
extension WriteTransaction {
    /// Makes an application somebody's. Where they have a live one of its kind and year, it leads
    /// there, and its organizations are theirs as further ones.
    public func join(
        _ id: Int, to personID: Int, into live: Int?, at moment: WriteStamp
    ) async throws {
        try await give([id], to: personID)
        if let live { try await lead(id, into: live, endsApplication: true, at: moment) }
    }

    /// Leads an application into a live one of the same person: its organizations are theirs as
    /// further ones. `endsApplication` says whether it becomes 統合 itself, as it is told next.
    public func lead(
        _ id: Int, into live: Int, endsApplication: Bool, at moment: WriteStamp
    ) async throws {
        if endsApplication {
            try await execute("UPDATE applications SET merged_into = \(live) WHERE id = \(id)")
        }
        let closed = try await rows(
            """
            UPDATE affiliations SET known_until = \(moment.now)
            WHERE application_id = \(id) AND known_until = 'infinity' RETURNING id
            """
        ).map { try $0.int("id") }
        try await execute(
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                business_place_id, is_primary, row_hash, sort_key, true_from, true_until,
                left_because, known_from)
            SELECT person_id, organization_id, \(live)::bigint, fiscal_year, unit,
                   business_place_id, false, row_hash, sort_key, true_from, true_until,
                   left_because, \(moment.now)::timestamptz
            FROM affiliations WHERE id = ANY(\(closed)::bigint[])
            ON CONFLICT DO NOTHING
            """)
    }

    /// The way back: an application is somebody's of their own again. `joinedAt` is when it was led
    /// into `live`; nil where it was led nowhere. It is in another state already.
    public func part(
        _ id: Int, to personID: Int, joined: (live: Int, at: Instant)?, at moment: WriteStamp
    ) async throws {
        try await give([id], to: personID)
        if let joined { try await unlead(id, from: joined.live, ledAt: joined.at, at: moment) }
    }

    /// The way back of `lead`, which was done at `then`.
    public func unlead(
        _ id: Int, from live: Int, ledAt then: Instant, at moment: WriteStamp
    ) async throws {
        try await execute(
            "UPDATE applications SET merged_into = NULL WHERE id = \(id) AND state <> 'merged'")
        let reopened = try await rows(
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                business_place_id, is_primary, row_hash, sort_key, true_from, true_until,
                left_because, known_from)
            SELECT person_id, organization_id, application_id, fiscal_year, unit,
                   business_place_id, is_primary, row_hash, sort_key, true_from, true_until,
                   left_because, \(moment.now)::timestamptz
            FROM affiliations WHERE application_id = \(id) AND known_until = \(then)
            ON CONFLICT DO NOTHING RETURNING organization_id
            """
        ).map { try $0.int("organization_id") }
        try await execute(
            """
            UPDATE affiliations SET known_until = \(moment.now)
            WHERE application_id = \(live) AND known_until = 'infinity'
              AND known_from = \(then) AND NOT is_primary
              AND organization_id = ANY(\(reopened)::bigint[])
            """)
    }

    /// Makes applications somebody's, with what hangs on them; appointments are another matter.
    public func give(_ ids: [Int], to personID: Int) async throws {
        try await execute(
            """
            UPDATE applications SET person_id = \(personID)
            WHERE id = ANY(\(ids)::bigint[]) AND person_id <> \(personID)
            """)
        for table: SQL in ["affiliations", "viewings"] {
            try await execute(
                """
                UPDATE \(table) SET person_id = \(personID)
                WHERE application_id = ANY(\(ids)::bigint[]) AND person_id <> \(personID)
                """)
        }
    }

    /// Into what an application was led last, and when; nil where it leads nowhere.
    public func joining(of id: Int) async throws -> (live: Int, at: Instant)? {
        try await rows(
            """
            SELECT a.merged_into, s.known_from FROM applications a
            CROSS JOIN LATERAL (
                SELECT q.known_from FROM application_states q
                WHERE q.application_id = a.id AND q.state = 'merged'
                ORDER BY q.id DESC LIMIT 1) s
            WHERE a.id = \(id) AND a.state = 'merged'
            """
        ).first.map { (try $0.int("merged_into"), try $0.instant("known_from")) }
    }

    /// Whether a live application says the name, kana and address of one that is live no more.
    public func isSaidByAnother(_ id: Int) async throws -> Bool {
        let states = ApplicationState.live.map(\.rawValue)
        return try await !rows(
            """
            SELECT o.id FROM applications a
            JOIN applications o ON o.match_key COLLATE "C" = a.match_key AND o.kind = a.kind
              AND o.fiscal_year = a.fiscal_year AND o.id <> a.id
            WHERE a.id = \(id) AND o.state = ANY(\(states)::text[]) AND NOT o.appointment_ended
            LIMIT 1
            """
        ).isEmpty
    }
}
