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
        ("promoter", "national_project", required, true),
        ("promoter", "agency_approved", optional, true),
        ("caller", "community_caller", optional, false), ("caller", "", optional, false),
        ("", "", optional, true),
    ])
    func aQuestionIsMarkedAsNeededWhereItIs(
        kind: String, category: String, programme: String, needsViewing: Bool
    ) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open(
                "/applications/new?applicant_kind=\(kind)&eligibility_category=\(category)")
            #expect(
                browser.text.contains(
                    "<label for=\"eligibility_program_id\">取組を行っている事業\(programme)"))
            let marks = """
                <label for="view_1_on">視聴日（動画1）<span class="req if-promoter"\(needsViewing ? "" : " hidden")>\
                ※必須</span><span class="opt unless-promoter"\(needsViewing ? " hidden" : "")>※任意</span></label>
                """
            #expect(browser.text.contains(marks))
            #expect(browser.text.contains("よびかけ員に応募する方は、空のままでかまいません。"))
        }
    }

    @Test(arguments: [
        ("agency_approved", "", true), ("agency_approved", "demo-hospital", false),
        ("national_project", "", false),
    ])
    func whereSomebodyBelongsIsNeededOnlyOfWhomNoListSaysIt(
        category: String, organization: String, isNeeded: Bool
    ) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form,
                Browser.answers(1) {
                    $0[.category] = category
                    $0[.organization] = organization
                    $0[.workplaceName] = ""
                    $0[.email] = ""
                })
            let mark = isNeeded ? Self.required : Self.optional
            #expect(
                browser.text.contains("<label for=\"workplace_name\">所属先の名称\(mark)"))
            #expect(
                browser.summary(of: "workplace_name")?.contains("所属先の名称を入力してください。")
                    == (isNeeded ? true : nil))
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

    @Test func theStartPageAsksOnlyPromotersForVideos() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/")
            #expect(browser.text.contains("デジタル推進委員に応募する人は、必要な動画を先に見てください。"))
            #expect(browser.text.contains("<li>動画を見た日（デジタル推進委員に応募する人）</li>"))
            #expect(browser.text.contains("デジタル推進よびかけ員の応募には、要りません。"))
        }
    }

    @Test func whoHasNoReadingOrOnlyOneNameIsShownWhereToSaySo() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form,
                Browser.answers(1) {
                    $0[.familyName] = "MARIA"
                    $0[.givenName] = ""
                    $0[.familyNameKana] = "MARIA"
                    $0[.givenNameKana] = ""
                })
            let reading = "<a href=\"#no_reading\">「名前の読みがない」</a>に印をつけてください。"
            let single = "<a href=\"#single_name\">「名（または氏）がない」</a>に印をつけてください。"
            for (field, way) in [
                ("family_name_kana", reading), ("given_name_kana", reading), ("given_name", single),
            ] {
                let (problem, summary) = (browser.problem(of: field), browser.summary(of: field))
                #expect(problem?.hasSuffix(way) == true && summary?.hasSuffix(way) == true)
            }
            #expect(browser.text.contains("id=\"no_reading\""))
            #expect(browser.text.contains("id=\"single_name\""))
        }
    }

    @Test func whoHasSaidThatThereIsNoReadingIsNotToldAgain() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form,
                Browser.answers(1) {
                    $0[.familyNameKana] = "MARIA"
                    $0[.noKana] = "yes"
                })
            #expect(browser.problem(of: "family_name_kana")?.contains("カタカナ") == true)
            #expect(!browser.text.contains("に印をつけてください。"))
        }
    }

    @Test func aTickAgainstTheReadingIsToldBesideIt() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(Browser.form, Browser.answers(1) { $0[.noKana] = "yes" })
            #expect(browser.page.status == .unprocessable)
            #expect(browser.problem(of: "no_reading")?.contains("カナを空にしてください。") == true)
            try await browser.send(Browser.form, Browser.answers(1) { $0[.singleName] = "yes" })
            #expect(browser.problem(of: "single_name")?.contains("片方を空に") == true)
        }
    }

    @Test func aGroupOfButtonsCarriesItsError() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form,
                Browser.answers(1) {
                    $0[.kind] = ""
                    $0[.badgeOptIn] = ""
                })
            for name in ["applicant_kind", "badge_opt_in"] {
                #expect(
                    browser.text.contains(
                        """
                        <fieldset class="field err" role="radiogroup" aria-describedby="\(name)-e" aria-invalid="true"><legend>
                        """))
                #expect(browser.text.contains("<a href=\"#\(name)\">"))
            }
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
                $0[.noKana] = "yes"
            }
            try await browser.send(Browser.form, answers)
            try await browser.confirm(1, desk)
            #expect(browser.answer("氏名") == "MARIA")
            #expect(browser.answer("氏名（カナ）") == "入力なし")
            #expect(browser.answer("住所") == "東京都千代田区紀尾井町1-3")
        }
    }

    @Test func whoAppliesTwiceSeesTheSamePageAndReadsInTheLetterWhichNumberCounts() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let first = try await browser.apply(1, desk)
            let second = try await browser.apply(1, desk)
            #expect(first != second)
            #expect(browser.heading == "応募を受け付けました")
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
