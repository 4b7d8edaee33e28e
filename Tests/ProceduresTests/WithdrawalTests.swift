import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 取下げ: whoever has applied takes it back before they are appointed.
@Suite struct WithdrawalTests {
    private static func states(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT state AS text FROM applications ORDER BY id")
    }

    @Test(arguments: [false, true])
    func anApplicationIsTakenBackUntilItIsDecided(isApproved: Bool) async throws {
        try await withOffice { desk in
            let id = isApproved ? try await desk.approved(1) : try await desk.id(of: desk.apply(1))
            try await desk.office.withdraw(application: id, by: .applicant)
            #expect(try await Self.states(desk) == ["withdrawn"])
            let letters = try await desk.sendLetters()
            #expect(letters.count { $0.messageID.hasPrefix("withdrawal-") } == 1)
            let told = try await desk.texts(
                """
                SELECT actor || ' ' || (detail->>'before') || ' ' || (detail->>'after') AS text
                FROM events WHERE act = 'withdraw'
                """)
            #expect(told == ["applicant \(isApproved ? "approved" : "submitted") withdrawn"])
        }
    }

    @Test func whoeverIsAppointedResignsInsteadAndNothingIsTakenBackTwice() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.withdraw(application: id, by: .applicant)
            }
            let other = try await desk.id(of: desk.apply(2))
            try await desk.office.withdraw(application: other, by: .applicant)
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.withdraw(application: other, by: .applicant)
            }
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.reject(other, because: "理由", by: .operator("office"))
            }
            #expect(try await desk.office.approve([other], by: .operator("office")) == 0)
            #expect(try await Self.states(desk) == ["appointed", "withdrawn"])
        }
    }

    @Test func aPlanOfAppointmentsThatNamesThemIsMadeAgain() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            _ = try await desk.approved(2)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            try await desk.office.withdraw(application: id, by: .applicant)
            let applied = try await desk.office.applyAppointments(
                plan.number, by: .operator("office"))
            guard case .changed(let newPlan) = applied else { throw Unfit() }
            _ = try await desk.office.applyAppointments(newPlan, by: .operator("office"))
            #expect(try await Self.states(desk) == ["withdrawn", "appointed"])
        }
    }

    @Test func whoeverTookItBackAppliesAgainAsTheSamePerson() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.office.withdraw(application: id, by: .applicant)
            try await desk.apply(1)
            #expect(try await Self.states(desk) == ["withdrawn", "submitted"])
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 1)
        }
    }

    @Test func aRosterSentAgainDoesNotApplyAgainForWhoeverTookItBack() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...2, unit: "内科") == 2)
            let id = try await desk.count("SELECT min(id) AS n FROM applications")
            try await desk.office.withdraw(application: id, by: .applicant)
            for unit in ["内科", "外科"] {
                let planned = try await desk.upload([1], unit: unit)
                #expect(planned.plan?.lines.map(\.told) == [.unchanged])
                let told = planned.plan?.lines.flatMap(\.problems).map(\.code)
                #expect(told?.last == .applicationWithdrawn)
            }
            #expect(try await desk.enter(1...2, unit: "内科") == 0)
            #expect(try await Self.states(desk) == ["withdrawn", "submitted"])
            // A row that says something new is an application that the office sees.
            #expect(try await desk.enter([1], seenOn: "2026/9/3") == 1)
        }
    }
}
