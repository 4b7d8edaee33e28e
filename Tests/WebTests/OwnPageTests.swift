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
            #expect(browser.heading.hasSuffix("この任命は終わっています"))
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
            try await desk.move(to: Instant(startOf: Day("2027-06-01")!))
            try await browser.open(browser.path)
            #expect(browser.heading.hasSuffix("この証明は期限が切れています"))
            #expect(!browser.text.contains(Invented.draft(1)[.familyName]))
        }
    }

    /// 次の年度の更新: what was said with the application can be said otherwise before anybody is
    /// appointed.
    @Test func theAnswerAboutTheNextYearIsChangedBeforeTheAppointment() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.text.contains("令和9年度の更新"))
            try await browser.send("/my/renewal", [("reuse_opt_in", "no")])
            #expect(browser.text.contains("次の年度の更新についての答えを登録しました。"))
            #expect(try await desk.texts("SELECT reuse_answer AS text FROM applications") == ["no"])
            try await browser.send("/my/renewal", [("reuse_opt_in", "yes")])
            #expect(
                try await desk.texts("SELECT reuse_answer AS text FROM applications") == ["yes"])
            try await browser.send("/my/renewal", [("reuse_opt_in", "maybe")])
            #expect(browser.page.status == .unprocessable)
            let before = browser
            try await browser.send("/my/withdrawal", [("sure", "yes")])
            #expect(!browser.text.contains("令和9年度の更新"))
            var late = before
            try await late.send("/my/renewal", [("reuse_opt_in", "no")])
            #expect(late.page.status == .conflict)
            #expect(
                try await desk.texts("SELECT reuse_answer AS text FROM applications") == ["yes"])
        }
    }

    @Test func anApplicationIsTakenBackOnThePageAndMadeAgain() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.send("/my/withdrawal")
            #expect(browser.text.contains("取り下げるときは、「応募を取り下げる」に印をつけてください。"))
            #expect(browser.answer("いまの状態") == "受付済み")
            let before = browser
            try await browser.send("/my/withdrawal", [("sure", "yes")])
            #expect(browser.text.contains("応募の取下げを受け付けました。"))
            #expect(browser.answer("いまの状態") == "取下げ")
            #expect(!browser.text.contains("応募を取り下げるとき"))
            var twice = before
            try await twice.send("/my/withdrawal", [("sure", "yes")])
            #expect(twice.answer("いまの状態") == "取下げ")
            try await browser.open("/applications/new?again=yes")
            #expect(browser.text.contains("前の応募の内容が入っています"))
        }
    }

    @Test func whoeverIsAppointedMeanwhileIsToldSoAndStaysAppointed() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await appoint(desk)
            try await browser.send("/my/withdrawal", [("sure", "yes")])
            #expect(browser.page.status == .conflict)
            try await browser.open("/my")
            #expect(browser.answer("いまの状態") == "任命中")
            #expect(!browser.text.contains("応募を取り下げるとき"))
        }
    }

    @Test func theOwnPageShowsOneStateAndHowOneIsReached() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk) { $0[.phone] = "03-1234-5678" }
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "受付済み")
            #expect(browser.answer("郵便番号") == "102-0094")
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
            try await desk.move(to: Instant(startOf: Day("2027-06-01")!))
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "任期満了")
            #expect(browser.text.contains("任命の期間は2027年3月31日で終わりました。"))
        }
    }

    @Test func whoWasNotApprovedFindsTheirAnswersInTheFormButNotTheirConsents() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk) {
                $0[.phone] = "03-1234-5678"
                $0[.consentShare] = "yes"
                $0[.newsOptIn] = "yes"
                $0[.reuseOptIn] = "no"
            }
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open("/applications/new?again=yes")
            #expect(browser.path == "/my", "nothing was decided yet")
            let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
            try await desk.office.reject(ids[0], because: "活動の内容", by: .operator("office"))
            try await browser.open("/my")
            #expect(browser.text.contains("<a href=\"/applications/new?again=yes\">もう一度、応募する</a>"))
            try await browser.open("/applications/new?again=yes")
            #expect(browser.text.contains("前の応募の内容が入っています"))
            let kept = Invented.draft(1)
            for (field, value) in [
                ("family_name", kept[.familyName]), ("given_name_kana", kept[.givenNameKana]),
                ("postal_code", "102-0094"), ("city", "千代田区"), ("street", "紀尾井町1-3"),
                ("email", Invented.email(1)), ("phone", "0312345678"),
                ("view_1_on", "2026-09-01"), ("view_2_on", "2026-09-01"),
            ] { #expect(browser.value(of: field) == value, "\(field)") }
            for chosen in ["value=\"promoter\" checked", "value=\"東京都\" selected"] {
                #expect(browser.text.contains(chosen))
            }
            #expect(browser.text.contains("name=\"reuse_opt_in\" value=\"no\" checked"))
            #expect(!browser.text.contains("name=\"consent_terms\" value=\"yes\" checked"))
            #expect(
                !browser.text.contains(
                    "type=\"checkbox\" id=\"news_opt_in\" name=\"news_opt_in\" value=\"yes\" checked"
                ))
        }
    }

    /// The browser in which they signed in shows what they have applied for since.
    @Test func whoHasAppliedAgainSeesTheNewApplicationWithoutSigningInAnew() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            try await desk.office.reject(id, because: "活動の内容", by: .operator("office"))
            try await browser.open("/my")
            #expect(browser.answer("いまの状態") == "不承認")
            var other = Browser(desk.office)
            let again = try await other.apply(1, desk)
            try await browser.open("/my")
            #expect(browser.answer("受付番号") == again)
            #expect(browser.answer("いまの状態") == "受付済み")
        }
    }

    @Test func nobodyElseFindsThem() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
            try await desk.office.reject(ids[0], because: "活動の内容", by: .operator("office"))
            try await browser.open("/applications/new?again=yes")
            #expect(browser.path == "/status")
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

/// 次の年度 on the own page and on that of the badge.
@Suite struct NextYearPageTests {
    private static let next = FiscalYear(startYear: 2027)

    private static func prepare(
        _ desk: isolated OfficeDesk, answer: String = ""
    ) async throws -> (Browser, receipt: String) {
        var browser = Browser(desk.office)
        let receipt = try await browser.apply(1, desk) { $0[.reuseOptIn] = answer }
        try await appoint(desk)
        try await desk.office.openFiscalYear(next, by: .operator("office"))
        return (browser, receipt)
    }

    private static func turn(_ desk: isolated OfficeDesk) async throws {
        try await desk.move(to: Instant(startOf: next.firstDay).adding(seconds: 36_000))
    }

    @Test func beforeTheRenewalIsCarriedOutThePagesSayThatItIsUnderWay() async throws {
        try await withOffice { desk in
            var (browser, receipt) = try await Self.prepare(desk)
            let badge = try await browser.badge(desk)
            try await Self.turn(desk)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "更新の手続中")
            #expect(browser.text.contains("令和9年度への更新の手続中です。"))
            #expect(!browser.text.contains("応募をしてください") && !browser.text.contains("任期満了"))
            try await browser.open(badge)
            #expect(browser.heading.hasSuffix("更新の手続中です"))
            #expect(!browser.text.contains("期限が切れて"))
            let plan = try await desk.office.planRenewal(
                to: Self.next, by: Decision(decidedOn: desk.office.today, number: "デ推第2号"),
                by: .operator("office"))
            _ = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            try await browser.open(badge)
            #expect(browser.heading.hasSuffix("この証明は期限が切れています"))
        }
    }

    @Test func whoSaidNoIsNotAboutToBeRenewed() async throws {
        try await withOffice { desk in
            var (browser, receipt) = try await Self.prepare(desk, answer: "no")
            let badge = try await browser.badge(desk)
            try await Self.turn(desk)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "任期満了")
            #expect(browser.text.contains("「使わない」とお答えのため、更新しません。"))
            try await browser.open(badge)
            #expect(browser.heading.hasSuffix("この証明は期限が切れています"))
            try await browser.open("/my")
            try await browser.send("/my/renewal", [("reuse_opt_in", "yes")])
            #expect(browser.answer("いまの状態") == "更新の手続中")
        }
    }

    @Test func anAnswerIsAskedForAndKept() async throws {
        try await withOffice { desk in
            var (browser, receipt) = try await Self.prepare(desk)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.text.contains("から、引き続き任命される予定です。"))
            try await browser.send("/my/renewal", [])
            #expect(browser.page.status == .unprocessable)
            #expect(browser.text.contains("「使ってよい」か「使わない」を選んでください。"))
            try await browser.send("/my/renewal", [("reuse_opt_in", "no")])
            #expect(browser.path == "/my?saved=renewal" && browser.text.contains("更新しません。"))
            let told = try #require(browser.markup(from: "<main id=\"main\"", to: "<h1>"))
            #expect(told.contains("role=\"status\"") && told.contains("答えを登録しました。"))
            #expect(browser.text.contains("value=\"no\" checked"))
        }
    }

    @Test func anAddressThatSomebodyWasSentSaysNothingThatWasNotDone() async throws {
        try await withOffice { desk in
            var (browser, receipt) = try await Self.prepare(desk)
            try await browser.openOwn(receipt, 1, desk)
            for word in ["resigned", "viewings", "other"] {
                try await browser.open("/my?saved=\(word)")
                let top = try #require(browser.markup(from: "<main id=\"main\"", to: "<h1>"))
                #expect(!top.contains("role=\"status\""), "\(word)")
            }
        }
    }

    @Test func theDayOfANewVideoIsAskedForAndWhatIsTypedStays() async throws {
        try await withOffice { desk in
            var (browser, receipt) = try await Self.prepare(desk)
            _ = try await desk.rows(
                """
                UPDATE videos SET code = 'fresh', title = '新しい動画', view_valid_from = '2026-11-01'
                WHERE fiscal_year = 2027 AND slot = 2
                """)
            try await desk.move(by: 120)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.text.contains("「新しい動画」を見た日"))
            #expect(!browser.text.contains("name=\"view_1_on\""))
            try await browser.send("/my/viewings", [("view_2_on", "2026-10-31")])
            #expect(browser.page.status == .unprocessable)
            #expect(browser.text.contains("value=\"2026-10-31\""))
            #expect(browser.text.contains("2026年11月1日以降の日付を入力してください。"))
            try await browser.send("/my/viewings", [("view_2_on", "2026-11-20")])
            #expect(browser.text.contains("から、引き続き任命される予定です。"))
            #expect(browser.text.contains("value=\"2026-11-20\""), "it may be corrected")
            #expect(browser.text.contains("見た日を登録しました。"))
            #expect(browser.answer("新しい動画（令和9年度）") == "2026年11月20日（自己申告）")
        }
    }

    @Test func anOrganizationReadsWhichVideoItsPeopleNeedNextYearAndFindsTheColumnInTheTemplate()
        async throws
    {
        try await withOffice { desk in
            var (browser, _) = try await Self.prepare(desk)
            let account = NewAccount(
                email: "clerk@enroll.example", name: "担当", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            try await browser.open("/sign-in")
            try await browser.send(
                "/sign-in", [("email", account.email), ("password", password)])
            #expect(!browser.text.contains("令和9年度に必要な動画"))
            _ = try await desk.rows(
                """
                INSERT INTO videos SELECT 2027, 3, 'third', '1', '三つめの動画', url, 1, '2026-11-01'
                FROM videos WHERE fiscal_year = 2027 AND slot = 1
                """)
            _ = try await desk.rows(
                "INSERT INTO requirements VALUES (2027, 'promoter', 'agency_approved', 3)")
            try await desk.move(by: 120)
            try await browser.open("/group")
            #expect(browser.text.contains("令和9年度に必要な動画"))
            #expect(browser.text.contains("「視聴日（動画3）」"))
            try await browser.open("/group-files/template")
            #expect(browser.text.contains("視聴日（動画2）,視聴日（動画3）"))
        }
    }
}
