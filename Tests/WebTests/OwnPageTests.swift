import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What a volunteer sees of an application and an appointment, and what others see of the badge.
@Suite struct OwnPageTests {
    @Test func theProofShowsTheNameOfWhoAgreedWhileTheyAreAppointed() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk) { $0[.consentPublic] = "yes" }
            try await appoint(desk)
            let badge = try await browser.badge(desk)
            try await browser.open(badge)
            let name = "\(Invented.draft(1)[.familyName]) \(Invented.draft(1)[.givenName])"
            #expect(browser.heading.hasSuffix("この証明は有効です"))
            #expect(browser.text.contains("<dd>\(name)</dd>"))
            #expect(!browser.text.contains("お名前は、この画面では示しません。"))
            #expect(browser.page.headers[.cacheControl] == "no-store")
            #expect(browser.page.headers["X-Robots-Tag"] == "noindex")
            let json = badge.replacing("/verify/", with: "/ob2/assertions/")
            try await browser.open(json)
            #expect(browser.text.contains("\"type\":\"Assertion\""))
            #expect(!browser.text.contains(Invented.draft(1)[.familyName]))
            try await browser.openOwn(receipt, 1, desk)
            try await browser.send("/my/resign", [("sure", "yes")])
            try await browser.open(badge)
            #expect(browser.heading.hasSuffix("この証明は取り消されています"))
            #expect(!browser.text.contains(name))
        }
    }

    @Test func theProofIsSilentOfWhoDidNotAgreeAndAfterTheTerm() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            try await appoint(desk)
            try await browser.open(try await browser.badge(desk))
            #expect(browser.text.contains("お名前は、この画面では示しません。"))
            #expect(!browser.text.contains(Invented.draft(1)[.familyName]))
            _ = try await desk.rows("UPDATE applications SET public_consent = true")
            try await browser.open(browser.path)
            #expect(browser.text.contains(Invented.draft(1)[.familyName]))
            try await desk.move(to: Instant(startOf: Day("2027-04-01")!))
            try await browser.open(browser.path)
            #expect(browser.heading.hasSuffix("この証明は期限が切れています"))
            #expect(!browser.text.contains(Invented.draft(1)[.familyName]))
        }
    }

    @Test func theOwnPageShowsOneStateAndHowOneIsReached() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk) { $0[.phone] = "03-1234-5678" }
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "受付済み")
            #expect(browser.answer("メールアドレス") == Invented.email(1))
            #expect(browser.answer("電話番号") == "0312345678")
            #expect(browser.answer("住所") == "東京都千代田区紀尾井町1-3")
            #expect(!browser.text.contains("やめるとき"))
            try await appoint(desk)
            try await browser.open("/my")
            #expect(browser.answer("いまの状態") == "任命中")
            #expect(!browser.text.contains("任命済み"))
        }
    }

    @Test(arguments: [true, false])
    func whoResignsIsToldSoAndWhatItMeans(wantsBadge: Bool) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk) {
                $0[.badgeOptIn] = wantsBadge ? "yes" : "no"
            }
            try await appoint(desk)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.text.contains("やめる<span class=\"req\">※必須</span>"))
            #expect(browser.text.contains("オープンバッジは使えなくなります") == wantsBadge)
            try await browser.send("/my/resign", [("sure", "yes")])
            #expect(browser.answer("いまの状態") == "辞任")
            #expect(browser.text.contains("辞任の申し出を受け付けました。"))
            #expect(!browser.text.contains("任命済み"))
        }
    }

    @Test func afterTheTermTheOwnPageSaysThatItIsOver() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await appoint(desk)
            try await desk.move(to: Instant(startOf: Day("2027-04-01")!))
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "任期満了")
            #expect(browser.text.contains("任命の期間は2027年3月31日で終わりました。"))
        }
    }

    @Test func whoAsksTooOftenForTheStateStillUsesTheLastCode() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            for _ in 1...6 {
                try await desk.sendLetters()
                try await browser.open("/status")
                try await browser.send(
                    "/status", [("receipt", receipt), ("email", Invented.email(1))])
                #expect(browser.path == "/status/code")
            }
            try await browser.confirm(1, desk, at: "/status/code")
            #expect(browser.answer("受付番号") == receipt)
        }
    }
}
