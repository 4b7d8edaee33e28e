import Enrollment
import HTTP
import Logging
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 決裁の対象: whom of all who are approved a decision is about.
@Suite struct DecisionScopePageTests {
    /// Two of an organization and two who apply alone, approved; gives the names.
    private static func approved(_ desk: isolated OfficeDesk) async throws -> [String] {
        let names = try await QueuePageTests.fill(desk)
        let ids = try await desk.office.reading.queue(QueueFilter(year: desk.office.year)).map(\.id)
        _ = try await desk.office.approve(ids, by: .operator("office"))
        return names
    }

    private static func appointed(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts(
            """
            SELECT family_name || ' ' || given_name AS text FROM applications a
            WHERE EXISTS (SELECT FROM appointments p WHERE p.application_id = a.id) ORDER BY id
            """)
    }

    private static func plan(
        _ office: inout Browser, _ desk: isolated OfficeDesk, _ scope: [(String, String)]
    ) async throws {
        try await office.open("/decisions")
        try await office.send(
            "/decisions",
            [
                ("decided_on", desk.office.today.description), ("decision_number", "デ総第1号"),
            ] + scope)
    }

    @Test func onlyThoseOfTheChosenOrganizationAreAppointed() async throws {
        try await withOffice { desk in
            let names = try await Self.approved(desk)
            let hospital = try await desk.count(
                "SELECT id AS n FROM organizations WHERE code = 'demo-hospital'")
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await Self.plan(&office, desk, [("of", String(hospital))])
            #expect(office.answer("任命する人") == "2人" && office.answer("今回は任命しない人") == "0人")
            #expect(office.answer("決裁の対象")?.contains("病院") == true)
            try await office.send("/plans/apply")
            _ = try await desk.office.doOneJob(logger: Logger(label: "test"))
            #expect(try await Self.appointed(desk) == Array(names[1...2]))
            try await Self.plan(&office, desk, [("kind", "promoter"), ("of", "alone")])
            #expect(office.answer("任命する人") == "2人")
            try await office.send("/plans/apply")
            _ = try await desk.office.doOneJob(logger: Logger(label: "test"))
            #expect(try await Self.appointed(desk) == names)
        }
    }

    @Test func whoeverIsLeftOutWaitsAndIsTakenInAgain() async throws {
        try await withOffice { desk in
            let names = try await Self.approved(desk)
            let first = try await desk.count("SELECT min(id) AS n FROM applications")
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await Self.plan(&office, desk, [])
            #expect(office.answer("任命する人") == "4人" && office.answer("決裁の対象") == nil)
            let old = office
            try await office.send("/plans/people", [("application", String(first))])
            #expect(office.answer("任命する人") == "3人" && office.answer("今回は任命しない人") == "1人")
            let left = office.path
            try await office.open(left + "&outcome=waits")
            #expect(office.text.contains("この決裁から外しました。ほかの決裁で任命できます。"))

            var slower = old
            try await slower.send("/plans/people", [("application", String(first))])
            #expect(slower.page.status == .conflict)
            slower = old
            try await slower.send("/plans/apply")
            #expect(slower.text.contains("新しい下見を見る") && slower.text.contains("もう実行できません"))
            #expect(try await Self.appointed(desk).isEmpty)

            try await office.send("/plans/people", [("application", String(first))])
            #expect(office.answer("任命する人") == "4人")
            try await office.send("/plans/people", [("application", String(first))])
            try await office.send("/plans/apply")
            _ = try await desk.office.doOneJob(logger: Logger(label: "test"))
            #expect(try await Self.appointed(desk) == Array(names[1...]))
        }
    }

    /// On another day a plan is made again first: of the same scope, whoever else came meanwhile.
    @Test func thePlanOfAnotherDaySaysTheSameOfItsScope() async throws {
        try await withOffice { desk in
            _ = try await Self.approved(desk)
            let decision = Decision(decidedOn: desk.office.today, number: "デ総第1号")
            let plan = try await desk.office.planAppointments(
                by: decision, of: DecisionScope(applicants: [.alone]), by: .operator("office"))
            #expect(plan.count == PlannedCount(appoint: 2, wait: 0))
            try await desk.move(by: 86_400)
            var visitor = Browser(desk.office)
            try await visitor.apply(5, desk)
            let done = try await desk.office.applyAppointments(
                plan.number, by: .operator("office"))
            #expect(done == .applied(count: 2))
        }
    }

    @Test func whatIsNoChoiceAnyMoreIsSaidAndWhatWasTypedStays() async throws {
        try await withOffice { desk in
            _ = try await Self.approved(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            for scope in [("of", "999999"), ("of", "x"), ("kind", "x")] {
                try await Self.plan(&office, desk, [scope])
                #expect(office.page.status == .unprocessable, "\(scope)")
                #expect(office.text.contains("対象を選び直してください。"))
                #expect(office.text.contains("value=\"デ総第1号\""))
            }
            let plans = try await desk.count(
                "SELECT count(*) AS n FROM plans WHERE act = 'appoint'")
            #expect(plans == 0)
        }
    }
}
