import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 区分変更: nobody is 推進委員 and よびかけ員 on one day.
@Suite struct KindTests {
    @Test func aPromoterWaitsForADecisionOfALaterDayThanTheCallerBegan() async throws {
        try await withOffice { desk in
            try await desk.becomeCaller(1)
            _ = try await desk.approved(1)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            #expect(plan.count == PlannedCount(appoint: 0, wait: 1))
            #expect(try await desk.waiting(in: plan.number) == ["is_caller"])
            #expect(try await desk.actives() == ["caller"])

            try await desk.move(by: 86_400)
            try await desk.appointAll()
            #expect(try await desk.actives() == ["promoter"])
        }
    }

    @Test func theJournalSaysWhichStateAndWhichEndWasBefore() async throws {
        try await withOffice { desk in
            let caller = try await desk.becomeCaller(1)
            let promoter = try await desk.approved(1)
            try await desk.move(by: 86_400)
            try await desk.appointAll()
            try await desk.office.resign(application: promoter, by: .applicant)
            let rejected = try await desk.id(of: desk.apply(2))
            try await desk.office.reject(rejected, because: "理由", by: .operator("office"))
            let said = try await desk.texts(
                """
                SELECT act || ' ' || detail AS text FROM events
                WHERE act IN ('approve', 'reject', 'appoint', 'supersede', 'resign') ORDER BY id
                """)
            let approval = #"approve {"before":"submitted","after":"approved"}"#
            let year = #""ends_on":"2027-04-01"}"#
            #expect(
                said == [
                    approval,
                    #"appoint {"application":\#(caller),"from":"2026-11-24",\#(year)"#,
                    approval,
                    #"supersede {"before":{"ends_on":"2027-04-01"},"after":{"ends_on":"2026-11-25"}}"#,
                    #"appoint {"application":\#(promoter),"from":"2026-11-25",\#(year)"#,
                    #"resign {"before":{"ends_on":"2027-04-01"},"after":{"ends_on":"2026-11-25"}}"#,
                    #"reject {"before":"submitted","after":"rejected"}"#,
                ])
        }
    }

    @Test func aDecisionOfADayBeforeTheCallerBeganWaitsToo() async throws {
        try await withOffice { desk in
            let before = desk.office.today
            _ = try await desk.apply(1)
            try await desk.move(by: 86_400 * 3)
            try await desk.becomeCaller(1)
            try await desk.move(by: 86_400)
            try await desk.approveAll()
            let decision = Decision(decidedOn: before, number: "1")
            let plan = try await desk.office.planAppointments(by: decision, by: .operator("office"))
            #expect(try await desk.waiting(in: plan.number) == ["is_caller"])
        }
    }

    @Test func whoResignedAsCallerBecomesPromoterFromThatDayOnAndNotBefore() async throws {
        try await withOffice { desk in
            let caller = try await desk.becomeCaller(1)
            _ = try await desk.apply(1)
            try await desk.move(by: 86_400 * 2)
            let before = desk.office.today.adding(days: -1)
            try await desk.office.resign(application: caller, by: .applicant)
            try await desk.approveAll()
            let early = Decision(decidedOn: before, number: "1")
            let plan = try await desk.office.planAppointments(by: early, by: .operator("office"))
            #expect(try await desk.waiting(in: plan.number) == ["is_caller"])

            try await desk.appointAll()
            #expect(try await desk.actives() == ["promoter"])
        }
    }

    @Test func ofBothKindsApprovedOnlyThePromoterIsAppointed() async throws {
        try await withOffice { desk in
            try await desk.approvedCaller(1)
            _ = try await desk.approved(1)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            #expect(plan.count == PlannedCount(appoint: 1, wait: 1))
            #expect(try await desk.waiting(in: plan.number) == ["becomes_promoter"])
            _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
            let again = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            #expect(try await desk.waiting(in: again.number) == ["is_promoter"])
            #expect(try await desk.actives() == ["promoter"])
        }
    }

    @Test func aPlanOfTheSameDayIsMadeAgainWhenAnotherAppointedSomebodyInTheOtherKind() async throws
    {
        try await withOffice { desk in
            try await desk.approvedCaller(1)
            let callers = try await desk.office.planAppointments(
                by: desk.decision, by: .operator("office"))
            #expect(callers.count.appoint == 1)
            _ = try await desk.approved(1)
            try await desk.appointAll()
            let result = try await desk.office.applyAppointments(
                callers.number, by: .operator("office"))
            guard case .changed(let number) = result else {
                Issue.record("a caller was appointed who is a promoter")
                return
            }
            #expect(try await desk.waiting(in: number) == ["is_promoter"])
            #expect(try await desk.actives() == ["promoter"])
        }
    }

    @Test func onTheFirstOfAprilARenewedCallerBecomesPromoterADayLater() async throws {
        try await withOffice { desk in
            try await desk.becomeCaller(1)
            try await desk.turnTheYear()
            _ = try await desk.renewAll()
            _ = try await desk.approved(1)
            try await desk.appointAll()
            #expect(try await desk.actives() == ["caller"])
            try await desk.move(by: 86_400)
            try await desk.appointAll()
            #expect(try await desk.actives() == ["promoter"])
        }
    }

    @Test func whoChangedTheKindBeforeALateRenewalIsNotRenewedInTheOldOne() async throws {
        try await withOffice { desk in
            try await desk.becomeCaller(1)
            _ = try await desk.approved(2)
            try await desk.appointAll()
            try await desk.turnTheYear()
            try await desk.move(by: 86_400)
            _ = try await desk.approved(1)
            try await desk.approvedCaller(2)
            try await desk.appointAll()
            try await desk.move(by: 86_400)
            #expect(try await desk.renewAll() == [.renewing(.alreadyApplied): 2])
            #expect(try await desk.actives() == ["caller", "promoter"])
        }
    }
}

extension OfficeDesk {
    @discardableResult
    fileprivate func approvedCaller(_ number: Int) async throws -> Int {
        let receipt = try await apply(number) {
            $0["applicant_kind"] = "caller"
            $0["eligibility_category"] = "community_caller"
        }
        let id = try await id(of: receipt)
        _ = try await office.approve([id], by: .operator("office"))
        return id
    }

    @discardableResult
    fileprivate func becomeCaller(_ number: Int) async throws -> Int {
        let id = try await approvedCaller(number)
        try await appointAll()
        return id
    }

    /// The kinds of everybody active today, in the order of the words.
    fileprivate func actives() async throws -> [String] {
        let numbers = try await office.numbers(
            on: await office.basis(asOf: office.today, known: .now))
        #expect(numbers.differences.isEmpty)
        return [Kind.caller, .promoter].flatMap { kind in
            Array(repeating: kind.rawValue, count: numbers.total(office.year, kind).active)
        }
    }

    fileprivate func waiting(in number: String) async throws -> [String] {
        try await texts(
            """
            SELECT l.detail AS text FROM plan_lines l JOIN plans p ON p.id = l.plan_id
            WHERE p.number = \(number) AND l.outcome = 'waits' ORDER BY l.position
            """)
    }

    /// Ten in the morning of the next 1 April, with its lists open.
    fileprivate func turnTheYear() async throws {
        try await office.openFiscalYear(office.year.next, by: .operator("office"))
        try await move(to: Instant(startOf: office.year.next.firstDay).adding(seconds: 36_000))
    }

    fileprivate func renewAll() async throws -> [PlanOutcome: Int] {
        let plan = try await office.planRenewal(
            to: office.year, by: decision, by: .operator("office"))
        let counts = try await office.reading.outcomes(of: plan.id)
        _ = try await office.applyRenewal(plan.number, by: .operator("office"))
        return counts
    }
}
