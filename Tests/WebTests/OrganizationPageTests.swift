import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

@testable import Web

/// 団体, in browsers of the office.
@Suite struct OrganizationPageTests {
    private static func keeper(_ desk: isolated OfficeDesk) async throws -> Browser {
        let email = "keeper@enroll.example"
        let password = try await desk.office.addAccount(
            NewAccount(email: email, name: "担当", role: .office, organizationCode: nil),
            by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", email), ("password", password)])
        return browser
    }

    @Test func anOrganizationIsOpenedRenamedFoundAndClosed() async throws {
        try await withOffice { desk in
            var browser = try await Self.keeper(desk)
            try await browser.open("/organizations/new")
            try await browser.send("/organizations/new", [("code", "X")])
            #expect(browser.page.status == .unprocessable)
            #expect(browser.problem(of: "code")?.contains("半角の英小文字") == true)
            try await browser.send(
                "/organizations/new",
                [
                    ("code", "east-hospital"), ("name", "東病院"), ("number", "8000012010038"),
                    ("kind", "399"), ("group", "hospitals"), ("category", "agency_approved"),
                    ("opens_on", "2026年4月1日"),
                ])
            #expect(browser.heading == "東病院" && browser.text.contains("ひらいています"))
            try await browser.send(
                "/organizations/rename", [("name", "東総合病院"), ("since", "2026年10月1日")])
            #expect(browser.heading == "東総合病院" && browser.text.contains("前の名前でも探せます。"))
            try await browser.open("/organizations?q=east-hospital")
            #expect(browser.text.contains("東総合病院"))
            try await browser.open("/organizations/organization?code=east-hospital")
            try await browser.send("/organizations/close", [("ends", "きのう")])
            #expect(browser.problem(of: "ends")?.contains("読み取れません") == true)
            try await browser.send("/organizations/close", [("ends", "2027年3月31日")])
            #expect(browser.text.contains("2027年3月31日にとじます"))
            var other = browser
            try await browser.send("/organizations/reopen")
            #expect(browser.text.contains("とじるのをやめました。"))
            try await other.send("/organizations/reopen")
            #expect(other.page.status == .ok, "a second press")
        }
    }

    @Test func placesAreAddedRenamedAndClosed() async throws {
        try await withOffice { desk in
            var browser = try await Self.keeper(desk)
            try await browser.open("/organizations/organization?code=demo-hospital")
            try await browser.send(
                "/organizations/places/add", [("new_path", "x/y"), ("new_place_name", "病棟")])
            #expect(browser.problem(of: "new_path")?.contains("まだありません") == true)
            try await browser.send(
                "/organizations/places/add", [("new_path", "east"), ("new_place_name", "東病院")])
            #expect(browser.text.contains("事業所の内容を登録しました。"))
            for (answers, told) in [
                ([("path", "east"), ("act", "rename"), ("place_name", "新東病院")], "新東病院"),
                (
                    [("path", "east"), ("act", "close"), ("place_ends", "2027年4月1日")],
                    "2027年4月1日になくなります"
                ), ([("path", "east"), ("act", "reopen")], "あります"),
            ] {
                try await browser.send("/organizations/places/change", answers)
                #expect(browser.page.status == .ok && browser.text.contains(told), "\(told)")
            }
            try await browser.send(
                "/organizations/places/change", [("path", "east"), ("act", "close")])
            #expect(browser.problem(of: "place_ends")?.contains("なくなる日を") == true)
        }
    }

    @Test func twoWhoOpenedThePageDoNotOverwriteEachOther() async throws {
        try await withOffice { desk in
            var one = try await Self.keeper(desk)
            try await one.open("/organizations/organization?code=demo-hospital")
            var other = one
            try await one.send(
                "/organizations/details", [("number", "8000012010038"), ("group", "hospitals")])
            #expect(one.text.contains("法人番号と団体グループを登録しました。"))
            try await other.send(
                "/organizations/details", [("number", ""), ("group", "others")])
            #expect(other.page.status == .conflict)
            let terms = [("category", "agency_approved"), ("opens_on", "2026年5月1日")]
            try await one.send("/organizations/terms", terms)
            #expect(one.text.contains("この年度の内容を登録しました。"))
            try await other.open("/organizations/organization?code=demo-hospital")
            #expect(other.text.contains("2026年5月1日"))
        }
    }
}
