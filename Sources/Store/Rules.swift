public import Enrollment
internal import Postgres

extension ReadStore {
    /// The rules of a fiscal year; nil while its reference data is not loaded.
    public func rules(of year: FiscalYear) async throws -> FiscalYearRules? {
        let found = try await rows(
            """
            SELECT opens_on, closes_on, grace_until, renewal_policy, inquiry_phone FROM fiscal_years
            WHERE start_year = \(year)
            """)
        guard let row = found.first else { return nil }
        var dates = FiscalYearDates(
            year: year, opensOn: try row.day("opens_on"),
            closesOn: try row.optionalDay("closes_on"),
            graceUntil: try row.day("grace_until"), inquiryPhone: try row.string("inquiry_phone"))
        dates.policy = try row.code("renewal_policy")
        return FiscalYearRules(
            dates, lists: try await lists(of: year), gazetteer: try await gazetteer())
    }

    /// The newest fiscal year that has reference data.
    public func newestYear() async throws -> FiscalYear? {
        try await rows("SELECT start_year FROM fiscal_years ORDER BY start_year DESC LIMIT 1")
            .first?.year("start_year")
    }

    private func lists(of year: FiscalYear) async throws -> FiscalYearLists {
        var lists = FiscalYearLists()
        lists.programmes = try await programmes(year)
        lists.organizations = try await organizations(year)
        lists.videos = try await videos(year)
        lists.requirements = try await requirements(year)
        lists.lookAhead(
            to: try await videos(year.next), try await requirements(year.next), of: year.next)
        lists.consents = try await consents(year)
        return lists
    }

    private func programmes(_ year: FiscalYear) async throws -> [Programme] {
        try await rows(
            """
            SELECT id, category, ministry, name FROM programmes
            WHERE fiscal_year = \(year) ORDER BY position, id
            """
        ).map {
            Programme(
                id: try $0.string("id"), category: try $0.code("category"),
                ministry: try $0.string("ministry"), name: try $0.string("name"))
        }
    }

    private func organizations(_ year: FiscalYear) async throws -> [OpenOrganization] {
        try await rows(
            """
            SELECT o.id, o.code, o.name,
                   ARRAY(SELECT n.name FROM organization_names n
                         WHERE n.organization_id = o.id ORDER BY n.ends_on) AS former_names,
                   g.name AS group_name, y.category, y.programme_id,
                   y.activity_note, y.opens_on,
                   nullif(least(coalesce(y.closes_on, 'infinity'),
                                o.ends_on - 1), 'infinity') AS closes_on
            FROM organization_years y JOIN organizations o ON o.id = y.organization_id
            JOIN organization_groups g ON g.code = o.group_code
            WHERE y.fiscal_year = \(year) ORDER BY y.position, o.id
            """
        ).map { row in
            var organization = OpenOrganization(
                id: try row.int("id"), code: try row.string("code"), name: try row.string("name"),
                groupName: try row.string("group_name"),
                terms: OrganizationTerms(
                    category: try row.code("category"),
                    programmeID: try row.optionalString("programme_id"),
                    activityNote: try row.string("activity_note"),
                    opensOn: try row.day("opens_on"), closesOn: try row.optionalDay("closes_on")))
            organization.formerNames = try row.array("former_names") { $0 }
            return organization
        }
    }

    private func videos(_ year: FiscalYear) async throws -> [Video] {
        try await rows(
            """
            SELECT slot, code, title, url, view_valid_from FROM videos
            WHERE fiscal_year = \(year) ORDER BY slot
            """
        ).map {
            Video(
                slot: try $0.int("slot"), code: try $0.string("code"),
                title: try $0.string("title"), url: try $0.string("url"),
                viewValidFrom: try $0.day("view_valid_from"))
        }
    }

    private func requirements(_ year: FiscalYear) async throws -> [Requirement] {
        try await rows(
            """
            SELECT r.kind, r.category, r.video_slot, w.true_from FROM requirements r
            LEFT JOIN requirement_withdrawals w
              ON w.fiscal_year = r.fiscal_year AND w.kind = r.kind AND w.category = r.category
              AND w.video_slot = r.video_slot AND w.known_until = 'infinity'
            WHERE r.fiscal_year = \(year)
            """
        ).map {
            Requirement(
                kind: try $0.code("kind"), category: try $0.code("category"),
                slot: try $0.int("video_slot"),
                withdrawnFrom: try $0.optionalDay("true_from"))
        }
    }

    private func consents(_ year: FiscalYear) async throws -> [ConsentText] {
        try await rows(
            """
            SELECT kind, version, title, body, is_required FROM consent_texts
            WHERE fiscal_year = \(year) ORDER BY is_required DESC, kind DESC
            """
        ).map {
            ConsentText(
                kind: try $0.code("kind"), version: try $0.string("version"),
                title: try $0.string("title"), body: try $0.string("body"),
                isRequired: try $0.bool("is_required"))
        }
    }
}
