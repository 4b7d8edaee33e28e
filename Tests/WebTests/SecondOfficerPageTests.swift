import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 二人目の確認 on the page of a plan.
@Suite struct SecondOfficerPageTests {
    /// Two officers who are signed in, and a plan that needs both.
    private static func officers(
        _ desk: isolated OfficeDesk
    ) async throws -> (one: Browser, two: Browser, plan: String) {
        desk.set { $0.secondOfficer = .above(1) }
        _ = try await QueuePageTests.fill(desk)
        let ids = try await desk.office.reading.queue(QueueFilter(year: desk.office.year)).map(\.id)
        _ = try await desk.office.approve(ids, by: .operator("office"))
        let plan = try await desk.office.planAppointments(
            by: Decision(decidedOn: desk.office.today, number: "デ総第1号"),
            by: .operator("office"))
        return (
            try await officer("一郎", desk), try await officer("二郎", desk),
            "/plans?number=\(plan.number)"
        )
    }

    private static func officer(
        _ name: String, _ desk: isolated OfficeDesk
    ) async throws -> Browser {
        let email = "\(name == "一郎" ? "one" : "two")@example.jp"
        let password = try await desk.office.addAccount(
            NewAccount(email: email, name: name, role: .office, organizationCode: nil),
            by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", email), ("password", password)])
        return browser
    }

    @Test func theFirstAsksAndTheSecondConfirms() async throws {
        try await withOffice { desk in
            var (one, two, plan) = try await Self.officers(desk)
            try await one.open(plan)
            #expect(one.text.contains("この下見の実行には、もう一人の確認が必要です。"))
            #expect(one.text.contains("確認できる人：二郎"))
            let old = one
            try await one.send("/plans/apply")
            #expect(one.text.contains("もう一人の確認を待っています"))
            #expect(try await desk.count("SELECT count(*) AS n FROM jobs") == 0)
            try await two.open(plan)
            #expect(two.answer("確認を頼んだ人") == "事務局　一郎")
            #expect(two.answer("頼まれてから変わったこと") == "ありません")
            #expect(two.answer("決裁番号") == "デ総第1号")
            var again = old
            try await again.send("/plans/apply")
            #expect(try await desk.count("SELECT count(*) AS n FROM jobs") == 0)
            try await two.send("/plans/apply")
            #expect(try await desk.count("SELECT count(*) AS n FROM jobs") == 1)
            #expect(two.text.contains("実行しています。"))
            #expect(two.answer("確認を頼んだ人")?.hasPrefix("事務局　一郎（") == true)
            #expect(two.answer("確認した人")?.hasPrefix("事務局　二郎（") == true)
        }
    }

    @Test func theSecondDeclinesWithAReasonThatTheFirstReads() async throws {
        try await withOffice { desk in
            var (one, two, plan) = try await Self.officers(desk)
            try await one.open(plan)
            try await one.send("/plans/apply")
            try await two.open(plan)
            let seen = two
            try await two.send("/plans/decline")
            #expect(two.text.contains("理由を入力してください。"))
            try await two.send("/plans/decline", [("because", "決裁番号が違います")])
            try await one.open(plan)
            #expect(one.text.contains("実行しないという答えでした"))
            #expect(one.text.contains("決裁番号が違います"))
            try await one.open("/today")
            #expect(one.text.contains("あなたが頼み、実行しないという答えだった下見：1件"))
            #expect(one.text.contains("決裁番号が違います"))
            try await two.open("/today")
            #expect(!two.text.contains("実行しないという答え"))
            // A page of before confirms nothing.
            var late = seen
            try await late.send("/plans/apply")
            #expect(late.page.status == .conflict)
            #expect(try await desk.count("SELECT count(*) AS n FROM jobs") == 0)
        }
    }

    @Test func whoeverAskedAsksNoMore() async throws {
        try await withOffice { desk in
            var (one, two, plan) = try await Self.officers(desk)
            try await one.open(plan)
            try await one.send("/plans/apply")
            try await two.open(plan)
            try await one.send("/plans/withdraw")
            #expect(one.text.contains("この下見の実行には、もう一人の確認が必要です。"))
            try await two.send("/plans/apply")
            #expect(two.page.status == .conflict && two.heading == "確認の頼みが変わっています")
            try await two.open(plan)
            #expect(two.text.contains("確認できる人：一郎"))
        }
    }
}
