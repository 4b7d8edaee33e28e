import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 保存期間と消去.
@Suite struct ForgettingTests {
    private static func due(
        _ desk: isolated OfficeDesk, _ kind: Lifetime.Kind
    ) async throws -> Int {
        try await desk.office.planForgetting().first { $0.lifetime.kind == kind }?.count ?? -1
    }

    /// Rows that end at the office's moment, of each kind that is counted in days or years.
    private static let rows = MigrationScript(
        """
        INSERT INTO drafts (token_hash, fiscal_year, answers, once_key, created_at)
            VALUES ('\\x01', 2026, '{"family_name": "髙橋"}', 'd', '2026-11-24T10:00:00+09:00');
        INSERT INTO mail_codes VALUES
            ('\\x01', 'apply', 's', 'a@example.jp', '\\x01', '2026-11-24T10:00:00+09:00', 5);
        INSERT INTO accounts (email, name, role, password_hash, created_at)
            VALUES ('o@example.jp', '', 'office', '', '2026-11-24');
        INSERT INTO sessions SELECT '\\x01', id, NULL, '2026-11-24', '2026-11-24',
            '2026-11-24T10:00:00+09:00' FROM accounts;
        INSERT INTO limit_counts VALUES ('code-client', 'a', '2026-11-24T10:00:00+09:00', 1);
        INSERT INTO invitations (email, name, role, token_hash, invited_by, sent_at, expires_at)
            VALUES ('i@example.jp', '', 'office', sha256('\\x01'), 'system', '2026-11-20',
                    '2026-11-24T10:00:00+09:00');
        INSERT INTO outbox (message_id, letter, recipient, subject, body, state, send_at,
                            created_at, delivered_at) VALUES
            ('m1', 'receipt', 'a@example.jp', '', '髙橋', 'delivered', '2026-11-20', '2026-11-20',
             '2026-11-24T10:00:00+09:00'),
            ('m2', 'receipt', 'a@example.jp', '', '髙橋', 'failed', '2026-11-20',
             '2026-11-24T10:00:00+09:00', NULL),
            ('m3', 'receipt', 'a@example.jp', '', '髙橋', 'waiting', '2026-11-20', '2026-11-20',
             NULL);
        INSERT INTO jobs (act, subject, state, run_at, created_at, finished_at) VALUES
            ('export_ministry', 'E1', 'done', '2026-11-24', '2026-11-24',
             '2026-11-24T10:00:00+09:00'),
            ('export_ministry', 'E2', 'waiting', '2026-11-24', '2026-11-24', NULL);
        INSERT INTO job_progress SELECT id, 1, 1, '2026-11-24' FROM jobs;
        INSERT INTO exports (number, fiscal_year, as_of, known_at, purpose, requested_by,
                             requested_at, finished_at)
            VALUES ('E1', 2026, '2026-11-24', '2026-11-24', 'p', 'a', '2026-11-24',
                    '2026-11-24T10:00:00+09:00');
        INSERT INTO export_chunks SELECT id, 1, '\\x01' FROM exports;
        """)

    @Test(arguments: [
        (Lifetime.Kind.draft, 30), (.mailCode, 1), (.session, 0), (.limitCount, 2),
        (.letterBody, 7), (.undeliveredLetter, 90), (.job, 90), (.exportBytes, 7),
        (.invitation, 14),
    ])
    func whatHasALifetimeIsForgottenAtItsEndAndNotAMomentBefore(kind: Lifetime.Kind, days: Int)
        async throws
    {
        try await withOffice { desk in
            try await desk.database.transaction { try await $0.run(Self.rows) }
            try await desk.move(by: days * 86_400 - 1)
            #expect(try await Self.due(desk, kind) == 0)
            #expect(try await desk.office.forgetExpired([kind], by: .operator("o")).isEmpty)
            try await desk.move(by: 1)
            #expect(try await Self.due(desk, kind) == 1)
            let done = try await desk.office.forgetExpired([kind], by: .operator("o"))
            #expect(done.map(\.count) == [1])
            #expect(try await Self.due(desk, kind) == 0)
            #expect(
                try await desk.office.forgetExpired([kind], by: .operator("o")).isEmpty,
                "done twice")
        }
    }

    @Test func whatStillWaitsIsKeptHoweverOldItIs() async throws {
        try await withOffice { desk in
            try await desk.database.transaction { try await $0.run(Self.rows) }
            try await desk.move(by: 400 * 86_400)
            try await desk.office.forgetExpired(by: .operator("o"))
            #expect(
                try await desk.texts("SELECT message_id AS text FROM outbox WHERE body <> ''")
                    == ["m3"])
            #expect(try await desk.texts("SELECT subject AS text FROM jobs") == ["E2"])
            #expect(try await desk.count("SELECT count(*) AS n FROM job_progress") == 1)
            #expect(try await desk.count("SELECT count(*) AS n FROM exports") == 1)
            #expect(
                try await desk.office.retryLetters(nil, ended: true, by: .operator("o")) == 1,
                "m3 alone")
        }
    }

    @Test func eachPartIsJournalledWithItsRuleAndItsCount() async throws {
        try await withOffice { desk in
            try await desk.database.transaction { try await $0.run(Self.rows) }
            _ = try await desk.rows(
                """
                INSERT INTO drafts (token_hash, fiscal_year, answers, once_key, created_at)
                SELECT int4send(n), 2026, '{}', 'n' || n, '2026-11-01'
                FROM generate_series(2, 5) AS n
                """)
            try await desk.move(by: 31 * 86_400)
            let done = try await desk.office.forgetExpired(
                [.draft], chunk: 2, by: .operator("operator"))
            #expect(done.map(\.count) == [5])
            let told = try await desk.texts(
                """
                SELECT actor || ' ' || subject || ' ' || (detail ->> 'count') || ' '
                       || (detail ->> 'rule') AS text FROM events WHERE act = 'forget' ORDER BY id
                """)
            let rule = "operator:operator lifetime:draft N draft 30 days from 2026-04-01"
            #expect(
                told == [2, 2, 1].map { rule.replacing(" N ", with: " \($0) ") })
        }
    }

    @Test func aLaterLifetimeHoldsFromItsDayOn() async throws {
        try await withOffice { desk in
            _ = try await desk.rows(
                "INSERT INTO lifetimes VALUES ('draft', '2026-12-01', 10, 'days', 'test')")
            #expect(try await Self.days(desk) == 30)
            try await desk.move(by: 7 * 86_400)
            #expect(try await Self.days(desk) == 10)
        }
    }

    @Test func theFileOfAnOrganizationIsForgottenAfterNinetyDaysAndItsPageSaysSo() async throws {
        try await withOffice(on: Day("2026-09-15")!) { desk in
            let planned = try await desk.upload(1...2)
            let number = try #require(planned.number)
            try await desk.move(by: 90 * 86_400)
            try await desk.office.forgetExpired(
                [.groupOriginal, .groupAnswers], by: .operator("o"))
            let file = try #require(try await desk.office.reading.groupFile(number: number))
            let outlook = try await desk.office.outlook(of: file)
            #expect(outlook.isForgotten && outlook.findings.people.isEmpty)
            #expect(outlook[.new] == 2, "the counts stay")
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM group_lines WHERE answers IS NOT NULL") == 0)
            await #expect(throws: Refusal.self) {
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
            }
        }
    }

    @Test func aFileThatWaitsForItsJobIsKept() async throws {
        try await withOffice(on: Day("2026-09-15")!) { desk in
            // The second row names the same person with another address: it waits for an answer.
            var seen = 0
            _ = try await desk.upload([1, 1]) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            _ = try await desk.rows("UPDATE plans SET state = 'confirmed', attested = true")
            try await desk.move(by: 200 * 86_400)
            try await desk.office.forgetExpired(
                [.groupOriginal, .groupAnswers], by: .operator("o"))
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM group_files WHERE original IS NOT NULL") == 1)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM group_lines WHERE answers IS NOT NULL") == 1)
        }
    }

    @Test func particularsAreWipedAndTheNumbersStayAsTheyWere() async throws {
        try await withOffice { desk in
            let ids = [try await desk.approved(1), try await desk.approved(2)]
            try await desk.appointAll()
            try await desk.move(by: 86_400)
            _ = try await desk.approved(3)
            try await desk.office.resign(application: ids[1], by: .applicant)
            try await desk.sendLetters()
            let day = desk.office.today
            try await desk.move(by: 86_400)
            let before = try await Self.numbers(desk, of: day)

            try await desk.move(to: Instant(startOf: Day("2028-03-31")!))
            #expect(try await Self.due(desk, .applicationWithoutAppointment) == 0)
            try await desk.move(to: Instant(startOf: Day("2028-04-01")!))
            #expect(try await Self.forgotten(desk) == ["application_without_appointment 1"])
            try await desk.move(to: Instant(startOf: Day("2032-03-31")!))
            #expect(try await Self.due(desk, .applicationWithAppointment) == 0)
            try await desk.move(to: Instant(startOf: Day("2032-04-01")!))
            #expect(try await Self.due(desk, .applicationWithAppointment) == 2)
            try await desk.office.forgetExpired(by: .operator("o"))

            let after = try await Self.numbers(desk, of: day)
            #expect(after.totals == before.totals && after.organizations == before.organizations)
            #expect(after.prefectures == before.prefectures && after.groups == before.groups)
            #expect(after.months == before.months && after.differences.isEmpty)
            for name in ["髙橋", "山﨑", "𠮷田", "example.jp", "紀尾井町", "見本商店"] {
                #expect(try await Self.tables(desk, saying: name).isEmpty, "\(name)")
            }
        }
    }

    private static func days(_ desk: isolated OfficeDesk) async throws -> Int? {
        try await desk.office.planForgetting().first { $0.lifetime.kind == .draft }?.lifetime.amount
    }

    /// The numbers of a day as they were known at its end.
    private static func numbers(
        _ desk: isolated OfficeDesk, of day: Day
    ) async throws -> MinistryNumbers {
        try await desk.office.numbers(asOf: day, known: .endOf(day))
    }

    /// What of applications was forgotten now.
    private static func forgotten(
        _ desk: isolated OfficeDesk
    ) async throws -> [String] {
        try await desk.office.forgetExpired(
            [.applicationWithAppointment, .applicationWithoutAppointment], by: .operator("o")
        ).map { "\($0.lifetime.kind.rawValue) \($0.count)" }
    }

    /// Tables of what was kept of people in which a text stands anywhere.
    private static func tables(
        _ desk: isolated OfficeDesk, saying text: String
    ) async throws -> [String] {
        try await desk.texts(
            """
            SELECT relname AS text FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              AND relname <> 'municipalities'
              AND query_to_xml(format('SELECT count(*) FROM %I t WHERE strpos(t::text, %L) > 0',
                  relname, \(text)::text), false, true, '')::text NOT LIKE '%<count>0</count>%'
            """)
    }

    @Test func aWorkbookIsKeptAsLongAsItsPageSays() async throws {
        try await withOffice { desk in
            let lifetimes = try await desk.office.reading.lifetimes(on: desk.office.today)
            let ofExports = try #require(lifetimes.first { $0.kind == .exportBytes })
            #expect(ofExports.unit == .days && ofExports.amount == ExportRecord.daysKept)
            #expect(try await desk.office.kindsWithoutLifetime().isEmpty)
        }
    }
}
