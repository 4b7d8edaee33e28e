import Enrollment
import HTTP
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing

@testable import Web

/// 自分のアカウント and パスワードを忘れたとき, in browsers.
@Suite struct OwnAccountPageTests {
    private static let email = "office@enroll.example"
    private static let new = "うみと やまと そらのいろ3つ"

    private static func password(_ desk: isolated OfficeDesk) async throws -> String {
        try await desk.office.addAccount(
            NewAccount(email: email, name: "担当", role: .office, organizationCode: nil),
            by: .operator("test"))
    }

    private static func signedIn(
        _ password: String, _ desk: isolated OfficeDesk
    ) async throws -> Browser {
        var browser = Browser(desk.office)
        browser.client = Client("203.0.113.9")
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", email), ("password", password)])
        return browser
    }

    @Test func aPasswordIsChangedAndTheOtherBrowserIsSignedOut() async throws {
        try await withOffice { desk in
            let password = try await Self.password(desk)
            var browser = try await Self.signedIn(password, desk)
            var other = try await Self.signedIn(password, desk)
            try await browser.open("/account")
            #expect(browser.text.contains("203.0.113.*") && browser.text.contains("いまの画面"))
            try await browser.open("/account/password")
            try await browser.send(
                "/account/password",
                [
                    ("password", password), ("new_password", Self.new),
                    ("new_password_again", Self.new),
                ])
            #expect(browser.heading == "自分のアカウント")
            #expect(browser.text.contains("パスワードを変えました。"))
            try await other.open("/queue")
            #expect(other.heading == "担当者のログイン")
        }
    }

    @Test func whatIsWrongIsSaidBesideItsFieldAndNothingIsSentBack() async throws {
        try await withOffice { desk in
            let password = try await Self.password(desk)
            var browser = try await Self.signedIn(password, desk)
            for (answers, field, told) in [
                (["", Self.new, Self.new], "password", "いまのパスワードを入力してください。"),
                ([password, "", ""], "new_password", "新しいパスワードを入力してください。"),
                ([password, Self.new, "x"], "new_password_again", "同じものを2回入力してください。"),
                ([password, "短い", "短い"], "new_password", "15文字以上にしてください。"),
                (["x", Self.new, Self.new], "password", "いまのパスワードが違います。"),
            ] {
                try await browser.open("/account/password")
                try await browser.send(
                    "/account/password",
                    Array(
                        zip(["password", "new_password", "new_password_again"], answers)))
                #expect(browser.page.status == .unprocessable)
                #expect(browser.problem(of: field)?.contains(told) == true, "\(told)")
                #expect(!browser.text.contains(Self.new) && !browser.text.contains(password))
            }
        }
    }

    @Test func aForgottenOneIsSetOnThePageThatAskedAndNowhereElse() async throws {
        try await withOffice { desk in
            _ = try await Self.password(desk)
            var browser = Browser(desk.office)
            try await browser.open("/sign-in")
            #expect(browser.text.contains("パスワードを忘れたとき"))
            try await browser.open("/sign-in/password")
            try await browser.send("/sign-in/password", [("email", Self.email)])
            let code = try #require(try await desk.newestCode(to: Self.email))
            let answers = [
                ("code", code), ("new_password", Self.new), ("new_password_again", Self.new),
            ]
            var stranger = Browser(desk.office)
            try await stranger.open("/sign-in/password")
            try await stranger.send("/sign-in/password", [("email", "nobody@example.jp")])
            #expect(stranger.text == browser.text.replacing(browser.csrf, with: stranger.csrf))
            try await stranger.send("/sign-in/password/code", answers)
            #expect(stranger.problem(of: "code") != nil)
            try await browser.send("/sign-in/password/code", answers)
            #expect(browser.heading == "担当者のログイン" && browser.text.contains("パスワードを決めました。"))
            try await browser.send(
                "/sign-in", [("email", Self.email), ("password", Self.new)])
            #expect(browser.heading != "担当者のログイン")
        }
    }

    @Test func oneSessionAndAllOthersAreEnded() async throws {
        try await withOffice { desk in
            let password = try await Self.password(desk)
            var browser = try await Self.signedIn(password, desk)
            var other = try await Self.signedIn(password, desk)
            try await browser.open("/account")
            try await browser.send("/account/sessions/end")
            #expect(browser.text.contains("その画面でのログインを終わらせました。"))
            try await other.open("/queue")
            #expect(other.heading == "担当者のログイン")
            var third = try await Self.signedIn(password, desk)
            try await browser.open("/account")
            try await browser.send("/account/sessions/end-others")
            #expect(!browser.text.contains("ほかの画面のログインをすべて終わらせる"))
            try await third.open("/queue")
            #expect(third.heading == "担当者のログイン")
        }
    }

    @Test(arguments: [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                + "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge（Windows）"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
                + "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Safari（iPhone）"
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Firefox（Mac）"
        ), ("curl/8.0", ""), ("<script>", ""),
    ])
    func aBrowserIsKnownByWordsOfOurs(_ agent: String, _ name: String) {
        #expect(Device(agent: agent).name == name)
    }
}

extension Browser {
    /// What makes the forms of this browser its own.
    fileprivate var csrf: String {
        text.firstMatch(of: /name="csrf" value="([^"]+)"/).map { String($0.output.1) } ?? ""
    }
}
