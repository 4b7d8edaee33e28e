public import Enrollment
internal import Postgres

extension ReadStore {
    /// Requests for 資材 that a filter means, in its order.
    public func materials(_ filter: MaterialFilter) async throws -> [MaterialRecord] {
        let isNewest = filter.order == .newestFirst
        let way: SQL = isNewest ? "DESC" : "ASC"
        let after: SQL =
            filter.after.map { isNewest ? "f.request_id < \($0)" : "f.request_id > \($0)" }
            ?? "true"
        let state: SQL = filter.state.map { "f.state = \($0)" } ?? "true"
        let year: SQL = filter.year.map { "r.fiscal_year = \($0)" } ?? "true"
        let organization = filter.scope?.organizationID ?? filter.organizationID
        let whose: SQL = organization.map { "r.organization_id = \($0)" } ?? "true"
        return try await rows(
            """
            SELECT \(MaterialRecord.columns)
            FROM material_facts f JOIN material_requests r ON r.id = f.request_id
            \(MaterialRecord.beside)
            WHERE f.known_until = 'infinity' AND \(year) AND \(whose)
              AND \(filter.scope?.covers("r") ?? "true") AND \(state) AND \(after)
            ORDER BY f.request_id \(way) LIMIT \(filter.limit)
            """
        ).map { try MaterialRecord($0) }
    }

    /// Some of them, by their numbers, in the order of these; what is nobody's is not among them.
    public func materials(numbered numbers: [Int]) async throws -> [MaterialRecord] {
        try await rows(
            """
            SELECT \(MaterialRecord.columns)
            FROM material_facts f JOIN material_requests r ON r.id = f.request_id
            \(MaterialRecord.beside)
            WHERE r.id = ANY(\(numbers)::bigint[]) AND f.known_until = 'infinity'
            ORDER BY r.id
            """
        ).map { try MaterialRecord($0) }
    }

    /// What is in a state, by organization as it is called in a year, whose oldest request comes
    /// first.
    public func materialSums(
        _ state: MaterialState, named year: FiscalYear
    ) async throws -> [MaterialSum] {
        try await rows(
            """
            SELECT o.id, o.code, coalesce(nullif(y.name, ''), o.name) AS name, t.requests,
                   t.sticker_count, t.nametag_count, t.material_count, t.since
            FROM (SELECT r.organization_id, count(*) AS requests,
                         sum(f.sticker_count) AS sticker_count,
                         sum(f.nametag_count) AS nametag_count,
                         sum(f.material_count) AS material_count, min(r.asked_on) AS since,
                         min(r.id) AS first
                  FROM material_facts f JOIN material_requests r ON r.id = f.request_id
                  WHERE f.known_until = 'infinity' AND f.state = \(state) GROUP BY 1) t
            JOIN organizations o ON o.id = t.organization_id
            LEFT JOIN organization_years y ON y.organization_id = o.id AND y.fiscal_year = \(year)
            ORDER BY t.first
            """
        ).map {
            MaterialSum(
                organizationID: try $0.int("id"), code: try $0.string("code"),
                name: try $0.string("name"), requests: try $0.int("requests"),
                counts: try $0.materialCounts(), since: try $0.day("since"))
        }
    }

    /// The 事業所 of a scope that have people or have asked, from the top down, the organization
    /// itself first: people of a year, and what was asked for them in all years.
    public func materialNeeds(
        of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> [MaterialNeed] {
        let id = scope.organizationID
        let found = try await longRows(
            """
            /* tally */ SELECT q.business_place_id, b.path, coalesce(b.name, '') AS name,
                sum(q.people) AS people, sum(q.sticker_count) AS sticker_count,
                sum(q.nametag_count) AS nametag_count, sum(q.material_count) AS material_count,
                max(q.last) AS last
            FROM (SELECT f.business_place_id, count(DISTINCT f.person_id) AS people,
                         0 AS sticker_count, 0 AS nametag_count, 0 AS material_count,
                         NULL::bigint AS last
                  FROM affiliations f
                  WHERE f.organization_id = \(id) AND f.fiscal_year = \(year)
                    AND f.known_until = 'infinity' AND f.left_because = ''
                    AND \(scope.covers("f")) GROUP BY 1
                  UNION ALL
                  SELECT r.business_place_id, 0, sum(f.sticker_count), sum(f.nametag_count),
                         sum(f.material_count), max(r.id)
                  FROM material_requests r JOIN material_facts f ON f.request_id = r.id
                  WHERE r.organization_id = \(id) AND f.known_until = 'infinity'
                    AND f.state <> 'withdrawn' AND \(scope.covers("r")) GROUP BY 1) q
            LEFT JOIN business_places b ON b.id = q.business_place_id
            GROUP BY 1, 2, 3
            ORDER BY string_to_array(coalesce(b.path, ''), '/')
            """)
        let last = try await materials(
            numbered: try found.compactMap { try $0.optionalInt("last") })
        let byNumber = Dictionary(
            last.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        return try found.map { row in
            MaterialNeed(
                place: try row.optionalPath("path"), name: try row.string("name"),
                people: try row.int("people"), asked: try row.materialCounts(),
                last: try row.optionalInt("last").flatMap { byNumber[$0] })
        }
    }

    /// What the office said lately to have sent, as far as it still holds; newest first.
    public func shippingActs(limit: Int) async throws -> [ShippingAct] {
        try await rows(
            """
            SELECT g.at, g.sent_on, g.requests, j.said_by AS actor, u.name AS actor_name,
                   u.role AS actor_role
            FROM (SELECT f.known_from AS at, min(f.sent_on) AS sent_on, count(*) AS requests,
                         min(f.id) AS first
                  FROM material_facts f WHERE f.known_until = 'infinity' AND f.state = 'sent'
                  GROUP BY 1 ORDER BY 1 DESC LIMIT \(limit)) g
            JOIN material_facts j ON j.id = g.first
            LEFT JOIN accounts u ON u.id = j.said_by_account
            ORDER BY g.at DESC
            """
        ).map {
            ShippingAct(
                at: try $0.instant("at"), sentOn: try $0.day("sent_on"),
                requests: try $0.int("requests"), actor: try ActorRecord($0))
        }
    }

    /// What one act said to have left and still says, by number.
    public func materials(sentBy act: Instant) async throws -> [Int] {
        try await rows(
            """
            SELECT f.request_id FROM material_facts f
            WHERE f.known_from = \(act) AND f.known_until = 'infinity' AND f.state = 'sent'
            ORDER BY f.request_id
            """
        ).map { try $0.int("request_id") }
    }

    /// Whether all that one act said to have left waited again afterwards, and does now.
    public func isTakenBack(shippingAt act: Instant) async throws -> Bool {
        try await rows(
            """
            SELECT coalesce(bool_and(n.state = 'waiting' AND now.state = 'waiting'), false) AS waits
            FROM material_facts f JOIN material_facts n
              ON n.request_id = f.request_id AND n.known_from = f.known_until AND n.id > f.id
            JOIN material_facts now
              ON now.request_id = f.request_id AND now.known_until = 'infinity'
            WHERE f.known_from = \(act) AND f.state = 'sent'
            """)[0].bool("waits")
    }

    /// The request that a form has asked for; nil for none.
    public func material(
        onceKey key: String, of organizationID: Int
    ) async throws -> Int? {
        try await rows(
            """
            SELECT id FROM material_requests
            WHERE organization_id = \(organizationID) AND once_key = \(key)
            """
        ).first.map { try $0.int("id") }
    }
}
