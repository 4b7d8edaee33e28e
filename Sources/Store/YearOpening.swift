public import Enrollment
internal import Postgres

extension WriteTransaction {
    /// Copies a fiscal year's dates, lists and texts to the next, one year later; what the next
    /// year has already stays as it is. Returns false when there is nothing to copy from.
    public func openYear(_ next: FiscalYear, at now: Instant) async throws -> Bool {
        let from = next.previous
        let copied = try await execute(
            """
            INSERT INTO fiscal_years (start_year, opens_on, closes_on, grace_until, renewal_policy,
                                      inquiry_phone, viewing_percent, amendment_days,
                                      amendment_reminder_days)
            SELECT \(next)::smallint, (opens_on + interval '1 year')::date,
                   (closes_on + interval '1 year')::date, (grace_until + interval '1 year')::date,
                   renewal_policy, inquiry_phone, viewing_percent, amendment_days,
                   amendment_reminder_days
            FROM fiscal_years WHERE start_year = \(from)
            ON CONFLICT (start_year) DO NOTHING
            """)
        let exists = try await rows(
            "SELECT 1 AS one FROM fiscal_years WHERE start_year = \(next)")
        guard copied > 0 || !exists.isEmpty else { return false }
        try await copyLists(from: from, to: next, at: now)
        return true
    }

    private func copyLists(
        from: FiscalYear, to next: FiscalYear, at now: Instant
    ) async throws {
        try await execute(
            """
            INSERT INTO programmes (fiscal_year, id, category, ministry, name, position)
            SELECT \(next)::smallint, id, category, ministry, name, position
            FROM programmes WHERE fiscal_year = \(from) ON CONFLICT DO NOTHING
            """)
        try await execute(
            """
            INSERT INTO organization_years (fiscal_year, organization_id, category, programme_id,
                opens_on, closes_on, activity_note, position, name, group_code, consent_rule)
            SELECT \(next)::smallint, organization_id, category, programme_id,
                   (opens_on + interval '1 year')::date, (closes_on + interval '1 year')::date,
                   activity_note, position, name, group_code, consent_rule
            FROM organization_years WHERE fiscal_year = \(from) ON CONFLICT DO NOTHING
            """)
        try await execute(
            """
            INSERT INTO videos (fiscal_year, slot, code, version, title, url, duration_seconds,
                                view_valid_from)
            SELECT \(next)::smallint, slot, code, version, title, url, duration_seconds,
                   view_valid_from
            FROM videos v WHERE fiscal_year = \(from)
              AND (EXISTS (\(Self.requirementsInForce(from)) AND r.video_slot = v.slot)
                OR NOT EXISTS (SELECT FROM requirements r
                               WHERE r.fiscal_year = \(from) AND r.video_slot = v.slot))
            ON CONFLICT DO NOTHING
            """)
        try await execute(
            """
            INSERT INTO requirements (fiscal_year, kind, category, video_slot, known_from)
            SELECT \(next)::smallint, s.kind, s.category, s.video_slot, \(now)::timestamptz
            FROM (\(Self.requirementsInForce(from))) s
            JOIN videos v ON v.fiscal_year = \(next) AND v.slot = s.video_slot
            ON CONFLICT DO NOTHING
            """)
        try await execute(
            """
            INSERT INTO consent_texts (fiscal_year, kind, version, title, body, sha256, is_required)
            SELECT \(next)::smallint, kind, version, title, body, sha256, is_required
            FROM consent_texts WHERE fiscal_year = \(from) ON CONFLICT DO NOTHING
            """)
    }

    /// The requirements of a year that nobody has withdrawn.
    private static func requirementsInForce(_ year: FiscalYear) -> SQL {
        """
        SELECT r.kind, r.category, r.video_slot FROM requirements r
        WHERE r.fiscal_year = \(year) AND NOT EXISTS (
            SELECT FROM requirement_withdrawals w
            WHERE w.fiscal_year = r.fiscal_year AND w.kind = r.kind AND w.category = r.category
              AND w.video_slot = r.video_slot AND w.known_until = 'infinity')
        """
    }
}
