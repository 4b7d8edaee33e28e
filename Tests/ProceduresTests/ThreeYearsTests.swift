import Enrollment
import Glibc
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// Three fiscal years with a population that is drawn, on a clock that moves. `ENROLL_TEST_SEED`
/// plays a failure again.
@Suite struct ThreeYearsTests {
    private static let seed =
        getenv("ENROLL_TEST_SEED").flatMap { UInt64(String(cString: $0)) }
        ?? UInt64.random(in: 1...999_999)

    /// What the page showed on a day.
    private struct Shown {
        let basis: TallyBasis
        let totals: [TallyKey: Tally]
    }

    @Test func countsOfAnyDayComeOutAgainAsTheyWereShownThen() async throws {
        let start = Instant(startOf: try #require(Day("2026-04-10"))).adding(seconds: 36_000)
        try await withOffice(at: start, seed: Self.seed) { desk in
            var chance = Chance(state: Self.seed)
            var shown: [Shown] = []
            var nextPerson = 1
            for step in 0..<130 {
                try await Self.act(desk, &chance, &nextPerson)
                shown.append(try await Self.check(desk, "seed \(Self.seed), step \(step)"))
                try await Self.goOn(desk, days: chance.below(14) + 1)
            }
            for old in shown {
                let again = try await desk.office.numbers(on: old.basis).totals
                #expect(again == old.totals, "seed \(Self.seed), \(old.basis.asOf)")
            }
            let last = try #require(shown.last).basis.year
            #expect(last >= FiscalYear(startYear: 2028), "the play crosses two turns of the year")
        }
    }

    /// One to three acts of a day.
    private static func act(
        _ desk: isolated OfficeDesk, _ chance: inout Chance, _ next: inout Int
    ) async throws {
        for _ in 0...chance.below(2) {
            switch chance.below(6) {
            case 0, 1:
                let people = next..<(next + 1 + chance.below(5))
                _ = try await desk.office.fileInvented(
                    people.map { draft($0, on: desk.office.today, isCaller: $0 % 5 == 0) })
                next = people.upperBound
            case 2:
                let bodies = try await desk.office.reading.waitingBodies(in: desk.office.year)
                for body in bodies {
                    _ = try await desk.office.approveAll(
                        of: body.organizationID, upTo: body.lastID, expecting: body.count,
                        by: "office")
                }
            case 3: try await desk.appointAll()
            case 4: try await resign(desk, &chance)
            default:
                // A よびかけ員 of before becomes 推進委員.
                guard next > 5 else { continue }
                let number = (1 + chance.below(next / 5)) * 5
                _ = try await desk.office.fileInvented(
                    [draft(number, on: desk.office.today, isCaller: false)])
            }
        }
    }

    private static func draft(_ number: Int, on today: Day, isCaller: Bool) -> ApplicationDraft {
        Invented.draft(number) {
            $0["applicant_kind"] = isCaller ? "caller" : "promoter"
            $0["eligibility_category"] = isCaller ? "community_caller" : "agency_approved"
            $0["view_1_on"] = today.description
            $0["view_2_on"] = today.description
        }
    }

    private static func resign(
        _ desk: isolated OfficeDesk, _ chance: inout Chance
    ) async throws {
        var filter = QueueFilter(year: desk.office.year)
        filter.states = [.appointed]
        let held = try await desk.office.reading.queue(filter)
        guard !held.isEmpty else { return }
        let id = held[chance.below(held.count)].id
        let term = try await desk.office.reading.appointment(ofApplication: id)
        guard term?.state(on: desk.office.today) == .active else { return }
        try await desk.office.resign(application: id, by: "applicant")
    }

    /// Time goes on; whoever crosses 1 April renews on that day.
    private static func goOn(_ desk: isolated OfficeDesk, days: Int) async throws {
        let next = desk.office.year.next
        try await desk.move(by: days * 86_400)
        guard desk.office.year == next else { return }
        try await desk.office.openFiscalYear(next, by: "office")
        try await desk.move(by: 1)
        let plan = try await desk.office.planRenewal(
            to: next, by: desk.decision, by: "office")
        guard case .applied = try await desk.office.applyRenewal(plan.number, by: "office") else {
            Issue.record("a plan of this moment was refused")
            return
        }
        let again = try await desk.office.planRenewal(to: next, by: desk.decision, by: "office")
        let counts = try await desk.office.reading.outcomes(of: again.id)
        #expect(counts["continues"] == nil, "renewed twice")
    }

    /// The invariants of the life of an appointment, and the numbers of today.
    private static func check(
        _ desk: isolated OfficeDesk, _ place: String
    ) async throws -> Shown {
        let basis = try desk.office.basis(asOf: desk.office.today, knownOn: nil)
        let numbers = try await desk.office.numbers(on: basis)
        #expect(numbers.differences.isEmpty, "\(place): \(numbers.differences)")
        let both = try await desk.count(
            """
            SELECT count(*)::int AS n FROM (
                SELECT person_id FROM appointment_terms
                WHERE known_until = 'infinity' AND end_reason = ''
                  AND daterange(true_from, true_until, '[]') @> \(desk.office.today.description)::date
                GROUP BY person_id HAVING count(*) > 1) f
            """)
        #expect(both == 0, "\(place): somebody is both")
        let unfounded = try await desk.count(
            """
            SELECT count(*)::int AS n FROM appointments p JOIN applications a
              ON a.id = p.application_id
            WHERE a.state <> 'appointed' OR a.fiscal_year <> p.fiscal_year
              OR a.person_id <> p.person_id OR a.kind <> p.kind
            """)
        #expect(unfounded == 0, "\(place): an appointment without its application")
        let gaps = try await desk.count(
            """
            SELECT count(*)::int AS n FROM (
                SELECT count(*) AS made, max(substr(number, 7, 7)::int) AS last FROM appointments
                GROUP BY fiscal_year, kind) f WHERE made <> last
            """)
        #expect(gaps == 0, "\(place): numbers have gaps")
        return Shown(basis: basis, totals: numbers.totals)
    }
}

/// Numbers that look drawn and come again with the same seed (SplitMix64).
private struct Chance {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(limit, 1)))
    }
}
