import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命の下見 of thousands of one organization, whatever the database knows of its tables at that
/// moment.
@Suite struct PlanningTests {
    /// What the statistics tell: of tables without a row, of the tables as they are, or of those of
    /// before a bulk approval.
    enum Statistics: CaseIterable { case ofEmptyTables, ofFullTables, ofBefore }

    private static let people = 8_000

    /// People of the hospital, in a state, after `first`.
    private static func fill(
        _ desk: isolated OfficeDesk, _ state: String, _ numbers: ClosedRange<Int>
    ) async throws {
        _ = try await desk.rows(
            """
            WITH made AS (
                INSERT INTO people (known_from)
                SELECT '2026-05-01' FROM generate_series(\(numbers.lowerBound)::int, \(numbers.upperBound)::int)
                RETURNING id)
            INSERT INTO applications (receipt, person_id, fiscal_year, kind, route, state,
                state_changed_at, category, organization_id, unit, activity_note, family_name,
                given_name, family_name_kana, given_name_kana, family_name_0213, given_name_0213,
                no_reading, single_name, postal_code, prefecture_code, municipality_code, ward,
                street, building, email, phone, employee_number, badge_opt_in, news_opt_in,
                share_consent, public_consent, match_key, loose_key, sort_key,
                content_hash, once_key, received_on, received_at)
            SELECT 'R' || id, id, 2026, 'promoter', 'group', \(state), '2026-05-01',
                'agency_approved', (SELECT id FROM organizations WHERE code = 'demo-hospital'), '',
                '', '佐藤', id::text, 'サトウ', '', '', '', false, false, '1020094', '13',
                (SELECT min(code) FROM municipalities WHERE prefecture_code = '13'), '', '', '',
                'p' || id || '@example.jp', '', '', true, false, false, false, 'm' || id,
                'l' || id, 's' || id, '', 'o' || id, '2026-05-01', '2026-05-01'
            FROM made
            """)
    }

    private static func prepare(
        _ desk: isolated OfficeDesk, _ statistics: Statistics
    ) async throws {
        if statistics == .ofEmptyTables { try await desk.office.lookAtTables() }
        if statistics == .ofBefore {
            try await fill(desk, "submitted", 1...500)
            try await desk.office.lookAtTables()
        }
        try await fill(desk, "approved", 1...people)
        if statistics == .ofFullTables { try await desk.office.lookAtTables() }
    }

    /// Rows of applications that were read in this transaction.
    private static let read: SQL = """
        SELECT sum(pg_stat_get_xact_tuples_returned(f.id))::bigint AS n FROM (
            SELECT indexrelid AS id FROM pg_index
            WHERE indrelid = 'applications'::regclass
            UNION ALL SELECT 'applications'::regclass) f
        """

    @Test(arguments: Statistics.allCases)
    func thousandsOfOneOrganizationAreNotReadOverAndOver(statistics: Statistics) async throws {
        try await withOffice { desk in
            try await Self.prepare(desk, statistics)
            let before = try await desk.count(Self.read)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            #expect(plan.count == PlannedCount(appoint: Self.people, wait: 0))
            let read = try await desk.count(Self.read) - before
            #expect(read < 20 * Self.people, "\(read) rows of applications were read")
        }
    }

    /// The checks of foreign keys keep their plan; one for a table of one row would read a whole
    /// index for each row that comes after it.
    @Test func theDatabaseDoesNotLookAtTablesOfAFewRows() async throws {
        try await withOffice { desk in
            let seen: SQL = """
                SELECT count(*) AS n FROM pg_stats
                WHERE tablename = 'applications' AND attname = 'receipt'
                """
            try await Self.fill(desk, "submitted", 1...1)
            try await desk.office.lookAtTables()
            #expect(try await desk.count(seen) == 0)
            try await Self.fill(desk, "submitted", 2...200)
            try await desk.office.lookAtTables()
            #expect(try await desk.count(seen) == 1)
        }
    }

    /// Looked up for each person, whatever the database thinks of how many there are.
    @Test(arguments: Statistics.allCases)
    func everybodyIsLookedUpByPerson(statistics: Statistics) async throws {
        try await withOffice { desk in
            try await Self.prepare(desk, statistics)
            let before = try await desk.count(Self.read)
            _ = try await desk.office.reading.appointmentCandidates(in: desk.office.year)
            let read = try await desk.count(Self.read) - before
            #expect(read < 10 * Self.people, "\(read) rows of applications were read")
        }
    }
}
