import Enrollment
import HTTP
import Postgres
import Procedures
import TestSupport
import Testing

/// バッジのファイルの確認: a file is judged by the sentence of the badge's own page, and nothing of it stays.
@Suite struct BadgeFilePageTests {
    private static func appointed(
        _ desk: isolated OfficeDesk
    ) async throws -> (Browser, token: String) {
        var browser = Browser(desk.office)
        try await browser.apply(1, desk)
        try await appoint(desk)
        let address = try await browser.badge(desk)
        return (browser, address.replacing("/verify/", with: ""))
    }

    private static func sent(
        _ octets: [UInt8]?, or text: String = "", _ desk: isolated OfficeDesk
    ) async throws -> Browser {
        var stranger = Browser(desk.office)
        try await stranger.open("/verify")
        try await stranger.upload("/verify", [("text", text)], file: octets)
        return stranger
    }

    @Test func aFileOfOursIsToldByTheSentenceOfItsPage() async throws {
        try await withOffice { desk in
            let (_, token) = try await Self.appointed(desk)
            let png = try await desk.office.bakedPNG(token: token)
            for file in [png, try await desk.office.bakedSVG(token: token)] {
                let page = try await Self.sent(file, desk)
                #expect(page.page.status == .ok && page.text.contains("この証明は有効です</h1>"))
                #expect(page.text.contains("/verify/\(token)\""))
                #expect(!page.text.contains("その後変わりました"))
                #expect(page.page.headers["X-Robots-Tag"] == "noindex")
                #expect(page.page.headers[.cacheControl] == "no-store")
            }
            let jwt = try await desk.office.credentialToken(token: token)
            #expect(try await Self.sent(nil, or: jwt, desk).text.contains("この証明は有効です</h1>"))
            _ = try await desk.rows("UPDATE badges SET salt = 'other', identity = 'other'")
            let moved = try await Self.sent(png, desk)
            #expect(moved.text.contains("メールアドレスはその後変わりました"))
            #expect(moved.text.contains("この証明は有効です</h1>"))
            _ = try await desk.rows(
                """
                UPDATE badges SET revocation_reason = 'resigned',
                    revoked_at = \(desk.office.now.precise)::timestamptz
                """)
            let gone = try await Self.sent(png, desk)
            #expect(gone.text.contains("この証明は取り消されています</h1>"))
        }
    }

    @Test func whateverComesHasAnAnswer() async throws {
        try await withOffice { desk in
            let (_, token) = try await Self.appointed(desk)
            let json = String(
                decoding: try await desk.office.credential(token: token), as: UTF8.self)
            let changed = try await Self.sent(
                Array(json.replacing("dps-", with: "yobikake-").utf8), desk)
            #expect(changed.text.contains("無効です（理由：改ざん）</h1>"))
            #expect(!changed.text.contains(token) && !changed.text.contains("任命番号"))
            let picture = try await desk.office.badgeImage(slug: "dps-2026")
            let strange: [([UInt8]?, String)] = [
                (nil, "選んでください"), ([], "選んでください"), (picture, "証明が入っていません"),
                (Array(picture.dropLast(9)), "こわれている"), ([0xFF, 0xD8], "でもありません"),
                (Array("<svg></svg>".utf8), "証明が入っていません"),
                ([UInt8](repeating: 0, count: (2 << 20) + 1), "大きすぎます"),
            ]
            for (file, words) in strange {
                let page = try await Self.sent(file, desk)
                #expect(page.page.status == .unprocessable, "\(words)")
                #expect(page.text.contains(words))
            }
        }
    }

    @Test func theStateOfAChosenDayIsTold() async throws {
        try await withOffice { desk in
            var (browser, token) = try await Self.appointed(desk)
            let today = desk.office.today
            try await browser.open("/verify/\(token)?on=2099-01-01")
            #expect(browser.heading.hasSuffix("この証明は期限が切れています"))
            #expect(browser.text.contains("2099年1月1日について調べました。"))
            try await browser.open("/verify/\(token)?on=2000-01-01")
            #expect(browser.heading.hasSuffix("この証明は、まだ始まっていません"))
            try await browser.open("/verify/\(token)?on=%E6%98%A8%E6%97%A5")
            #expect(browser.heading.hasSuffix("この証明は有効です") && browser.problem(of: "on") != nil)
            _ = try await desk.rows(
                """
                UPDATE badges SET revocation_reason = 'resigned',
                    revoked_at = \(desk.office.now.precise)::timestamptz
                """)
            try await desk.move(by: 3 * 86_400)
            try await browser.open("/verify/\(token)")
            #expect(browser.heading.hasSuffix("この証明は取り消されています"))
            try await browser.open("/verify/\(token)?on=\(today)")
            #expect(browser.heading.hasSuffix("この証明は有効です"))
            #expect(browser.text.contains("この日に任命されていました"))
        }
    }

    @Test func theOwnPageShowsTheBadgeLargeWithAllThatIsDoneWithIt() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            try await appoint(desk)
            try await person.openOwn(receipt, 1, desk)
            #expect(person.heading.hasSuffix("おめでとうございます"))
            let token = try await person.badge(desk).replacing("/verify/", with: "")
            for address in [
                "/badges/\(token).png", "/badges/\(token).svg", "/badges/\(token)/card.png",
                "/my/certificate", "/my/correction", "/verify/\(token)",
            ] { #expect(person.text.contains("href=\"\(address)\""), "\(address)") }
            #expect(person.text.contains("https://www.linkedin.com/profile/add?startTask="))
            #expect(person.text.contains("certUrl=https%3a%2f%2fenroll%2eexample%2fverify%2f"))
            #expect(!person.text.contains("<details class=\"card screen\" id=\"share\" open"))
            #expect(
                person.text.contains("いまは、証明の画面にお名前は出ません") == !person.text.contains(
                    "いまは、証明の画面にお名前が出ます"))
        }
    }
}
