public import Enrollment
internal import Postgres

/// A viewing as it is kept.
public struct ViewingRecord: Sendable, Equatable {
    /// The year whose video it is: the application's, or the one after it.
    public let year: FiscalYear
    public let slot: Int
    public let title: String
    public let viewedOn: Day
    public let grade: EvidenceGrade
    /// How the organization made sure of it, as its clerk said; nil where it comes from no file.
    public let evidence: EvidenceKind?
}

/// A state that an application was in, since when, and why.
public struct StateRecord: Sendable, Equatable {
    public let state: ApplicationState
    public let trueOn: Day
    /// In somebody's words, with line ends; or a code of ours, see `isRenewal`.
    public let reason: String
    public let actor: ActorRecord

    /// Whether the turn of the year approved it, and nobody by hand.
    public var isRenewal: Bool { state == .approved && reason == "renewal" }

    /// Whether the organization has taken its file back, and nobody the application.
    public var isUndoneFile: Bool { state == .withdrawn && reason == Self.undoneFile }
    public static let undoneFile = "undone_file"

    /// What brought the application there, where it is no act of somebody upon it alone.
    public var cause: ReachedState.Cause? {
        isRenewal ? .renewal : isUndoneFile ? .undoneFile : nil
    }
}

/// 訂正前の内容. What an application said up to a moment, and what it said from then on.
public struct CorrectionRecord: Sendable {
    public let at: Instant
    public let actor: ActorRecord
    /// The answers that were corrected, as they are kept.
    public let before: ApplicationDraft
    public let after: ApplicationDraft
}

extension ReadStore {
    /// The corrections of an application, the oldest first: each version beside the next one.
    public func corrections(of applicationID: Int) async throws -> [CorrectionRecord] {
        let versions = try await rows(
            """
            SELECT \(ApplicationColumn.named(.versioned, of: "v.")), v.known_until,
                   pr.name AS prefecture, m.name || v.ward AS city, o.code AS organization_code,
                   \(ActorRecord.columns)
            FROM (SELECT \(Self.versionOf("w", else: "a")), w.known_until
                  FROM application_versions w JOIN applications a ON a.id = w.application_id
                  WHERE w.application_id = \(applicationID)
                  UNION ALL
                  SELECT \(ApplicationColumn.named(.versioned)), 'infinity'
                  FROM applications WHERE id = \(applicationID)) v
            JOIN prefectures pr ON pr.code = v.prefecture_code
            JOIN municipalities m ON m.code = v.municipality_code
            LEFT JOIN organizations o ON o.id = v.organization_id
            LEFT JOIN LATERAL (
                SELECT e.actor, e.actor_account FROM events e
                WHERE e.subject = 'application:' || \(applicationID)::bigint
                  AND e.known_from = v.known_until ORDER BY e.id LIMIT 1) j ON true
            LEFT JOIN accounts u ON u.id = j.actor_account
            ORDER BY v.known_until
            """)
        let said = try versions.map { try Self.said($0) }
        return try zip(versions, zip(said, said.dropFirst())).compactMap { row, pair in
            let fields = pair.1.differing(from: pair.0)
            guard !fields.isEmpty else { return nil }
            return CorrectionRecord(
                at: try row.instant("known_until"), actor: try ActorRecord(row),
                before: pair.0.only(fields), after: pair.1.only(fields))
        }
    }

    /// How often an application was corrected.
    public func correctionCount(of applicationID: Int) async throws -> Int {
        try await rows(
            """
            SELECT count(*) AS n FROM application_versions WHERE application_id = \(applicationID)
            """
        )[0].int("n")
    }

    /// Columns that older versions do not have say what the application still says.
    private static func versionOf(_ version: SQL, else now: SQL) -> SQL {
        .list(
            ApplicationColumn.having(.versioned).map { column in
                column.isInOlderVersions
                    ? "\(version).\(column.name)"
                    : """
                    CASE WHEN \(version).kind IS NULL THEN \(now).\(column.name)
                         ELSE \(version).\(column.name) END AS \(column.name)
                    """
            })
    }

    private static func said(_ row: Row) throws -> ApplicationDraft {
        var draft = ApplicationDraft()
        for (field, text) in try ApplicationColumn.read(ApplicationColumn.versionedTexts, of: row)
            .all
        {
            draft[field] = text
        }
        draft[.kind] = try row.string("kind")
        draft[.category] = try row.string("category")
        draft[.programme] = try row.optionalString("programme_id") ?? ""
        draft[.organization] = try row.optionalString("organization_code") ?? ""
        draft[.postalCode] = try row.string("postal_code")
        draft[.prefecture] = try row.string("prefecture")
        draft[.city] = try row.string("city")
        draft[.badgeOptIn] = try row.bool("badge_opt_in") ? "yes" : "no"
        return draft
    }
}

extension ReadStore {
    /// The viewings that stand for an application: slot, day, grade.
    public func viewings(of applicationID: Int) async throws -> [ViewingRecord] {
        try await rows(
            """
            SELECT v.fiscal_year, v.video_slot, d.title, v.viewed_on, v.grade,
                   sent.evidence_kind
            FROM viewings v
            JOIN applications a ON a.id = v.application_id
            JOIN videos d ON d.fiscal_year = v.fiscal_year AND d.slot = v.video_slot
            LEFT JOIN LATERAL
                (\(GroupFileRecord.sent(by: "a.submitted_by", at: "v.known_from"))) sent
              ON true
            WHERE v.application_id = \(applicationID) AND v.known_until = 'infinity'
            ORDER BY v.fiscal_year, v.video_slot, v.id
            """
        ).map {
            ViewingRecord(
                year: try $0.year("fiscal_year"), slot: try $0.int("video_slot"),
                title: try $0.string("title"),
                viewedOn: try $0.day("viewed_on"), grade: try $0.code("grade"),
                evidence: try $0.optionalCode("evidence_kind"))
        }
    }

    /// The states of an application, oldest first, with who brought it there: what the journal says
    /// of the same moment.
    public func states(of applicationID: Int) async throws -> [StateRecord] {
        try await rows(
            """
            SELECT s.state, s.true_on, s.reason, \(ActorRecord.columns)
            FROM application_states s
            JOIN applications a ON a.id = s.application_id
            LEFT JOIN LATERAL (
                SELECT e.actor, e.actor_account FROM events e
                WHERE e.subject = ANY(
                    ARRAY['application:' || a.id, 'receipt:' || a.receipt]
                    || ARRAY(SELECT 'appointment:' || p.number FROM appointments p
                             WHERE p.application_id = a.id))
                  AND e.known_from = s.known_from
                ORDER BY e.act = CASE s.state
                        WHEN 'submitted' THEN 'submit' WHEN 'merged' THEN 'merge'
                        WHEN 'approved' THEN 'approve' WHEN 'appointed' THEN 'appoint'
                        WHEN 'rejected' THEN 'reject' WHEN 'expired' THEN 'expire'
                        WHEN 'reviewing' THEN 'reopen' WHEN 'withdrawn' THEN 'withdraw'
                    END OR s.state = 'reviewing' AND e.act = 'part' DESC NULLS LAST, e.id
                LIMIT 1) j ON true
            LEFT JOIN accounts u ON u.id = j.actor_account
            WHERE s.application_id = \(applicationID) ORDER BY s.id
            """
        ).map {
            StateRecord(
                state: try $0.code("state"), trueOn: try $0.day("true_on"),
                reason: try $0.string("reason"), actor: try ActorRecord($0))
        }
    }
}
