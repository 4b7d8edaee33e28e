import Enrollment
import Mail
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 年度更新.
@Suite struct RenewalTests {
    private static let next = FiscalYear(startYear: 2027)

    private static func turn(_ desk: isolated OfficeDesk) async throws {
        try await desk.move(to: Instant(startOf: next.firstDay))
    }

    /// Three people of the hospital and one alone, appointed; the next year is open.
    private static func prepare(_ desk: isolated OfficeDesk) async throws {
        #expect(try await desk.enter(1...3) == 3)
        let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
        _ = try await desk.office.approve(ids, by: .operator("office"))
        _ = try await desk.approved(4)
        try await desk.appointAll()
        try await desk.office.openFiscalYear(Self.next, by: .operator("office"))
    }

    private static func plan(_ desk: isolated OfficeDesk) async throws -> PlanRecord {
        try await desk.office.planRenewal(to: next, by: desk.decision, by: .operator("office"))
    }

    @Test func aRehearsalChangesNothingButThePlan() async throws {
        try await withOffice { desk in
            try await Self.prepare(desk)
            let plan = try await Self.plan(desk)
            let counts = try await desk.office.reading.outcomes(of: plan.id)
            #expect(counts == [.renewing(.continues): 4])
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 4)
            await #expect(throws: Refusal.tooEarly(Self.next.firstDay)) {
                try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            }
        }
    }

    @Test func everybodyActiveIsAppointedFromTheFirstOfAprilAndTheOldTermEndsByItself()
        async throws
    {
        try await withOffice { desk in
            try await Self.prepare(desk)
            let plan = try await Self.plan(desk)
            try await Self.turn(desk)
            let result = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            #expect(result == .applied(count: 4))
            let terms = try await desk.texts(
                """
                SELECT fiscal_year || ' ' || true_from || ' ' || ends_on || ' ' || count(*)
                  AS text
                FROM appointment_terms GROUP BY fiscal_year, true_from, ends_on ORDER BY 1
                """)
            #expect(terms == ["2026 2026-11-24 2027-04-01 4", "2027 2027-04-01 2028-04-01 4"])
            let numbers = try await desk.texts(
                "SELECT substr(number, 1, 13) AS text FROM appointments WHERE fiscal_year = 2027")
            #expect(numbers.sorted() == (1...4).map { "R09-P-000000\($0)" })
            let history = try await desk.texts(
                "SELECT DISTINCT history AS text FROM appointments WHERE fiscal_year = 2027")
            #expect(history == ["renewed"])
            #expect(try await desk.count("SELECT count(*) AS n FROM badges") == 8)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM affiliations WHERE fiscal_year = 2027") == 3)
            let members = try await desk.count(
                "SELECT count(DISTINCT member_number)::int AS n FROM people")
            #expect(members == 4)
        }
    }

    @Test func theSecondApplyIsRefusedAndANewPlanFindsNobody() async throws {
        try await withOffice { desk in
            try await Self.prepare(desk)
            let (first, second) = (try await Self.plan(desk), try await Self.plan(desk))
            try await Self.turn(desk)
            _ = try await desk.office.applyRenewal(first.number, by: .operator("office"))
            await #expect(throws: Refusal.self) {
                try await desk.office.applyRenewal(first.number, by: .operator("office"))
            }
            guard
                case .changed(let number) = try await desk.office.applyRenewal(
                    second.number, by: .operator("office"))
            else {
                Issue.record("the second plan still said that all continue")
                return
            }
            let again = try #require(try await desk.office.reading.plan(number: number))
            let counts = try await desk.office.reading.outcomes(of: again.id)
            #expect(counts == [.renewing(.alreadyApplied): 4])
            #expect(try await desk.count("SELECT count(*) AS n FROM appointments") == 8)
        }
    }

    @Test func whatChangedSinceTheRehearsalIsShownBeforeAnythingIsDone() async throws {
        try await withOffice { desk in
            try await Self.prepare(desk)
            let plan = try await Self.plan(desk)
            let id = try await desk.rows("SELECT min(id) AS id FROM applications")[0].int("id")
            try await desk.office.resign(application: id, by: .applicant)
            try await Self.turn(desk)
            let result = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            guard case .changed(let number) = result else {
                Issue.record("applied a plan that no longer holds")
                return
            }
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM appointments WHERE fiscal_year = 2027") == 0)
            let second = try await desk.office.applyRenewal(number, by: .operator("office"))
            #expect(second == .applied(count: 3))
        }
    }

    @Test func whoLacksAVideoOrAnOrganizationIsNotRenewedAndIsTold() async throws {
        try await withOffice { desk in
            try await Self.prepare(desk)
            _ = try await desk.rows(
                """
                UPDATE videos SET view_valid_from = '2026-09-02'
                WHERE fiscal_year = 2027 AND slot = 1
                """)
            _ = try await desk.rows(
                """
                UPDATE viewings SET viewed_on = '2026-09-03' WHERE person_id IN
                    (SELECT person_id FROM applications WHERE organization_id IS NOT NULL)
                """)
            _ = try await desk.rows(
                """
                DELETE FROM organization_years WHERE fiscal_year = 2027
                  AND organization_id = (SELECT id FROM organizations WHERE code = 'demo-hospital')
                """)
            let plan = try await Self.plan(desk)
            let counts = try await desk.office.reading.outcomes(of: plan.id)
            #expect(counts == [.renewing(.organizationClosed): 3, .renewing(.lacksVideo): 1])
            try await Self.turn(desk)
            _ = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            let letters = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("not_renewed-")
            }
            #expect(letters.count == 4)
            let lacking = letters.filter { $0.body.contains("必要な動画の視聴日") }
            #expect(lacking.count == 1)
            let titles = try await desk.texts(
                "SELECT title AS text FROM videos WHERE fiscal_year = 2027 AND slot = 1"
            )
            #expect(lacking[0].body.contains("・" + titles[0]))
        }
    }

    @Test func whoIsRenewedFindsTheNewAppointmentUnderTheOldNumberAndTheNew() async throws {
        try await withOffice { desk in
            let old = try await desk.apply(1)
            try await desk.approveAll()
            try await desk.appointAll()
            try await desk.office.openFiscalYear(Self.next, by: .operator("office"))
            try await Self.turn(desk)
            let plan = try await Self.plan(desk)
            _ = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            let new = try await desk.texts(
                "SELECT receipt AS text FROM applications WHERE fiscal_year = 2027")[0]
            let address = try await desk.texts("SELECT email AS text FROM applications")[0]
            let letter = try await desk.sendLetters().first {
                $0.messageID.hasPrefix("appointment-r09")
            }
            #expect(letter?.body.contains(new) == true)
            for receipt in [old, new] {
                let asked = try await desk.office.askForStatus(
                    receipt: receipt, email: address, from: .here)
                let code = try #require(try await desk.newestCode(to: address))
                let token = try await desk.office.openStatus(code: code, asked: asked, from: .here)
                let opened = try await desk.office.applicant(of: token)
                #expect(try await opened == desk.id(of: new))
            }
        }
    }

    @Test func whatWasNotDecidedInItsYearExpiresAndIsTold() async throws {
        try await withOffice { desk in
            let waiting = try await desk.id(of: desk.apply(1))
            let approved = try await desk.approved(2)
            _ = try await desk.approved(3)
            _ = try await desk.office.reject(
                desk.id(of: desk.apply(4)), because: "試験", by: .operator("office"))
            #expect(try await desk.office.closePastYears() == 0)
            try await desk.office.openFiscalYear(desk.office.year.next, by: .operator("office"))
            try await Self.turn(desk)
            #expect(try await desk.office.approve([waiting], by: .operator("office")) == 0)
            #expect(try await desk.office.closePastYears(limit: 2) == 2)
            #expect(try await desk.office.closePastYears() == 1)
            #expect(try await desk.office.closePastYears() == 0)
            for id in [waiting, approved] {
                let states = try await desk.office.reading.states(of: id)
                #expect(states.last?.state == .expired)
            }
            let letters = try await desk.sendLetters().filter { $0.messageID.hasPrefix("expired-") }
            #expect(letters.count == 3)
            try await desk.apply(1)
        }
    }

    @Test func aRenewedPromoterIsNoLongerACaller() async throws {
        try await withOffice { desk in
            let caller = try await desk.apply(1) {
                $0["applicant_kind"] = "caller"
                $0["eligibility_category"] = "community_caller"
            }
            _ = try await desk.office.approve([desk.id(of: caller)], by: .operator("office"))
            try await desk.appointAll()
            try await desk.move(by: 86_400)
            _ = try await desk.approved(1)
            try await desk.appointAll()
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let numbers = try await desk.office.numbers(on: basis)
            #expect(numbers.total(Invented.year, .caller).active == 0)
            #expect(numbers.total(Invented.year, .caller).ended == 1)
            #expect(numbers.total(Invented.year, .promoter).active == 1)
            #expect(numbers.differences.isEmpty)
        }
    }
}
