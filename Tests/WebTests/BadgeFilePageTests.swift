import Enrollment
import HTTP
import Postgres
import Procedures
import TestSupport
import Testing
import Words

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
            #expect(gone.text.contains("この任命は終わっています</h1>"))
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

    private static func heading(
        _ token: String, on day: String, _ desk: isolated OfficeDesk
    ) async throws -> (heading: String, text: String) {
        var browser = Browser(desk.office)
        try await browser.open("/verify/\(token)?on=\(day)")
        let title = browser.text.firstMatch(of: /<title>([^｜]*)｜/).map { String($0.output.1) }
        let heading = String(
            browser.heading.replacing(/<[^>]*>/, with: "").drop(while: \.isWhitespace))
        #expect(title == heading)
        return (heading, browser.text)
    }

    @Test func theStateOfAChosenDayIsTold() async throws {
        try await withOffice { desk in
            var (browser, token) = try await Self.appointed(desk)
            let today = desk.office.today
            for day in ["2099-01-01", "9999-12-31", "2027-04-01"] {
                let said = try await Self.heading(token, on: day, desk)
                #expect(said.heading == "\(Day(day)!.word)は任命の期間の外です")
                #expect(said.text.contains("（2027年3月31日）より後です。いまは任命されています。"))
            }
            let early = try await Self.heading(token, on: "2000-01-01", desk)
            #expect(early.heading == "2000年1月1日は任命の期間の外です")
            #expect(early.text.contains("（\(today.word)）より前です。"))
            for day in ["2027-03-31", today.adding(days: 1).description] {
                let said = try await Self.heading(token, on: day, desk)
                #expect(said.heading == "2027年3月31日まで任命される予定です")
                #expect(!said.text.contains("任命されていました"))
            }
            try await browser.open("/verify/\(token)?on=%E6%98%A8%E6%97%A5")
            #expect(browser.heading.hasSuffix("この証明は有効です") && browser.problem(of: "on") != nil)
            try await desk.move(by: 3 * 86_400)
            let held = try await Self.heading(token, on: today.description, desk)
            #expect(held.heading == "\(today.word)には任命されていました")
            #expect(held.text.contains("この日に任命されていました。いまも任命されています。"))
            #expect(held.text.contains("\(desk.office.today.word)に確かめました。"))
            #expect(held.text.contains("/verify/\(token)?on=\(today)</p>"))
        }
    }

    /// The day on which somebody resigns is told as over on that day, and as the last day that counts
    /// from the next day on; a 取消 has no day.
    @Test func anEndAndACancellationAreToldApart() async throws {
        try await withOffice { desk in
            let (_, token) = try await Self.appointed(desk)
            let first = desk.office.today
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            try await desk.move(by: 3 * 86_400)
            let last = desk.office.today
            try await desk.office.resign(application: id, by: .applicant)
            #expect(try await Self.heading(token, on: "", desk).heading == "この任命は終わっています")
            try await desk.move(by: 3 * 86_400)
            #expect(try await Self.heading(token, on: "", desk).heading == "この任命は終わっています")
            for day in [first, last] {
                let said = try await Self.heading(token, on: day.description, desk)
                #expect(said.heading == "\(day.word)には任命されていました")
                #expect(said.text.contains("いまは終わっています。"))
            }
            for day in [last.adding(days: 1), Day("2027-03-31")!] {
                let said = try await Self.heading(token, on: day.description, desk)
                #expect(said.heading == "\(day.word)は任命の期間の外です")
                #expect(said.text.contains("（\(last.word)）より後です。いまは終わっています。"))
            }
            _ = try await desk.rows("UPDATE badges SET revocation_reason = 'cancelled'")
            for day in ["", first.description] {
                let said = try await Self.heading(token, on: day, desk)
                #expect(said.heading == "この証明は取り消されています")
            }
        }
    }

    @Test func whoIsShownABadgeFindsWhereToCheckIt() async throws {
        try await withOffice { desk in
            var (browser, token) = try await Self.appointed(desk)
            for page in ["/", "/verify/\(token)"] {
                try await browser.open(page)
                #expect(browser.text.contains("href=\"/verify\""), "\(page)")
            }
        }
    }

    @Test func whoDidNotAskForABadgeSeesNone() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk) { $0[.badgeOptIn] = "no" }
            try await appoint(desk)
            try await person.openOwn(receipt, 1, desk)
            #expect(person.heading.hasSuffix("おめでとうございます"))
            #expect(person.text.contains("オープンバッジは希望していません。任命のあとは変えられません。"))
            #expect(!person.text.contains("image.png") && !person.text.contains("任命番号かQRコード"))
            #expect(!person.text.contains("バッジのQRコード"))
            #expect(person.text.contains("任命状のQRコードを見せると") || person.text.contains("任命状を見せて"))
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
            let number = try #require(person.answer("任命番号"))
            for name in ["badge-\(number).png", "badge-\(number).svg", "card-\(number).png"] {
                #expect(person.text.contains("download=\"\(name)\""), "\(name)")
            }
            #expect(person.text.contains("バッジのQRコードを見せると") && !person.text.contains("番号かQR"))
            #expect(person.text.contains("<p>任命の証明：https://enroll.example/verify/\(token)</p>"))
            #expect(person.text.contains("https://www.linkedin.com/profile/add?startTask="))
            #expect(person.text.contains("certUrl=https%3a%2f%2fenroll%2eexample%2fverify%2f"))
            #expect(!person.text.contains("<details class=\"card screen\" id=\"share\" open"))
            #expect(
                person.text.contains("いまは、証明の画面にお名前は出ません") == !person.text.contains(
                    "いまは、証明の画面にお名前が出ます"))
        }
    }
}
