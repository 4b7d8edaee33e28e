public import Enrollment
internal import Postgres

/// Somebody on an organization's roster, with the 部署 that the organization itself gave.
public struct MemberRecord: Sendable {
    /// Of the application.
    public let id: Int
    public let name: String
    public let kana: String
    public let kind: Kind
    public let unit: String
    /// 事業所 where the organization has put them; nil for none.
    public let placeID: Int?
    public let placeName: String?
    /// Since when they belong to it, as it is known now.
    public let since: Day
    /// Nil for who has not left.
    public let leaving: Leaving?
    /// When the organization last said something of them.
    public let knownFrom: Instant
    /// Nil where somebody else filed the application, and the person does not share it: then the
    /// organization is told neither its number nor its state.
    public let shown: ApplicationRecord?
    /// 確認済み. Nil where the organization may not know.
    public let isConfirmed: Bool?
    /// 連絡. Nil where the organization may not know.
    public let reach: MemberReach?
    /// 視聴 of all videos of the year. Nil where the organization may not know.
    public let hasWatched: Bool?

    /// What the organization may know of an answer: the 事業所 and the 部署 that it gave itself, and
    /// the rest where it may know the application.
    public func text(_ field: ApplicationField) -> String? {
        switch field {
        case .unit: unit
        case .businessPlace: placeName ?? ""
        default: shown?.texts[field]
        }
    }

    init(_ row: Row) throws {
        let application = try ApplicationRecord(row)
        id = application.id
        name = application.name
        kana = application.kana
        kind = application.kind
        unit = try row.string("own_unit")
        placeID = try row.optionalInt("place_id")
        placeName = try row.optionalString("place_name")
        since = try row.day("since")
        leaving = try row.leaving()
        knownFrom = try row.instant("known_from")
        let isShown = try row.bool("is_shown")
        shown = isShown ? application : nil
        isConfirmed = isShown ? try row.bool("is_confirmed") : nil
        reach = isShown ? try row.code("reach") : nil
        hasWatched = try row.bool("is_sent") ? try row.bool("has_watched") : nil
    }
}

/// What is asked of an organization's roster.
struct MembersQuestion {
    let scope: OrganizationScope
    let year: FiscalYear

    static let forward: SQL = "f.sort_key, f.id"
    static let backward: SQL = "f.sort_key DESC, f.id DESC"

    static let isShown: SQL = """
        (a.submitted_by IS NOT DISTINCT FROM f.organization_id OR a.share_consent)
        """
    /// Of whoever applied alone it is not the organization's to know what they watched.
    private static let isSent: SQL = """
        (a.organization_id IS NOT DISTINCT FROM f.organization_id AND a.route <> 'individual')
        """
    /// Nobody applies alone without a code that went to their address.
    private static let isConfirmed: SQL =
        "(a.mail_confirmed_at IS NOT NULL OR a.submitted_by IS NULL)"

    /// As `MemberReach` says it: whoever has typed a code that went there is reached.
    private static let reach: SQL = """
        CASE WHEN a.email = '' THEN 'none' WHEN \(isConfirmed) THEN 'reached'
             ELSE coalesce((
                 SELECT CASE WHEN bool_or(l.state = 'delivered') THEN 'reached'
                             WHEN bool_or(l.state = 'failed') THEN 'refused' END
                 FROM outbox l
                 WHERE l.person_id = a.person_id AND lower(l.recipient) = lower(a.email)),
                 'waiting') END
        """

    private static let hasWatched: SQL = """
        NOT EXISTS (
            SELECT FROM requirements r
            WHERE r.fiscal_year = f.fiscal_year AND r.kind = a.kind AND r.category = a.category
              AND NOT EXISTS (
                SELECT FROM requirement_withdrawals w
                WHERE (w.fiscal_year, w.kind, w.category, w.video_slot)
                    = (r.fiscal_year, r.kind, r.category, r.video_slot)
                  AND w.known_until = 'infinity')
              AND NOT EXISTS (
                SELECT FROM viewings v
                WHERE v.person_id = a.person_id AND v.fiscal_year = r.fiscal_year
                  AND v.video_slot = r.video_slot AND v.known_until = 'infinity'))
        """

    /// Whether somebody is on a list.
    func isOf(_ list: MemberList) -> SQL {
        let isHere: SQL = "f.left_because = ''"
        return switch list {
        case .present: isHere
        case .confirmed: "\(isHere) AND \(Self.isShown) AND \(Self.isConfirmed)"
        case .unconfirmed: "\(isHere) AND \(Self.isShown) AND NOT \(Self.isConfirmed)"
        case .reached: "\(isHere) AND \(Self.isShown) AND \(Self.reach) = 'reached'"
        case .unreached: "\(isHere) AND \(Self.isShown) AND \(Self.reach) <> 'reached'"
        case .watched: "\(isHere) AND \(Self.isSent) AND \(Self.hasWatched)"
        case .unwatched: "\(isHere) AND \(Self.isSent) AND NOT \(Self.hasWatched)"
        case .left: "f.left_because <> ''"
        }
    }

    private var isTheirs: SQL {
        """
        f.organization_id = \(scope.organizationID) AND f.fiscal_year = \(year)
          AND f.known_until = 'infinity' AND \(scope.covers("f"))
        """
    }

    private var columns: SQL {
        """
        \(ApplicationRecord.columns), f.unit AS own_unit, b.id AS place_id,
        b.name AS place_name, f.true_from AS since, f.true_until, f.left_because, f.known_from,
        \(Self.isShown) AS is_shown, \(Self.isSent) AS is_sent,
        \(Self.isConfirmed) AS is_confirmed, \(Self.reach) AS reach,
        \(Self.hasWatched) AS has_watched
        """
    }

    func rows(who fits: SQL, in order: SQL, limit: Int) -> SQL {
        """
        SELECT \(columns)
        FROM affiliations f LEFT JOIN business_places b ON b.id = f.business_place_id
        CROSS JOIN \(ApplicationRecord.tables(of: "f.application_id"))
        WHERE \(isTheirs) AND \(fits) ORDER BY \(order) LIMIT \(limit)
        """
    }

    func rows(among applications: [Int]) -> SQL {
        """
        SELECT \(columns)
        FROM unnest(\(applications)::bigint[]) AS chosen(id)
        CROSS JOIN \(ApplicationRecord.tables(of: "chosen.id"))
        CROSS JOIN LATERAL (
            SELECT * FROM affiliations q
            WHERE q.person_id = a.person_id AND q.application_id = a.id OFFSET 0) f
        LEFT JOIN business_places b ON b.id = f.business_place_id
        WHERE \(isTheirs) ORDER BY f.sort_key, f.id
        """
    }

    var counts: SQL {
        """
        /* tally */ SELECT \(count(.present)) AS present,
            \(count(.confirmed)) AS confirmed, \(count(.unconfirmed)) AS unconfirmed,
            \(count(.reached)) AS reached, \(count(.unreached)) AS unreached,
            \(count(.watched)) AS watched, \(count(.unwatched)) AS unwatched,
            \(count(.left)) AS "left"
        FROM affiliations f JOIN applications a ON a.id = f.application_id
        WHERE \(isTheirs)
        """
    }

    private func count(_ list: MemberList) -> SQL { "count(*) FILTER (WHERE \(isOf(list)))" }
}
