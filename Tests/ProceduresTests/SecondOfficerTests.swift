import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 二人目の確認 of what appoints very many people, and of the turn of a year.
@Suite struct SecondOfficerTests {
    /// Two officers; gives their accounts.
    private static func officers(
        _ desk: isolated OfficeDesk, above count: Int = 1
    ) async throws -> [Int] {
        desk.set { $0.secondOfficer = .above(count) }
        var ids: [Int] = []
        for email in ["one@example.jp", "two@example.jp"] {
            _ = try await desk.office.addAccount(
                NewAccount(email: email, name: email, role: .office, organizationCode: nil),
                by: .operator("test"))
            ids.append(try await desk.office.accountNumber(email))
        }
        return ids
    }

    private static func plan(_ desk: isolated OfficeDesk, by account: Int) async throws -> String {
        for number in 1...2 { _ = try await desk.approved(number) }
        return try await desk.office.planAppointments(by: desk.decision, by: .account(account))
            .number
    }

    private static func waiting(
        _ number: String, _ desk: isolated OfficeDesk
    ) async throws -> ConfirmationRecord? {
        let plan = try #require(try await desk.office.reading.plan(number: number))
        return try await desk.office.secondOfficerOutlook(of: plan, for: .operator("nobody"))?
            .waiting
    }

    private static func jobs(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT count(*) AS n FROM jobs")
    }

    @Test func anotherOfficerThanTheFirstConfirms() async throws {
        try await withOffice { desk in
            let ids = try await Self.officers(desk)
            let plan = try await Self.plan(desk, by: ids[0])
            for _ in 0..<2 { try await desk.office.askToApply(plan, by: .account(ids[0])) }
            #expect(try await Self.jobs(desk) == 0)
            let asked = try #require(try await Self.waiting(plan, desk))
            #expect(asked.asker.actor == .account(ids[0]))
            await #expect(throws: Refusal.conflict(.anotherOfficerConfirms)) {
                try await desk.office.askToApply(
                    plan, as: .second(asked.id), by: .account(ids[0]))
            }
            // An old page of whoever thinks that they are the first.
            await #expect(throws: Refusal.conflict(.confirmationHasChanged)) {
                try await desk.office.askToApply(plan, by: .account(ids[1]))
            }
            #expect(try await Self.jobs(desk) == 0)
            try await desk.office.askToApply(plan, as: .second(asked.id), by: .account(ids[1]))
            #expect(try await Self.jobs(desk) == 1)
            #expect(
                try await desk.office.applyAppointments(plan, by: .worker) == .applied(count: 2))
            let said = try await desk.texts(
                """
                SELECT act || ' ' || actor AS text FROM events
                WHERE act LIKE '%second_officer' OR act = 'confirm_plan' ORDER BY id
                """)
            #expect(
                said == [
                    "ask_second_officer account:\(ids[0])",
                    "confirm_as_second_officer account:\(ids[1])",
                    "confirm_plan account:\(ids[1])",
                ])
        }
    }

    @Test func nothingIsDoneWithoutTheSecond() async throws {
        try await withOffice { desk in
            let ids = try await Self.officers(desk)
            let plan = try await Self.plan(desk, by: ids[0])
            await #expect(throws: Refusal.conflict(.secondOfficerIsMissing)) {
                try await desk.office.applyAppointments(plan, by: .account(ids[0]))
            }
            #expect(try await desk.office.reading.plan(number: plan)?.state == .planned)
        }
    }

    @Test func fewPeopleNeedNobodyBesides() async throws {
        try await withOffice { desk in
            let ids = try await Self.officers(desk, above: 2)
            let plan = try await Self.plan(desk, by: ids[0])
            try await desk.office.askToApply(plan, by: .account(ids[0]))
            #expect(try await Self.jobs(desk) == 1)
        }
    }

    @Test func itIsDeclinedWithAReasonAndWithdrawnByWhoeverAsked() async throws {
        try await withOffice { desk in
            let ids = try await Self.officers(desk)
            let plan = try await Self.plan(desk, by: ids[0])
            try await desk.office.askToApply(plan, by: .account(ids[0]))
            let first = try #require(try await Self.waiting(plan, desk)).id
            await #expect(throws: Refusal.conflict(.anotherOfficerConfirms)) {
                try await desk.office.declinePlan(
                    plan, confirmation: first, because: "自分で", by: .account(ids[0]))
            }
            await #expect(throws: Refusal.conflict(.anotherOfficerConfirms)) {
                try await desk.office.withdrawPlan(
                    plan, confirmation: first, by: .account(ids[1]))
            }
            try await desk.office.declinePlan(
                plan, confirmation: first, because: "決裁番号が違う", by: .account(ids[1]))
            let record = try #require(try await desk.office.reading.plan(number: plan))
            let outlook = try #require(
                try await desk.office.secondOfficerOutlook(of: record, for: .account(ids[0])))
            #expect(outlook.waiting == nil && outlook.last?.reason == "決裁番号が違う")
            #expect(outlook.others.map(\.id).contains(ids[1]))
            #expect(!outlook.others.map(\.id).contains(ids[0]))
            try await desk.office.askToApply(plan, by: .account(ids[0]))
            let second = try #require(try await Self.waiting(plan, desk)).id
            try await desk.office.withdrawPlan(plan, confirmation: second, by: .account(ids[0]))
            await #expect(throws: Refusal.conflict(.confirmationHasChanged)) {
                try await desk.office.askToApply(
                    plan, as: .second(second), by: .account(ids[1]))
            }
            #expect(try await Self.jobs(desk) == 0)
        }
    }

    @Test func whatChangedSinceIsShownAndNeedsTheSecondAnew() async throws {
        try await withOffice { desk in
            let ids = try await Self.officers(desk)
            let plan = try await Self.plan(desk, by: ids[0])
            try await desk.office.askToApply(plan, by: .account(ids[0]))
            let asked = try #require(try await Self.waiting(plan, desk))
            let id = try await desk.count("SELECT min(id) AS n FROM applications")
            try await desk.office.reopen(id, seen: .approved, by: .account(ids[0]))
            _ = try await desk.approved(3)
            _ = try await desk.approved(4)
            let record = try #require(try await desk.office.reading.plan(number: plan))
            let outlook = try await desk.office.secondOfficerOutlook(
                of: record, for: .account(ids[1]))
            #expect(outlook?.changes == PlanDifferences(came: 2, left: 1, changed: 0))
            try await desk.office.askToApply(plan, as: .second(asked.id), by: .account(ids[1]))
            let result = try await desk.office.applyAppointments(plan, by: .worker)
            guard case .changed(let newer) = result else { throw Unfit() }
            await #expect(throws: Refusal.conflict(.secondOfficerIsMissing)) {
                try await desk.office.applyAppointments(newer, by: .worker)
            }
            #expect(try await Self.waiting(newer, desk) == nil)
        }
    }

    @Test func whoeverMayNoLongerAppointHasAskedForNothing() async throws {
        try await withOffice { desk in
            let ids = try await Self.officers(desk)
            let plan = try await Self.plan(desk, by: ids[0])
            try await desk.office.askToApply(plan, by: .account(ids[0]))
            let asked = try #require(try await Self.waiting(plan, desk))
            _ = try await desk.rows(
                "UPDATE accounts SET rights = ARRAY['review'] WHERE id = \(ids[0])")
            #expect(try await Self.waiting(plan, desk)?.mayStillAsk == false)
            await #expect(throws: Refusal.conflict(.confirmationHasChanged)) {
                try await desk.office.askToApply(
                    plan, as: .second(asked.id), by: .account(ids[1]))
            }
        }
    }

    /// The turn of the year needs two however few there are, under the decision that was shown.
    @Test func theTurnOfTheYearIsOfTwo() async throws {
        try await withOffice(on: Day("2027-04-01")!) { desk in
            let ids = try await Self.officers(desk, above: 1_000)
            try await desk.office.openFiscalYear(desk.office.year, by: .operator("office"))
            let plan = try await desk.office.planRenewal(
                to: desk.office.year, by: nil, by: .account(ids[0]))
            try await desk.office.askToApply(
                plan.number, under: desk.decision, by: .account(ids[0]))
            let asked = try #require(try await Self.waiting(plan.number, desk))
            await #expect(throws: Refusal.conflict(.confirmationHasChanged)) {
                try await desk.office.askToApply(
                    plan.number,
                    under: Decision(decidedOn: desk.office.today, number: "別の番号"),
                    by: .account(ids[0]))
            }
            #expect(
                try await desk.office.reading.plan(number: plan.number)?.decision
                    == desk.decision)
            try await desk.office.askToApply(
                plan.number, as: .second(asked.id), by: .account(ids[1]))
            #expect(try await Self.jobs(desk) == 1)
        }
    }
}
