import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 決裁: nothing is appointed without one, and a plan that no longer holds says what differs.
@Suite struct DecisionTests {
    private static let next = FiscalYear(startYear: 2027)

    /// Two people appointed, next year open, a rehearsal made; gives its number.
    private static func rehearse(_ desk: isolated OfficeDesk) async throws -> String {
        for number in 1...2 { _ = try await desk.approved(number) }
        try await desk.appointAll()
        try await desk.office.openFiscalYear(next, by: .operator("office"))
        return try await desk.office.planRenewal(to: next, by: nil, by: .operator("office")).number
    }

    private static func turn(_ desk: isolated OfficeDesk) async throws {
        try await desk.move(to: Instant(startOf: next.firstDay))
    }

    private static func newPlan(_ result: AppliedPlan) throws -> String {
        guard case .changed(let number) = result else { throw Unfit() }
        return number
    }

    private static func differences(
        of number: String, _ desk: isolated OfficeDesk
    ) async throws -> PlanDifferences {
        let plan = try #require(try await desk.office.reading.plan(number: number))
        return try await desk.office.reading.differences(of: plan.id)
    }

    @Test func aRehearsalNeedsNoneAndIsNotAppliedWithoutOne() async throws {
        try await withOffice { desk in
            let number = try await Self.rehearse(desk)
            let plan = try #require(try await desk.office.reading.plan(number: number))
            #expect(plan.decision == nil)
            try await Self.turn(desk)
            await #expect(throws: Refusal.self) {
                try await desk.office.applyRenewal(number, by: .operator("office"))
            }
            await #expect(throws: Refusal.self) {
                try await desk.office.askToApply(number, by: .operator("office"))
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM jobs") == 0)
            #expect(
                try await desk.office.applyRenewal(
                    number, under: desk.decision, by: .operator("office"))
                    == .applied(count: 2))
            let kept = try await desk.texts(
                """
                SELECT DISTINCT decision_number || ' ' || decided_on AS text FROM appointments
                WHERE fiscal_year = 2027
                """)
            #expect(kept == ["デ推第1号 2027-04-01"])
        }
    }

    @Test func aDecisionOfADayToComeIsRefusedAndChangesNothing() async throws {
        try await withOffice { desk in
            let number = try await Self.rehearse(desk)
            try await Self.turn(desk)
            let before = try await desk.everything()
            for decision in [
                Decision(decidedOn: desk.office.today.adding(days: 1), number: "1"),
                Decision(decidedOn: Day("2026-03-31")!, number: "1"),
                Decision(decidedOn: desk.office.today, number: ""),
            ] {
                await #expect(throws: Refusal.self) {
                    try await desk.office.applyRenewal(
                        number, under: decision, by: .operator("office"))
                }
                await #expect(throws: Refusal.self) {
                    try await desk.office.askToApply(
                        number, under: decision, by: .operator("office"))
                }
            }
            #expect(try await desk.everything() == before)
        }
    }

    @Test func theFirstDecisionThatIsGivenCounts() async throws {
        try await withOffice { desk in
            let number = try await Self.rehearse(desk)
            try await Self.turn(desk)
            try await desk.office.askToApply(number, under: desk.decision, by: .operator("office"))
            let other = Decision(decidedOn: desk.office.today, number: "別の番号")
            try await desk.office.askToApply(number, under: other, by: .operator("office"))
            let kept = try await desk.office.reading.plan(number: number)
            #expect(kept?.decision == desk.decision)
        }
    }

    @Test func anOldPlanOfAppointmentsShowsWhoCame() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            let old = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            let late = try await desk.apply(2)
            try await desk.move(by: 86_400)
            try await desk.approveAll()
            let number = try Self.newPlan(
                try await desk.office.applyAppointments(old.number, by: .operator("office")))
            let found = try await Self.differences(of: number, desk)
            #expect(found == PlanDifferences(came: 1, left: 0, changed: 0))
            let plan = try #require(try await desk.office.reading.plan(number: number))
            let lines = try await desk.office.reading.differingLines(of: plan.id)
            #expect(lines.map(\.receipt) == [late] && lines.map(\.earlier) == [.notNamed])
        }
    }

    @Test func aRehearsalThatNoLongerHoldsShowsWhoLeftAndAsksWithTheSameDecision() async throws {
        try await withOffice { desk in
            let number = try await Self.rehearse(desk)
            let id = try await desk.rows("SELECT min(id) AS id FROM applications")[0].int("id")
            try await desk.office.resign(application: id, by: .applicant)
            try await Self.turn(desk)
            let again = try Self.newPlan(
                try await desk.office.applyRenewal(
                    number, under: desk.decision, by: .operator("office")))
            let found = try await Self.differences(of: again, desk)
            #expect(found == PlanDifferences(came: 0, left: 1, changed: 0))
            let plan = try #require(try await desk.office.reading.plan(number: again))
            #expect(plan.decision == desk.decision)
            let gone = try await desk.office.reading.differingLines(of: plan.id)
            #expect(gone.map(\.outcome) == [.gone])
            #expect(gone.map(\.earlier) == [.said(.renewing(.continues))])
            // Whoever is gone is in no list of what is done, and in no comparison again.
            #expect(try await desk.office.reading.lines(of: plan.id).count == 1)
            #expect(
                try await desk.office.applyRenewal(again, by: .operator("office"))
                    == .applied(count: 1))
        }
    }

    @Test func whoseOutcomeIsAnotherIsCountedAsChanged() async throws {
        try await withOffice { desk in
            let number = try await Self.rehearse(desk)
            _ = try await desk.rows(
                "UPDATE videos SET view_valid_from = '2026-09-02' WHERE fiscal_year = 2027")
            try await Self.turn(desk)
            let again = try Self.newPlan(
                try await desk.office.applyRenewal(
                    number, under: desk.decision, by: .operator("office")))
            let found = try await Self.differences(of: again, desk)
            #expect(found == PlanDifferences(came: 0, left: 0, changed: 2))
        }
    }
}
