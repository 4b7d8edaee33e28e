public import Enrollment
internal import JSON
internal import Postgres

/// 離脱の届け出. What an organization said by one act: of how many people, when, and who said it.
public struct LeavingAct: Sendable {
    public let at: Instant
    public let leaving: Leaving
    public let count: Int
    public let actor: ActorRecord
}

extension Row {
    /// Nil for whoever has not left.
    func leaving() throws -> Leaving? {
        guard try !string("left_because").isEmpty else { return nil }
        return Leaving(try code("left_because"), on: try day("true_until"))
    }
}

extension ReadStore {
    /// What an organization has said lately of leavers of a year, as far as it still holds and
    /// somebody looks after them; newest first.
    public func leavingActs(
        of scope: OrganizationScope, in year: FiscalYear, limit: Int
    ) async throws -> [LeavingAct] {
        try await rows(
            """
            SELECT g.at, g.left_because, g.true_until, g.count, \(ActorRecord.columns)
            FROM (SELECT f.known_from AS at, f.left_because, f.true_until, count(*) AS count,
                         min(f.application_id) AS first
                  FROM affiliations f
                  WHERE f.organization_id = \(scope.organizationID) AND f.fiscal_year = \(year)
                    AND f.known_until = 'infinity'
                    AND f.left_because NOT IN ('', 'objected')
                    AND \(scope.covers("f"))
                  GROUP BY 1, 2, 3 ORDER BY 1 DESC LIMIT \(limit)) g
            LEFT JOIN LATERAL (
                SELECT e.actor, e.actor_account FROM events e
                WHERE e.subject = 'application:' || g.first
                  AND e.act = \(EventKind.leaveOrganization) ORDER BY e.id DESC LIMIT 1) j ON true
            LEFT JOIN accounts u ON u.id = j.actor_account
            ORDER BY g.at DESC
            """
        ).map {
            LeavingAct(
                at: try $0.instant("at"),
                leaving: Leaving(try $0.code("left_because"), on: try $0.day("true_until")),
                count: try $0.int("count"), actor: try ActorRecord($0))
        }
    }

    /// 離れた人／死亡の届出. What organizations say in the year of some applications of their persons, by
    /// the application: a death above all else.
    public func leavings(
        among applications: [Int]
    ) async throws -> [Int: Leaving.Reason] {
        let found = try await rows(
            """
            SELECT q.id, f.left_because FROM unnest(\(applications)::bigint[]) AS q(id)
            CROSS JOIN LATERAL (
                SELECT a.person_id, a.fiscal_year FROM applications a WHERE a.id = q.id OFFSET 0) a
            CROSS JOIN LATERAL (
                SELECT g.left_because FROM affiliations g
                WHERE g.person_id = a.person_id AND g.fiscal_year = a.fiscal_year
                  AND g.known_until = 'infinity' AND g.left_because <> ''
                ORDER BY g.left_because <> 'deceased', g.id DESC LIMIT 1) f
            """)
        return Dictionary(
            try found.map { (try $0.int("id"), try $0.code("left_because")) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Of whom one act said so and still says it, by their applications.
    public func leavers(
        saidAt moment: Instant, of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> [Int] {
        try await rows(
            """
            SELECT f.application_id FROM affiliations f
            WHERE f.organization_id = \(scope.organizationID) AND f.fiscal_year = \(year)
              AND f.known_from = \(moment) AND f.known_until = 'infinity'
              AND f.left_because NOT IN ('', 'objected') AND \(scope.covers("f"))
            ORDER BY f.application_id
            """
        ).map { try $0.int("application_id") }
    }
}

/// 離脱 and the way back. The organization is held.
extension WriteTransaction {
    /// Some members have left their organization, whose 所属 ends on the day that it says. Whoever
    /// had left before is passed over. Gives what changed.
    public func leave(
        _ applications: [Int], _ organizationID: Int, _ leaving: Leaving, at moment: WriteStamp
    ) async throws -> [FactChange] {
        let days: SQL = """
            least(c.true_from, \(leaving.lastDay)::date), \(leaving.lastDay)::date,
            \(leaving.reason)
            """
        return try await replaceAffiliations(
            of: applications, organizationID,
            Replacement(which: "m.left_because = ''", days: days), as: .leaveOrganization,
            at: moment)
    }

    /// They have not left after all: the 所属 is as it was before. Gives what changed.
    public func stay(
        _ applications: [Int], _ organizationID: Int, at moment: WriteStamp
    ) async throws -> [FactChange] {
        try await stay(
            applications, organizationID, after: "m.left_because NOT IN ('', 'objected')",
            at: moment)
    }

    func stay(
        _ applications: [Int], _ organizationID: Int, after why: SQL, at moment: WriteStamp
    ) async throws -> [FactChange] {
        let days: SQL = """
            coalesce((SELECT b.true_from FROM affiliations b
                      WHERE b.person_id = c.person_id AND b.application_id = c.application_id
                        AND b.organization_id = c.organization_id
                        AND b.known_until = c.known_from AND b.left_because = ''
                      ORDER BY b.id DESC LIMIT 1), c.true_from),
            make_date(c.fiscal_year + 1, 3, 31), ''
            """
        return try await replaceAffiliations(
            of: applications, organizationID,
            Replacement(which: why, days: days), as: .rejoinOrganization,
            at: moment)
    }

    /// A member works elsewhere in the organization, as it says itself; nil where nothing is
    /// another. The application's own 部署 follows where it names the organization.
    public func move(
        _ record: ApplicationRecord, in organizationID: Int, to unit: String, _ placeID: Int?,
        at moment: WriteStamp
    ) async throws -> FactChange? {
        let elsewhere = Replacement(
            which: """
                (m.unit, coalesce(m.business_place_id, 0))
                <> (\(unit)::text, coalesce(\(placeID)::bigint, 0))
                """, work: "\(unit)::text, \(placeID)::bigint",
            days: "c.true_from, c.true_until, c.left_because")
        let changes = try await replaceAffiliations(
            of: [record.id], organizationID, elsewhere, as: .changeAffiliation, at: moment)
        if changes.isEmpty { return nil }
        if record.organizationID == organizationID {
            try await moveUnit(of: record.id, to: unit, at: moment)
        }
        return changes.first
    }

    /// What is written of members `m` in the place of what is closed, `c`.
    private struct Replacement {
        /// Of which members.
        let which: SQL
        var work: SQL = "c.unit, c.business_place_id"
        /// From, until, why they left.
        let days: SQL
    }

    /// Gives what changed.
    private func replaceAffiliations(
        of applications: [Int], _ organizationID: Int, _ new: Replacement, as act: EventKind,
        at moment: WriteStamp
    ) async throws -> [FactChange] {
        try await session.rows(
            """
            WITH closed AS (
                UPDATE affiliations m SET known_until = \(moment.now)
                FROM applications a
                WHERE a.id = ANY(\(applications)::bigint[]) AND m.person_id = a.person_id
                  AND m.application_id = a.id AND m.organization_id = \(organizationID)
                  AND m.known_until = 'infinity' AND \(new.which)
                RETURNING m.*),
            said AS (
                INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year,
                    unit, business_place_id, is_primary, row_hash, sort_key, true_from, true_until,
                    left_because, known_from)
                SELECT c.person_id, c.organization_id, c.application_id, c.fiscal_year, \(new.work),
                    c.is_primary, c.row_hash, c.sort_key, \(new.days), \(moment.now)::timestamptz
                FROM closed c
                RETURNING application_id, unit, business_place_id, true_until, left_because)
            SELECT s.application_id, \(Self.facts("c")) AS before, \(Self.facts("s")) AS after
            FROM said s JOIN closed c ON c.application_id = s.application_id
            ORDER BY s.application_id
            """, within: .seconds(60)
        ).map {
            let organization = JSONMember("organization_id", .integer(organizationID))
            return FactChange(
                act: act, applicationID: try $0.int("application_id"),
                before: .object([organization] + (try $0.members("before"))),
                after: .object([organization] + (try $0.members("after"))))
        }
    }

    private static func facts(_ row: SQL) -> SQL {
        """
        jsonb_build_object('unit', \(row).unit, 'business_place_id', \(row).business_place_id,
            'last_day', \(row).true_until, 'left_because', \(row).left_because)
        """
    }
}
