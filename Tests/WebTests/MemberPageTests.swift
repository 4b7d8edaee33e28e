import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 名簿 of an organization on its pages: lists, one person, leavers.
@Suite struct MemberPageTests {
    private static func clerk(_ desk: isolated OfficeDesk) async throws -> Browser {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let plan = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile(1...3), coordinator: coordinator),
            of: "demo-hospital", by: .operator("test"))
        _ = try await desk.office.applyGroup(try #require(plan.number), by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.signIn(asClerkOf: "demo-hospital", desk)
        return browser
    }

    private static func ids(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.rows("SELECT id FROM applications ORDER BY id").map {
            "\(try $0.int("id"))"
        }
    }

    @Test func leaversAreNamedPlannedSaidAndTakenBack() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            let ids = try await Self.ids(desk)
            try await clerk.open("/group/members")
            #expect(clerk.text.contains("いまの名簿　3人") && clerk.text.contains("離れた人　0人"))
            try await clerk.send("/group/members/leaving")
            #expect(clerk.text.contains("離れた人を、名簿から選んでください。"))
            try await clerk.open("/group/members")
            try await clerk.send(
                "/group/members/leaving", [("application", ids[0]), ("application", ids[1])])
            #expect(clerk.text.contains("選んだ人（2人）"))
            try await clerk.send(
                "/group/members/leaving", [("left_because", ""), ("left_on", "2024-01-01")])
            #expect(clerk.summary(of: "left_because")?.contains("理由を選んで") == true)
            #expect(clerk.summary(of: "left_on")?.contains("2026年4月1日から") == true)
            try await clerk.send(
                "/group/members/leaving", [("left_because", "retired"), ("left_on", "2026-10-31")])
            #expect(clerk.text.contains("2人が離れたことを届け出ますか"))
            try await clerk.send("/group/members/leaving")
            #expect(clerk.text.contains("2人が離れたことを届け出ました。"))
            #expect(clerk.text.contains("退職（2026年10月31日）"))
            try await clerk.open("/group/members/person?application=\(ids[0])")
            #expect(clerk.answer("所属") == "離れた：退職（2026年10月31日）")
            try await clerk.send("/group/members/leaving/undo")
            #expect(clerk.text.contains("離れたという届け出を取り消しました。"))
            try await clerk.open("/group/members?of=left")
            try await clerk.send("/group/members/leaving/undo")
            try await clerk.open("/group/members")
            #expect(clerk.text.contains("いまの名簿　3人"))
        }
    }

    @Test func aPersonsPageSaysWhatTheOrganizationMayKnowAndCorrects() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            let id = try await Self.ids(desk)[0]
            let page = "/group/members/person?application=\(id)"
            try await clerk.open(page)
            #expect(clerk.answer("確認済み") == "まだ" && clerk.answer("視聴") == "済み")
            #expect(clerk.value(of: "email") == Invented.email(1))
            try await clerk.send(
                "/group/members/person/unit", [("affiliation_unit", "薬局")])
            #expect(clerk.text.contains("内容を直しました。"))
            #expect(clerk.value(of: "affiliation_unit") == "薬局")
            _ = try await desk.rows("UPDATE applications SET mail_confirmed_at = '2026-11-01'")
            try await clerk.open(page)
            #expect(clerk.value(of: "email") == "" && !clerk.text.contains(Invented.email(1)))
            try await clerk.send("/group/members/person/correction", [("phone", "03")])
            #expect(clerk.problem(of: "phone") != nil || clerk.summary(of: "phone") != nil)
            try await clerk.send("/group/members/person/correction", [("phone", "0398765432")])
            #expect(clerk.text.contains("本人に知らせました。"))
            #expect(clerk.text.contains("本人に知らせてある内容"))
        }
    }
}
