public import Enrollment
internal import Postgres

/// A table of reference data as its file gives it.
public struct ReferenceTable: Sendable {
    public let path: String
    public let sha256: String
    public let columns: [String: [String]]

    /// Columns by heading, all of the same length.
    public init(path: String, sha256: String, columns: [String: [String]]) {
        self.path = path
        self.sha256 = sha256
        self.columns = columns
    }

    subscript(column: String) -> [String] { columns[column] ?? [] }
}

extension WriteTransaction {
    /// Whether these very bytes were loaded before.
    public func isLoaded(_ table: ReferenceTable) async throws -> Bool {
        try await !rows(
            """
            SELECT 1 AS one FROM reference_files
            WHERE path = \(table.path) AND sha256 = \(table.sha256)
            """
        ).isEmpty
    }

    public func remember(_ table: ReferenceTable, at now: Instant) async throws {
        try await execute(
            """
            INSERT INTO reference_files (path, sha256, loaded_at)
            VALUES (\(table.path), \(table.sha256), \(now)) ON CONFLICT DO NOTHING
            """)
    }

    public func loadServiceSettings(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO service_settings (name, value)
            SELECT * FROM unnest(\(t["name"])::text[], \(t["value"])::text[])
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """)
    }

    public func loadPrefectures(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO prefectures (code, name)
            SELECT * FROM unnest(\(t["code"])::text[], \(t["name"])::text[])
            ON CONFLICT (code) DO UPDATE SET name = excluded.name
            """)
    }

    public func loadMunicipalities(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO municipalities (code, prefecture_code, county, name)
            SELECT * FROM unnest(\(t["code"])::text[], \(t["prefecture_code"])::text[],
                                 \(t["county"])::text[], \(t["name"])::text[])
            ON CONFLICT (code) DO UPDATE SET prefecture_code = excluded.prefecture_code,
                county = excluded.county, name = excluded.name
            """)
    }

    public func loadFiscalYear(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO fiscal_years (start_year, opens_on, closes_on, grace_until, renewal_policy,
                                      inquiry_phone, viewing_percent, amendment_days,
                                      amendment_reminder_days)
            SELECT year::smallint, opens::date, nullif(closes, '')::date, grace::date, policy,
                   phone, percent::smallint, days::smallint, before::smallint
            FROM unnest(\(t["start_year"])::text[], \(t["opens_on"])::text[],
                        \(t["closes_on"])::text[], \(t["grace_until"])::text[],
                        \(t["renewal_policy"])::text[], \(t["inquiry_phone"])::text[],
                        \(t["viewing_percent"])::text[], \(t["amendment_days"])::text[],
                        \(t["amendment_reminder_days"])::text[])
                 AS f(year, opens, closes, grace, policy, phone, percent, days, before)
            ON CONFLICT (start_year) DO UPDATE SET opens_on = excluded.opens_on,
                closes_on = excluded.closes_on, grace_until = excluded.grace_until,
                renewal_policy = excluded.renewal_policy,
                inquiry_phone = excluded.inquiry_phone,
                viewing_percent = excluded.viewing_percent,
                amendment_days = excluded.amendment_days,
                amendment_reminder_days = excluded.amendment_reminder_days
            """)
    }

    public func loadProgrammes(_ t: ReferenceTable, in year: FiscalYear) async throws {
        try await execute(
            """
            INSERT INTO programmes (fiscal_year, id, category, ministry, name, position)
            SELECT \(year)::smallint, id, category, ministry, name, position::smallint
            FROM unnest(\(t["id"])::text[], \(t["category"])::text[], \(t["ministry"])::text[],
                        \(t["name"])::text[], \(t["position"])::text[])
                 AS f(id, category, ministry, name, position)
            ON CONFLICT (fiscal_year, id) DO UPDATE SET category = excluded.category,
                ministry = excluded.ministry, name = excluded.name, position = excluded.position
            """)
    }

    public func loadGroups(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO organization_groups (code, name, position)
            SELECT code, name, position::smallint
            FROM unnest(\(t["code"])::text[], \(t["name"])::text[], \(t["position"])::text[])
                 AS f(code, name, position)
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, position = excluded.position
            """)
    }

    public func loadOrganizations(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO organizations (code, name, corporate_number, kind_code, group_code)
            SELECT * FROM unnest(\(t["code"])::text[], \(t["name"])::text[],
                \(t["corporate_number"])::text[], \(t["kind_code"])::text[],
                \(t["group_code"])::text[])
            ON CONFLICT (code) DO UPDATE SET name = excluded.name,
                corporate_number = excluded.corporate_number, kind_code = excluded.kind_code,
                group_code = excluded.group_code
            """)
    }

    /// The name and the group of a year stay as they are where the office has said which.
    public func loadOrganizationYears(_ t: ReferenceTable, in year: FiscalYear) async throws {
        try await execute(
            """
            INSERT INTO organization_years (fiscal_year, organization_id, category, programme_id,
                opens_on, closes_on, activity_note, position, name, group_code)
            SELECT \(year)::smallint, o.id, f.category, nullif(f.programme, ''), f.opens::date,
                   nullif(f.closes, '')::date, f.note, f.position::smallint,
                   CASE WHEN said.is_renamed THEN coalesce(y.name, o.name) ELSE o.name END,
                   CASE WHEN said.is_changed THEN coalesce(y.group_code, o.group_code)
                        ELSE o.group_code END
            FROM unnest(\(t["organization_code"])::text[], \(t["category"])::text[],
                        \(t["programme_id"])::text[], \(t["opens_on"])::text[],
                        \(t["closes_on"])::text[], \(t["activity_note"])::text[],
                        \(t["position"])::text[])
                 AS f(code, category, programme, opens, closes, note, position)
            JOIN organizations o ON o.code = f.code
            LEFT JOIN organization_years y
              ON y.organization_id = o.id AND y.fiscal_year = \(year)::smallint
            CROSS JOIN LATERAL (
                SELECT coalesce(bool_or(e.act = 'rename_organization'), false) AS is_renamed,
                       coalesce(bool_or(e.act = 'change_organization'), false) AS is_changed
                FROM events e WHERE e.subject = 'organization:' || o.code) said
            WHERE true
            ON CONFLICT (fiscal_year, organization_id) DO UPDATE SET category = excluded.category,
                programme_id = excluded.programme_id, opens_on = excluded.opens_on,
                closes_on = excluded.closes_on, activity_note = excluded.activity_note,
                position = excluded.position, name = excluded.name,
                group_code = excluded.group_code
            """)
    }

    public func loadVideos(_ t: ReferenceTable, in year: FiscalYear) async throws {
        try await execute(
            """
            INSERT INTO videos (fiscal_year, slot, code, version, title, url, duration_seconds,
                                view_valid_from)
            SELECT \(year)::smallint, slot::smallint, code, version, title, url, seconds::integer,
                   since::date
            FROM unnest(\(t["slot"])::text[], \(t["code"])::text[], \(t["version"])::text[],
                        \(t["title"])::text[], \(t["url"])::text[],
                        \(t["duration_seconds"])::text[], \(t["view_valid_from"])::text[])
                 AS f(slot, code, version, title, url, seconds, since)
            ON CONFLICT (fiscal_year, slot) DO UPDATE SET code = excluded.code,
                version = excluded.version, title = excluded.title, url = excluded.url,
                duration_seconds = excluded.duration_seconds,
                view_valid_from = excluded.view_valid_from
            """)
    }

    public func loadRequirements(
        _ t: ReferenceTable, in year: FiscalYear, at now: Instant
    ) async throws {
        try await execute(
            """
            INSERT INTO requirements (fiscal_year, kind, category, video_slot, known_from)
            SELECT \(year)::smallint, kind, category, slot::smallint, \(now)::timestamptz
            FROM unnest(\(t["kind"])::text[], \(t["category"])::text[], \(t["video_slot"])::text[])
                 AS f(kind, category, slot)
            ON CONFLICT DO NOTHING
            """)
    }

    /// `digests` are the SHA-256 of the texts.
    public func loadConsents(
        _ t: ReferenceTable, digests: [String], in year: FiscalYear
    ) async throws {
        try await execute(
            """
            INSERT INTO consent_texts (fiscal_year, kind, version, title, body, sha256, is_required)
            SELECT \(year)::smallint, kind, version, title, body, digest, required::boolean
            FROM unnest(\(t["kind"])::text[], \(t["version"])::text[], \(t["title"])::text[],
                        \(t["body"])::text[], \(digests)::text[], \(t["is_required"])::text[])
                 AS f(kind, version, title, body, digest, required)
            ON CONFLICT (fiscal_year, kind) DO UPDATE SET version = excluded.version,
                title = excluded.title, body = excluded.body, sha256 = excluded.sha256,
                is_required = excluded.is_required
            """)
    }
}
