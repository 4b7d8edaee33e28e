import Enrollment
import HTTP
import Postgres
import Procedures
import TestSupport
import Testing

/// Somebody who applies, and what gets in the way.
@Suite struct ApplicantTests {
    @Test func aFormWhoseCookieIsLostComesBackFilledInAndIsSentAgain() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            for lost in [[:], ["__Host-visitor": "garbled"]] {
                browser.cookies = lost
                try await browser.send(
                    Browser.form, Browser.answers(1) { $0[.activityNote] = "<b>教える" })
                #expect(browser.page.status == .forbidden)
                #expect(browser.text.contains("入力した内容は、この下に残っています。"))
                #expect(browser.text.contains("&lt;b&gt;教える"))
                #expect(browser.text.contains(Invented.email(1)))
                #expect(try await desk.count("SELECT count(*) AS n FROM drafts") == 0)
            }
            try await browser.send(Browser.form, Browser.answers(1))
            #expect(browser.heading == "届いた番号を入力する")
        }
    }

    @Test func aPostalCodeIsShownWithItsHyphenHoweverItWasTyped() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form, Browser.answers(1) { $0[.postalCode] = "1020094" })
            try await browser.confirm(1, desk)
            #expect(browser.answer("郵便番号") == "102-0094")
            try await browser.send("/applications")
            let receipt = try #require(
                try await desk.texts("SELECT receipt AS text FROM applications").first)
            let id = try await desk.count("SELECT id AS n FROM applications")
            try await desk.office.reject(id, because: "理由", by: .operator("office"))
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("郵便番号") == "102-0094")
            try await browser.open("/applications/new?again=yes")
            #expect(browser.value(of: "postal_code") == "102-0094")
        }
    }

    @Test(arguments: ["https://else.example", "null"])
    func aFormOfAnotherSiteIsNotShownAgain(origin: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            browser.cookies = [:]
            try await browser.send(
                Browser.form, Browser.answers(1), from: HeaderValue(stringLiteral: origin))
            #expect(browser.page.status == .forbidden)
            #expect(browser.heading == "この画面は古くなっています")
            #expect(!browser.text.contains(Invented.email(1)))
        }
    }

    @Test func anOriginThatIsNotNamedDoesNothingInASession() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(Browser.form, Browser.answers(1), from: "null")
            #expect(browser.heading == "届いた番号を入力する")
            try await browser.confirm(1, desk)
            try await browser.send("/applications")
            let receipt = try await desk.texts("SELECT receipt AS text FROM applications")[0]
            try await appoint(desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.send("/my/resign", [("sure", "yes")], from: "null")
            #expect(browser.page.status == .forbidden)
            #expect(browser.heading == "この画面は古くなっています")
            try await browser.open("/my")
            try await browser.send("/my/resign", [("sure", "yes")])
            #expect(browser.answer("いまの状態") == "辞任")
        }
    }

    @Test func aSlipInTheMailAddressIsAskedAboutWhereItsCodeIsWaitedFor() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form, Browser.answers(1) { $0[.email] = "taro@gmail.con" })
            #expect(browser.heading == "届いた番号を入力する")
            #expect(browser.text.contains("「gmail.com」の誤りではありませんか。"))
            try await browser.open("/applications/new")
            try await browser.send(Browser.form, Browser.answers(1))
            #expect(!browser.text.contains("誤りではありませんか"))
        }
    }

    @Test func questionsStandOnTheCheckPageAndStopNobody() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk) {
                $0[.familyName] = "佐藤123"
                $0[.street] = "。"
                $0[.phone] = "0901234567"
                $0[.postalCode] = "060-0001"
            }
            #expect(browser.heading == "応募を受け付けました")
            try await browser.open("/applications/new?other=yes")
            try await browser.send(
                Browser.form,
                Browser.answers(2) {
                    $0[.familyName] = "佐藤123"
                    $0[.postalCode] = "060-0001"
                })
            try await browser.confirm(2, desk)
            #expect(browser.path == "/applications/check")
            for question in [
                "氏に「1」が入っています。誤りではありませんか。", "郵便番号と都道府県・市区町村が一致しません。",
                "このままでよいときは、そのまま送れます。",
            ] { #expect(browser.text.contains(question), "\(question)") }
        }
    }

    @Test func theCheckPageComesAfterTheCode() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.fill(1)
            try await browser.open("/applications/check")
            #expect(browser.path == "/applications/confirm")
            try await browser.confirm(1, desk)
            #expect(browser.path == "/applications/check")
            let stale = browser
            try await browser.open("/applications/new")
            try await browser.send(
                Browser.form, Browser.answers(1) { $0[.email] = "other@example.jp" })
            for path in ["/applications/check", "/applications"] {
                try await browser.open(path)
                #expect(browser.path == "/applications/confirm")
                #expect(browser.text.contains("other@example.jp"))
            }
            browser = stale
            try await browser.send("/applications")
            #expect(browser.heading == "このブラウザーには、いま別の入力があります")
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 0)
        }
    }

    @Test(arguments: [
        ("/applications/draft", "/applications/new"), ("/applications/confirm/resend", nil),
        ("/applications", nil), ("/group-files", "/sign-in?next=%2fgroup"),
        ("/my/resign", "/status"), ("/my/withdrawal", "/status"),
    ])
    func anAddressOfAFormLeadsToItsPage(path: String, end: String?) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open(path)
            if let end { #expect(browser.path == end) }
            #expect(end != nil || browser.heading == "入力した内容が見つかりません")
        }
    }

    @Test func aDraftThatDoesNotFitAnyMoreLeadsToTheForm() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.fill(1)
            try await browser.confirm(1, desk)
            let check = browser
            try await browser.open("/applications/new")
            try await browser.send(Browser.form, Browser.answers(1) { $0[.street] = "" })
            #expect(browser.page.status == .unprocessable)
            var other = check
            other.cookies = browser.cookies
            try await other.send("/applications")
            #expect(other.path == "/applications/new")
            for path in ["/applications/check", "/applications/confirm"] {
                try await browser.open(path)
                #expect(browser.path == "/applications/new")
            }
        }
    }

    @Test func onlySixDigitsCostATry() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.fill(1)
            for typed in ["", "abc", "12345", "1234567"] {
                try await browser.send(Browser.code, [("code", typed)])
                #expect(browser.text.contains("6けたの数字を入力してください。"))
            }
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            try await browser.send(
                Browser.code, [("code", code == "000000" ? "111111" : "000000")])
            #expect(browser.text.contains("番号が違います。あと4回入力できます。"))
        }
    }

    @Test func theCodePageLeadsBackToTheAddressAndSaysThatACodeWasSentAgain() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.fill(1)
            let older = try #require(try await desk.newestCode(to: Invented.email(1)))
            #expect(browser.text.contains("href=\"/applications/new#email\""))
            #expect(browser.text.contains("前のページにもどる"))
            #expect(browser.text.contains("応募の進み方"))
            #expect(!browser.text.contains("もう一度送りました"))
            try await desk.move(by: 1)
            try await browser.send("/applications/confirm/resend")
            #expect(browser.text.contains("番号をもう一度送りました。いちばん新しい"))
            try await browser.send(Browser.code, [("code", older)])
            #expect(browser.text.contains("番号を何度か送っています。いちばん新しいメール"))
            try await browser.confirm(1, desk)
            #expect(browser.path == "/applications/check")
        }
    }

    @Test func whoAskedForTooManyCodesStillUsesTheLast() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.fill(1)
            for _ in 2...6 {
                try await desk.sendLetters()
                try await browser.send("/applications/confirm/resend")
            }
            #expect(browser.page.status == .tooManyRequests)
            #expect(browser.page.headers[.retryAfter] == "1800")
            #expect(browser.text.contains("最後に届いた番号は、まだ使えます。"))
            try await browser.confirm(1, desk)
            #expect(browser.path == "/applications/check")
            var another = Browser(desk.office)
            try await another.fill(1)
            #expect(another.text.contains("30分ほど待ってから"))
            #expect(another.text.contains("入力した内容は残っています。"))
        }
    }

    @Test func aFormBegunBeforeAnotherPersonsStartsItsOwn() async throws {
        try await withOffice { desk in
            var husband = Browser(desk.office)
            try await husband.open("/applications/new")
            var wife = husband
            try await husband.send(Browser.form, Browser.answers(1))
            wife.cookies = husband.cookies
            try await wife.send(Browser.form, Browser.answers(2))
            #expect(wife.text.contains(Invented.email(2)))
            husband.cookies = wife.cookies
            try await husband.send(Browser.code, [("code", "123456")])
            #expect(husband.heading == "このブラウザーには、いま別の入力があります")
            try await wife.confirm(2, desk)
            try await wife.send("/applications")
            #expect(wife.heading == "応募を受け付けました")
            let names = try await desk.texts("SELECT given_name AS text FROM applications")
            #expect(names == [Invented.draft(2)[.givenName]])
            #expect(try await desk.count("SELECT count(*) AS n FROM drafts") == 2)
        }
    }

    @Test func aFormShowsThatAnswersOfBeforeAreInIt() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.fill(1)
            try await browser.open("/applications/new")
            #expect(browser.text.contains("前に入力した内容が入っています。"))
            try await browser.open("/applications/new?other=yes")
            #expect(!browser.text.contains(Invented.email(1)))
            try await browser.send(Browser.form, Browser.answers(2))
            #expect(try await desk.count("SELECT count(*) AS n FROM drafts") == 2)
        }
    }
}
