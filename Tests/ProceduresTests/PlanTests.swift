import Enrollment
import Procedures
import Store
import TestSupport
import Testing

/// A plan of whatever act is taken once, and by that act only.
@Suite struct PlanTests {
    /// Plans of a file, of appointments and of the turn of the year, by their numbers.
    private static func plans(_ desk: isolated OfficeDesk) async throws -> [PlanAct: String] {
        _ = try await desk.approved(7)
        try await desk.office.openFiscalYear(desk.office.year.next, by: .operator("office"))
        let appointments = try await desk.office.planAppointments(
            by: desk.decision, by: .operator("office"))
        let renewal = try await desk.office.planRenewal(
            to: desk.office.year.next, by: nil, by: .operator("office"))
        let file = try #require(try await desk.upload(1...2).number)
        return [.group: file, .appoint: appointments.number, .renew: renewal.number]
    }

    /// Applies a plan as one of an act.
    private static func apply(
        _ number: String, as act: PlanAct, _ desk: isolated OfficeDesk
    ) async throws -> AppliedPlan {
        switch act {
        case .group: try await desk.office.applyGroup(number, by: .operator("office"))
        case .appoint: try await desk.office.applyAppointments(number, by: .operator("office"))
        case .renew: try await desk.office.applyRenewal(number, by: .operator("office"))
        case .undoGroup: try await desk.office.applyUndo(number, by: .operator("office"))
        case .undoAppoint:
            try await desk.office.undoAppointments(
                number, because: "理由", by: .operator("office"))
        }
    }

    @Test func aPlanOfAnotherActIsNone() async throws {
        try await withOffice { desk in
            let plans = try await Self.plans(desk)
            for (act, number) in plans {
                let plan = try await desk.office.reading.plan(number: number)
                #expect(plan?.act == act && plan?.state == .planned)
                for other in PlanAct.allCases where other != act {
                    await #expect(throws: Refusal.notFound) {
                        try await Self.apply(number, as: other, desk)
                    }
                }
                #expect(try await desk.office.reading.plan(number: number)?.state == .planned)
            }
            await #expect(throws: Refusal.notFound) {
                try await desk.office.askToApply(
                    plans[.group] ?? "", under: desk.decision, by: .operator("office"))
            }
        }
    }

    @Test(arguments: [PlanAct.group, .appoint])
    func aPlanIsTakenOnce(act: PlanAct) async throws {
        try await withOffice { desk in
            let number = try #require(try await Self.plans(desk)[act])
            let count = act == .group ? 2 : 1
            #expect(try await Self.apply(number, as: act, desk) == .applied(count: count))
            await #expect(throws: Refusal.conflict(.planIsApplied)) {
                try await Self.apply(number, as: act, desk)
            }
        }
    }

    @Test func aFileThatNobodyAttestedIsNotTaken() async throws {
        try await withOffice { desk in
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: false)
            let planned = try await desk.office.planGroup(
                GroupUpload(
                    name: "名簿.csv", bytes: Invented.groupFile([1]), coordinator: coordinator),
                of: "demo-hospital", by: .operator("coordinator"))
            await #expect(throws: Refusal.conflict(.consentIsMissing)) {
                try await desk.office.applyGroup(
                    planned.number ?? "", by: .operator("coordinator"))
            }
        }
    }

    @Test func aPlanNamesTheOneWhosePlaceItTook() async throws {
        try await withOffice { desk in
            let old = try #require(try await desk.upload(1...2).number)
            #expect(try await desk.enter([1]) == 1)
            guard case .changed(let new) = try await Self.apply(old, as: .group, desk) else {
                Issue.record("applied a plan that no longer holds")
                return
            }
            let before = try #require(try await desk.office.reading.plan(number: old))
            let after = try #require(try await desk.office.reading.plan(number: new))
            #expect(before.state == .replaced && after.replaces == before.id)
            await #expect(throws: Refusal.conflict(.planIsReplaced)) {
                try await Self.apply(old, as: .group, desk)
            }
        }
    }
}
