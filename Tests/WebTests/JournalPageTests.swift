import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

@testable import Web

/// 記録, in browsers of the office.
@Suite struct JournalPageTests {
    private static func signedIn(
        _ email: String, _ desk: isolated OfficeDesk, _ rights: OfficeRights = .every
    ) async throws -> Browser {
        let password = try await desk.office.addAccount(
            NewAccount(
                email: email, name: "担当 \(email.prefix(1))", role: .office,
                organizationCode: nil, rights: rights), by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", email), ("password", password)])
        return browser
    }

    /// A correction by its owner, which says what was before and after.
    private static func corrected(_ desk: isolated OfficeDesk) async throws -> String {
        var applicant = Browser(desk.office)
        let receipt = try await applicant.apply(1, desk)
        try await applicant.openOwn(receipt, 1, desk)
        try await applicant.open("/my/correction")
        let answers = Browser.answers(1).filter { $0.0 != "street" } + [("street", "永田町9-9-9")]
        try await applicant.send("/my/correction", answers)
        return receipt
    }

    @Test func whatWasDoneIsFoundByActActorDayOrganizationAndNumber() async throws {
        try await withOffice { desk in
            let receipt = try await Self.corrected(desk)
            var browser = try await Self.signedIn("a@enroll.example", desk)
            try await browser.open("/journal")
            #expect(browser.text.contains("アカウントの登録") && browser.text.contains("応募"))
            #expect(!browser.text.contains("<td role=\"cell\" data-l=\"なにを\">\n  ログイン"))
            let today = desk.office.today
            for (query, isFound) in [
                ("act=add_account", true), ("act=merge_people", false),
                ("account=operators", true), ("account=operators&act=submit", false),
                ("from=\(today)&until=\(today)", true),
                ("until=2025-12-31", false),
                ("from=\(today.adding(days: 1))", false), ("organization=demo-hospital", true),
                ("organization=nobody", false), ("number=\(receipt)", true),
                ("number=26-0000", false), ("act=sign_in", true),
                ("act=add_account&before=1", false),
            ] {
                try await browser.open("/journal?\(query)")
                #expect(browser.page.status == .ok)
                let isEmpty = browser.text.contains("あてはまる記録はありません。")
                #expect(isEmpty != isFound, "\(query)")
            }
            try await browser.open("/journal?from=x&until=y")
            #expect(browser.page.status == .unprocessable)
            #expect(browser.problem(of: "until")?.contains("読み取れません") == true)
        }
    }

    @Test func whatApplicantsAreIsForThoseWhoMaySeeApplicants() async throws {
        try await withOffice { desk in
            let receipt = try await Self.corrected(desk)
            var whole = try await Self.signedIn("a@enroll.example", desk)
            var keeper = try await Self.signedIn(
                "b@enroll.example", desk, OfficeRights([.administration]))
            let path = "/journal?act=correct&number=\(receipt)"
            try await whole.open(path)
            #expect(whole.text.contains("永田町9-9-9"))
            try await keeper.open(path)
            #expect(keeper.page.status == .ok && !keeper.text.contains("永田町9-9-9"))
            #expect(keeper.text.contains("応募の内容を見る権限がある人だけに出ます"))
            #expect(!keeper.text.contains("/people/person?"))
            let seen = try await desk.count(
                "SELECT count(*) AS n FROM events WHERE act = 'open_journal'")
            #expect(seen == 2)
        }
    }

    @Test func pagesGoOnByKey() async throws {
        try await withOffice { desk in
            for number in 1...60 {
                _ = try await desk.office.addAccount(
                    NewAccount(
                        email: "x\(number)@enroll.example", name: "人", role: .ministry,
                        organizationCode: nil), by: .operator("test"))
            }
            var browser = try await Self.signedIn("a@enroll.example", desk)
            try await browser.open("/journal?act=add_account&account=operators")
            let link = try #require(
                browser.text.firstMatch(of: /href="(\/journal\?before=[^"]+)"/)?.output.1)
            try await browser.open(String(link).replacing("&amp;", with: "&"))
            #expect(browser.text.contains("アカウントの登録") && !browser.text.contains("これより前の記録"))
        }
    }

    @Test func aPlanIsFoundByItsNumberAsItIsWritten() async throws {
        try await withOffice { desk in
            let plan = try await desk.office.planAppointments(
                by: Decision(decidedOn: desk.office.today, number: "1"), by: .operator("office"))
            var browser = try await Self.signedIn("a@enroll.example", desk)
            try await browser.open("/journal?number=\(plan.number)")
            #expect(browser.text.contains("下見　\(plan.number)"), "\(plan.number)")
        }
    }

    @Test func groupsAreCalledByTheirNamesAndTheDayIsTheOrganizations() async throws {
        try await withOffice { desk in
            _ = try await desk.office.changeOrganization(
                "demo-hospital", number: "", group: "others",
                seen: (number: "", group: "hospitals"),
                by: .operator("test"))
            _ = try await desk.office.endOrganization(
                "demo-hospital", on: desk.office.today, seen: nil, by: .operator("test"))
            var browser = try await Self.signedIn("a@enroll.example", desk)
            try await browser.open("/journal?act=change_organization")
            #expect(browser.text.contains("その他の団体") && !browser.text.contains("others"))
            try await browser.open("/journal?act=close_organization")
            #expect(browser.text.contains("団体がなくなる日"))
            #expect(!browser.text.contains("任命が効かなくなる日"))
        }
    }
}
