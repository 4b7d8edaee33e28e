import Enrollment
import HTTP
import Mail
import Postgres
import Procedures
import TestSupport
import Testing

/// What the form asks for is what it insists on, and what it says can be done.
@Suite struct FormWordsTests {
    private static let optional = "<span class=\"opt\">"
    private static let required = "<span class=\"req\">"

    @Test(arguments: [
        ("promoter", "national_project", required, required),
        ("promoter", "agency_approved", optional, required),
        ("caller", "community_caller", optional, optional),
    ])
    func aQuestionIsMarkedAsNeededWhereItIs(
        kind: String, category: String, programme: String, viewing: String
    ) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open(
                "/applications/new?applicant_kind=\(kind)&eligibility_category=\(category)")
            #expect(
                browser.text.contains(
                    "<label for=\"eligibility_program_id\">取組を行っている事業\(programme)"))
            #expect(browser.text.contains("<label for=\"view_1_on\">視聴日（動画1）\(viewing)"))
            let isFree = viewing == Self.optional
            #expect(browser.text.contains("空のままでかまいません。") == isFree)
        }
    }

    @Test func whatCannotBeSeenIsTakenOutByTypingAnew() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form, Browser.answers(1) { $0[.givenName] = "渉\u{1}" })
            #expect(browser.text.contains("この欄をいったん空にして、打ち直してください。"))
            try await browser.send(Browser.form, Browser.answers(1) { $0[.givenName] = "渉☺" })
            #expect(browser.page.status == .unprocessable)
            #expect(!browser.text.contains("この欄をいったん空にして"))
        }
    }

    @Test(arguments: ["/", "/about", "/applications/new"])
    func theVideosAreLinkedWhereTheyAreAskedFor(path: String) async throws {
        try await withOffice { desk in
            let videos = try #require(try await desk.office.rules(of: Invented.year)).videos
            #expect(!videos.isEmpty)
            var browser = Browser(desk.office)
            try await browser.open(path)
            for video in videos {
                #expect(video.url.hasPrefix("https://www.digital.go.jp/"))
                #expect(browser.text.contains("href=\"\(video.url)\""))
                #expect(browser.text.contains(video.title))
            }
        }
    }

    @Test func theCheckPageSaysThatThereIsNoReading() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            let answers = Browser.answers(1) {
                $0[.familyNameKana] = ""
                $0[.givenNameKana] = ""
                $0[.givenName] = ""
                $0[.familyName] = "MARIA"
                $0[.singleName] = "yes"
                $0[.noReading] = "yes"
            }
            try await browser.send(Browser.form, answers)
            try await browser.confirm(1, desk)
            #expect(browser.answer("氏名") == "MARIA")
            #expect(browser.answer("氏名（カナ）") == "入力なし")
            #expect(browser.answer("住所") == "東京都千代田区紀尾井町1-3")
        }
    }

    @Test func whoAppliesTwiceReadsWhichNumberCountsAndNothingThatIsNotSo() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let first = try await browser.apply(1, desk)
            let second = try await browser.apply(1, desk)
            #expect(first != second)
            let letter = try await desk.sendLetters().last {
                $0.messageID.hasPrefix("already_received-")
            }
            let body = try #require(letter?.body)
            #expect(body.contains("先の受付番号（\(first)）が、そのまま有効です。"))
            #expect(!body.contains("変更は次のページ"))
            try await browser.openOwn(second, 1, desk)
            #expect(browser.answer("受付番号") == first)
        }
    }
}
