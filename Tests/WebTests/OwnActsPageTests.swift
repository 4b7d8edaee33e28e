import Enrollment
import HTTP
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What else the own page lets its owner do: another address, the steps, a copy of their data; and
/// what somebody does who has lost the receipt.
@Suite struct OwnActsPageTests {
    private static let new = "new.one@example.jp"

    private static func own(
        _ desk: isolated OfficeDesk
    ) async throws -> (Browser, receipt: String) {
        var browser = Browser(desk.office)
        let receipt = try await browser.apply(1, desk)
        try await browser.openOwn(receipt, 1, desk)
        return (browser, receipt)
    }

    @Test func theAddressIsChangedByACodeAndStandsInNoLink() async throws {
        try await withOffice { desk in
            var (browser, _) = try await Self.own(desk)
            #expect(browser.text.contains("href=\"/my/mail\""))
            try await browser.open("/my/mail/code")
            #expect(browser.path == "/my/mail", "nobody has asked for a code")
            try await browser.send("/my/mail", [("email", Self.new)])
            #expect(browser.path == "/my/mail/code")
            #expect(browser.text.contains("\(Self.new) に送った6けたの番号"))
            try await browser.send("/my/mail/code", [("code", "12")])
            #expect(browser.page.status == .unprocessable)
            let code = try #require(try await desk.newestCode(to: Self.new))
            let before = browser
            try await browser.send("/my/mail/code", [("code", code)])
            #expect(browser.path == "/my?saved=mail")
            #expect(browser.text.contains("メールアドレスを変えました。"))
            #expect(browser.answer("メールアドレス") == Self.new)
            var twice = before
            try await twice.send("/my/mail/code", [("code", code)])
            #expect(twice.path == "/my?saved=mail")
        }
    }

    @Test func whatIsNoNewAddressIsSaidBesideIt() async throws {
        try await withOffice { desk in
            var (browser, _) = try await Self.own(desk)
            try await browser.open("/my/mail")
            for typed in ["", "a@", Invented.email(1)] {
                try await browser.send("/my/mail", [("email", typed)])
                #expect(browser.page.status == .unprocessable)
                #expect(browser.problem(of: "email") != nil)
                #expect(browser.value(of: "email") == typed)
            }
        }
    }

    @Test func theStepsSayWhatWasAndWhatComes() async throws {
        try await withOffice { desk in
            var (browser, _) = try await Self.own(desk)
            #expect(browser.text.contains("これまでと、これから"))
            let trail = try #require(browser.markup(from: "<ol class=\"trail\">", to: "</ol>"))
            #expect(trail.contains("応募を受け付けました") && trail.contains("2026年11月24日"))
            #expect(trail.contains("aria-current=\"step\"") && trail.contains("任命が決まります"))
            try await appoint(desk)
            try await browser.open("/my")
            let after = try #require(browser.markup(from: "<ol class=\"trail\">", to: "</ol>"))
            #expect(after.contains("2026年11月24日から") && after.contains("2027年3月31日"))
        }
    }

    @Test func theCopyOfTheDataIsAFileThatNobodyKeeps() async throws {
        try await withOffice { desk in
            var (browser, receipt) = try await Self.own(desk)
            try await browser.open("/my/data")
            #expect(browser.path == "/my", "opened by itself it does nothing")
            try await browser.send("/my/data")
            let page = try #require(browser.page)
            #expect(page.status == .ok && page.text.contains(receipt))
            #expect(page.headers[.contentType] == "application/json")
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(
                page.headers[.contentDisposition]?.description.contains("attachment") == true)
        }
    }

    @Test func whoHasLostTheReceiptSeesTheSameWhateverThereIs() async throws {
        try await withOffice { desk in
            var known = Browser(desk.office)
            let receipt = try await known.apply(1, desk)
            var pages: [String] = []
            for email in [Invented.email(1), "nobody@example.jp", "nobody.else@example.com"] {
                var browser = Browser(desk.office)
                try await browser.open("/status")
                #expect(browser.text.contains("href=\"/status/receipts\""))
                try await browser.open("/status/receipts")
                try await browser.send("/status/receipts", [("email", email)])
                #expect(browser.path == "/status/receipts?sent=yes")
                pages.append(browser.text.replacing(/name="csrf" value="[^"]*"/, with: ""))
            }
            #expect(Set(pages).count == 1 && !pages[0].contains(receipt))
            let told = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("receipts-")
            }
            #expect(told.map { $0.body.contains(receipt) } == [true, false, false])
        }
    }

    @Test(arguments: [" ", "zz", "a..b@example.jp"])
    func whatCanBeNobodysAddressIsAskedForAgain(typed: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/status/receipts")
            try await browser.send("/status/receipts", [("email", typed)])
            #expect(browser.page.status == .unprocessable)
            #expect(browser.problem(of: "email") != nil)
            #expect(browser.value(of: "email") == typed)
        }
    }
}
