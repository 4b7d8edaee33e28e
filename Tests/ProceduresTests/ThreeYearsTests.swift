import Enrollment
import Glibc
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// Three fiscal years with a population that is drawn, day by day. `ENROLL_TEST_SEED` plays another
/// one (`ops/years`); whoever changes nothing sees the same.
@Suite struct ThreeYearsTests {
    private static let seed =
        getenv("ENROLL_TEST_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_260_401

    /// What the page showed on a day.
    private struct Shown {
        let basis: TallyBasis
        let numbers: MinistryNumbers
        /// The roster of that day, where it was kept.
        let roster: [String]?
    }

    @Test func countsAndNamesOfAnyDayComeOutAgainAsTheyWereShownThen() async throws {
        let seed = Self.seed
        print("ENROLL_TEST_SEED=\(seed)")
        let start = Instant(startOf: try #require(Day("2026-04-10"))).adding(seconds: 36_000)
        try await withOffice(at: start, seed: seed) { desk in
            var play = YearsPlay(seed: seed)
            var shown: [Shown] = []
            try desk.useLayouts()
            try await play.begin(desk)
            try await Self.lookAtTables(desk)
            while desk.office.year <= FiscalYear(startYear: 2028) {
                try await play.act(desk)
                if Self.isLookedAt(desk.office.today) {
                    try await Self.checkInvariants(desk, "seed \(seed), \(desk.office.today)")
                }
                if desk.office.today.number % 13 == 0 {
                    shown.append(try await Self.look(desk, keepingRoster: shown.count % 16 == 0))
                }
                try await Self.goOn(desk, &play)
            }
            #expect(play.peopleCount > 1_900)
            for (act, count) in play.played { #expect(count > 0, "\(act) was never played") }
            #expect(play.played.count == 34, "\(play.played)")
            for old in shown { try await Self.checkAgain(old, desk) }
        }
    }

    /// Days on which what must always hold is looked at: every fifth, and those about the turn of the
    /// year. What is broken stays broken; `ENROLL_TEST_DAYS=all` names the very day.
    private static func isLookedAt(_ day: Day) -> Bool {
        let (_, month, dayOfMonth) = day.civil
        return getenv("ENROLL_TEST_DAYS") != nil || day.number % 5 == 0
            || [3, 4].contains(month) && (dayOfMonth > 27 || dayOfMonth < 5)
    }

    /// The next morning; on 1 April the year is renewed.
    private static func goOn(_ desk: isolated OfficeDesk, _ play: inout YearsPlay) async throws {
        let year = desk.office.year
        try await desk.move(by: 86_400)
        if desk.office.today.number % 60 == 0 { try await lookAtTables(desk) }
        guard desk.office.year != year else { return }
        _ = try await desk.office.closePastYears(limit: 10_000)
        try await play.renew(desk)
    }

    /// Inside one transaction the server never sees by itself how the tables have grown.
    private static func lookAtTables(_ desk: isolated OfficeDesk) async throws {
        try await desk.office.lookAtTables()
    }

    private static func look(
        _ desk: isolated OfficeDesk, keepingRoster: Bool
    ) async throws -> Shown {
        let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
        let numbers = try await desk.office.numbers(on: basis)
        try await checkMembers(desk, numbers)
        #expect(numbers.differences.isEmpty, "seed \(seed): \(numbers.differences)")
        return Shown(
            basis: basis, numbers: numbers,
            roster: keepingRoster ? try await roster(desk, basis) : nil)
    }

    /// Whoever stands on an organization's roster and is appointed counts there: as its own, or
    /// besides.
    private static func checkMembers(
        _ desk: isolated OfficeDesk, _ numbers: MinistryNumbers
    ) async throws {
        let today = desk.office.today
        for code in ["demo-hospital", "demo-clinic"] {
            let body = try #require(try await desk.office.currentRules().organization(code: code))
            let scope = OrganizationScope(body.id)
            // Whoever has left is counted where they were appointed, and nowhere besides.
            let own = Set(
                try await desk.rows(
                    "SELECT id FROM applications WHERE organization_id = \(body.id)"
                )
                .map { try $0.int("id") })
            let left = try await desk.office.reading.members(
                of: scope, in: desk.office.year, .left, limit: 100_000
            ).members.filter { own.contains($0.id) }
            let members =
                try await desk.office.reading.members(
                    of: scope, in: desk.office.year, limit: 100_000
                ).members + left
            let active = try await desk.activeApplications(today)
            for kind in Kind.allCases {
                let counted = members.count { $0.kind == kind && active.contains($0.id) }
                let tally = numbers.organizations[TallyKey(desk.office.year, code, kind)]
                #expect(
                    counted == (tally?.active ?? 0) + (tally?.secondary ?? 0),
                    "seed \(seed), \(today), \(code), \(kind)")
            }
        }
    }

    private static func checkAgain(_ old: Shown, _ desk: isolated OfficeDesk) async throws {
        let again = try await desk.office.numbers(on: old.basis)
        let place: Comment = "seed \(seed), \(old.basis.asOf)"
        #expect(again.totals == old.numbers.totals, place)
        #expect(again.organizations == old.numbers.organizations, place)
        #expect(again.groups == old.numbers.groups, place)
        #expect(again.prefectures == old.numbers.prefectures, place)
        #expect(again.months == old.numbers.months, place)
        guard let roster = old.roster else { return }
        let now = try await Self.roster(desk, old.basis)
        let differing = zip(now, roster).first { $0 != $1 }
        #expect(now == roster, "seed \(seed), \(old.basis.asOf): \(String(describing: differing))")
    }

    private static func roster(
        _ desk: isolated OfficeDesk, _ basis: TallyBasis
    ) async throws -> [String] { try await desk.lines(of: "01", basis) }

    /// What must hold on any day, whatever happened (lifecycle of an appointment).
    private static func checkInvariants(
        _ desk: isolated OfficeDesk, _ place: String
    ) async throws {
        let today = desk.office.today.description
        let broken = try await desk.texts(
            """
            WITH active AS (
                SELECT person_id, kind FROM appointment_terms
                WHERE known_until = 'infinity' AND end_reason = ''
                  AND true_from <= \(today)::date AND ends_on > \(today)::date)
            SELECT 'somebody is both or twice' AS text
            WHERE EXISTS (SELECT FROM active GROUP BY person_id HAVING count(*) > 1)
            UNION ALL SELECT 'a term outside its year'
            WHERE EXISTS (SELECT FROM appointment_terms
                WHERE true_from < make_date(fiscal_year, 4, 1)
                  OR ends_on > make_date(fiscal_year + 1, 4, 1))
            UNION ALL SELECT 'an appointment without its approved application'
            WHERE EXISTS (SELECT FROM appointments p JOIN applications a ON a.id = p.application_id
                WHERE a.state <> 'appointed' AND p.undone_by IS NULL
                  OR a.fiscal_year <> p.fiscal_year
                  OR a.person_id <> p.person_id OR a.kind <> p.kind)
            UNION ALL SELECT 'an ended appointment stands in the way of another one'
            WHERE EXISTS (SELECT FROM applications a JOIN appointments p ON p.application_id = a.id
                JOIN appointment_terms t ON t.appointment_id = p.id AND t.known_until = 'infinity'
                WHERE a.appointment_ended <> (t.end_reason <> '') AND p.undone_by IS NULL)
            UNION ALL SELECT 'an appointment holds that was taken back with its plan'
            WHERE EXISTS (SELECT FROM appointments p
                JOIN appointment_terms t ON t.appointment_id = p.id AND t.known_until = 'infinity'
                LEFT JOIN badges b ON b.appointment_id = p.id
                WHERE p.undone_by IS NOT NULL AND (t.end_reason <> 'cancelled'
                  OR b.id IS NOT NULL AND b.revocation_reason <> 'cancelled'))
            UNION ALL SELECT 'an application that was taken back waits behind its end'
            WHERE EXISTS (SELECT FROM applications a JOIN appointments p ON p.application_id = a.id
                WHERE p.undone_by IS NOT NULL AND a.appointment_ended AND NOT EXISTS (
                    SELECT FROM appointments n
                    WHERE n.application_id = a.id AND n.undone_by IS NULL))
            UNION ALL SELECT 'two appointments of one year are not the same of 新規, 継続, 再任'
            WHERE EXISTS (SELECT FROM appointments a
                WHERE NOT EXISTS (SELECT FROM person_merges m
                    WHERE m.survivor_id = a.person_id AND m.undone_at IS NULL)
                GROUP BY person_id, kind, fiscal_year HAVING count(DISTINCT history) > 1)
            UNION ALL SELECT 'a first body that the application does not name'
            WHERE EXISTS (SELECT FROM affiliations f JOIN applications a ON a.id = f.application_id
                WHERE f.known_until = 'infinity'
                  AND f.is_primary <> (f.organization_id IS NOT DISTINCT FROM a.organization_id))
            UNION ALL SELECT 'an application whose body has no affiliation, or another 部署: '
                || concat_ws(' ', a.id, a.state, a.route, a.person_id, a.merged_into)
            FROM applications a
                WHERE a.organization_id IS NOT NULL AND a.state NOT IN ('merged', 'withdrawn')
                  AND NOT EXISTS (SELECT FROM affiliations f
                    WHERE f.application_id = a.id AND f.person_id = a.person_id AND f.is_primary
                      AND f.known_until = 'infinity' AND f.unit = a.unit)
                  AND NOT EXISTS (SELECT FROM appointments p
                    JOIN appointment_terms t ON t.appointment_id = p.id
                    WHERE p.application_id = a.id AND t.known_until = 'infinity'
                      AND t.end_reason = 'merged')
            UNION ALL SELECT 'an application appointed without appointment'
            WHERE EXISTS (SELECT FROM applications a WHERE state = 'appointed'
                AND NOT EXISTS (SELECT FROM appointments p
                    WHERE p.application_id = a.id AND p.undone_by IS NULL))
            UNION ALL SELECT 'an application of a past year waits'
            WHERE EXISTS (SELECT FROM applications
                WHERE state IN ('submitted', 'reviewing', 'correcting', 'approved')
                  AND fiscal_year < \(desk.office.year.startYear))
            UNION ALL SELECT 'somebody who had said no was renewed'
            WHERE EXISTS (SELECT FROM (
                    SELECT split_part(once_key, '-', 3)::bigint AS renewed FROM applications
                    WHERE route = 'renewal' OFFSET 0) n
                JOIN applications o ON o.id = n.renewed WHERE o.reuse_answer = 'no')
            UNION ALL SELECT 'numbers have gaps'
            WHERE EXISTS (SELECT FROM appointments GROUP BY fiscal_year, kind
                HAVING count(*) <> max(substr(number, 7, 7)::int))
            UNION ALL SELECT 'a merged application leads nowhere'
            WHERE EXISTS (SELECT FROM applications WHERE state = 'merged' AND merged_into IS NULL)
            """)
        // The days after would say the same.
        try #require(broken.isEmpty, "\(place): \(broken)")
    }
}

extension OfficeDesk {
    /// The applications of appointments that hold on a day.
    fileprivate func activeApplications(_ day: Day) async throws -> Set<Int> {
        Set(
            try await rows(
                """
                SELECT p.application_id AS id FROM appointments p
                JOIN appointment_terms t ON t.appointment_id = p.id
                WHERE t.known_until = 'infinity'
                  AND daterange(t.true_from, t.ends_on) @> \(day.description)::date
                """
            ).map { try $0.int("id") })
    }
}
