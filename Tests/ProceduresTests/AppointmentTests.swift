import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命 and 辞任.
@Suite struct AppointmentTests {
    @Test func everybodyApprovedGetsANumberATermAndABadge() async throws {
        try await withOffice { desk in
            for number in 1...3 { _ = try await desk.approved(number) }
            try await desk.apply(4)
            try await desk.appointAll()
            let numbers = try await desk.texts(
                "SELECT number AS text FROM appointments ORDER BY id")
            #expect(numbers.map { String($0.prefix(13)) } == (1...3).map { "R08-P-000000\($0)" })
            #expect(numbers.allSatisfy { AppointmentNumber($0) != nil })
            let terms = try await desk.texts(
                "SELECT DISTINCT true_from || ' ' || ends_on AS text FROM appointment_terms")
            #expect(terms == ["2026-11-24 2027-04-01"])
            #expect(try await desk.count("SELECT count(*) AS n FROM badges") == 3)
            let letters = try await desk.sendLetters().map(\.messageID)
            #expect(letters.count { $0.hasPrefix("appointment-") } == 3)
            let states = try await desk.texts(
                "SELECT state AS text FROM applications ORDER BY id")
            #expect(states == ["appointed", "appointed", "appointed", "submitted"])
        }
    }

    @Test func numbersHaveNoGapAfterAnApplyThatFailed() async throws {
        try await withOffice { desk in
            for number in 1...3 { _ = try await desk.approved(number) }
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            try await desk.refuseEvent("apply_appointments")
            await #expect(throws: PostgresError.self) {
                try await desk.office.applyAppointments(plan.number, by: .operator("office"))
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM appointments") == 0)
            try await desk.refuseNoEvent()
            #expect(
                try await desk.office.applyAppointments(plan.number, by: .operator("office"))
                    == .applied(count: 3))
            _ = try await desk.approved(4)
            try await desk.appointAll()
            let numbers = try await desk.texts(
                "SELECT substr(number, 7, 7) AS text FROM appointments ORDER BY id")
            #expect(numbers == ["0000001", "0000002", "0000003", "0000004"])
        }
    }

    @Test func aPlanOfAnotherDayIsAppliedOnceIfItStillSaysTheSame() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            try await desk.move(by: 86_400)
            #expect(
                try await desk.office.applyAppointments(plan.number, by: .operator("office"))
                    == .applied(count: 1))
            await #expect(throws: Refusal.self) {
                try await desk.office.applyAppointments(plan.number, by: .operator("office"))
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM plans") == 1)
            let days = try await desk.texts(
                "SELECT true_from::text AS text FROM appointment_terms")
            #expect(days == ["2026-11-24"])
        }
    }

    @Test func aPlanOfAnotherDayThatWouldAppointOthersIsShownAndNothingIsDone() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            let old = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            _ = try await desk.apply(2)
            try await desk.move(by: 86_400)
            try await desk.approveAll()
            let result = try await desk.office.applyAppointments(
                old.number, by: .operator("office"))
            guard case .changed(let newPlan) = result else {
                Issue.record("applied a plan that no longer holds")
                return
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM appointments") == 0)
            let (first, second) = (
                try await desk.office.reading.plan(number: old.number),
                try await desk.office.reading.plan(number: newPlan)
            )
            #expect(first?.state == .replaced && first?.decision == second?.decision)
            #expect(
                try await desk.office.applyAppointments(newPlan, by: .operator("office"))
                    == .applied(count: 2))
        }
    }

    @Test func aPlanIsNotAppliedWhenItsYearIsOver() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            try await desk.move(by: 200 * 86_400)
            await #expect(throws: Refusal.conflict(.planYearIsOver)) {
                try await desk.office.applyAppointments(plan.number, by: .operator("office"))
            }
        }
    }

    @Test func twoPlansOfOneDayAppointNobodyTwice() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            let plans = [
                try await desk.office.planAppointments(by: desk.decision, by: .operator("office")),
                try await desk.office.planAppointments(by: desk.decision, by: .operator("office")),
            ]
            #expect(plans.map(\.count.appoint) == [1, 1])
            #expect(
                try await desk.office.applyAppointments(plans[0].number, by: .operator("office"))
                    == .applied(count: 1))
            let second = try await desk.office.applyAppointments(
                plans[1].number, by: .operator("office"))
            guard case .changed(let number) = second else {
                Issue.record("a plan said that it appointed whom another had appointed")
                return
            }
            let third = try await desk.office.reading.plan(number: number)
            #expect(try await desk.office.reading.outcomes(of: third?.id ?? 0).isEmpty)
            #expect(try await desk.count("SELECT count(*) AS n FROM appointments") == 1)
        }
    }

    @Test func approvalsAfterAPlanOfTheSameDayLeaveItAsItIs() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            _ = try await desk.approved(2)
            #expect(
                try await desk.office.applyAppointments(plan.number, by: .operator("office"))
                    == .applied(count: 1))
        }
    }

    @Test func nobodyIsAppointedByADecisionOfADayBeforeTheyApplied() async throws {
        try await withOffice { desk in
            let yesterday = Decision(
                decidedOn: desk.office.today.adding(days: -1), number: "デ推第1号")
            _ = try await desk.approved(1)
            let early = try await desk.office.planAppointments(
                by: yesterday, by: .operator("office"))
            #expect(early.count == PlannedCount(appoint: 0, wait: 1))
            let today = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            #expect(today.count == PlannedCount(appoint: 1, wait: 0))
        }
    }

    @Test func aDecisionHasANumberAndADayUpToToday() async throws {
        try await withOffice { desk in
            for decision in [
                Decision(decidedOn: desk.office.today, number: ""),
                Decision(decidedOn: Day("2026-11-25")!, number: "1"),
                Decision(decidedOn: Day("2026-03-31")!, number: "1"),
            ] {
                await #expect(throws: Refusal.self) {
                    try await desk.office.planAppointments(by: decision, by: .operator("office"))
                }
            }
        }
    }

    @Test func aResignationClosesTheTermAndWhatWasKnownBeforeStaysReadable() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            let token = try #require(try await desk.office.reading.badgeToken(ofApplication: id))
            let before = desk.office.now
            try await desk.move(by: 10 * 86_400)
            try await desk.office.resign(application: id, by: .applicant)

            let term = try #require(
                try await desk.office.reading.appointment(ofApplication: id)?.term)
            #expect(term.endsOn == Day("2026-12-04")! && term.endReason == .resigned)
            let earlier = try await desk.texts(
                """
                SELECT ends_on || end_reason AS text FROM appointment_terms
                WHERE known_from <= \(before.precise)::timestamptz
                  AND known_until > \(before.precise)::timestamptz
                """)
            #expect(earlier == ["2027-04-01"])
            let badge = try #require(try await desk.office.reading.badge(token: token))
            #expect(badge.isRevoked && badge.reason == "resigned")
            #expect(try await desk.office.assertion(token: token).isRevoked)
            let letters = try await desk.sendLetters().map(\.messageID)
            #expect(letters.count { $0.hasPrefix("resignation-") } == 1)
            await #expect(throws: Refusal.self) {
                try await desk.office.resign(application: id, by: .applicant)
            }
        }
    }

    @Test func nobodyIsApprovedByNoChoiceOrTwice() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            #expect(try await desk.office.approve([], by: .operator("office")) == 0)
            #expect(try await desk.office.approve([id], by: .operator("office")) == 0)
        }
    }

    @Test func whoIsNotAppointedCannotResign() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.resign(application: id, by: .applicant)
            }
        }
    }
}
