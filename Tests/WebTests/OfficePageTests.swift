import Enrollment
import HTTP
import Logging
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What the office's pages say.
@Suite struct OfficePageTests {
    @Test(arguments: ["office@enroll.example", "Office@Enroll.EXAMPLE", "ＯＦＦＩＣＥ@enroll.example"])
    func whoeverSignsInMayTypeTheAddressInAnyCase(email: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.signIn(desk, added: "Office@enroll.example", typing: email)
            #expect(browser.heading == "今日")
        }
    }

    @Test(arguments: ["-7", "1000000", "x", "99999999999999999999"])
    func theQueueShowsNoNumberThatCannotBe(number: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.signIn(desk)
            try await browser.open("/queue?approved=\(number)")
            #expect(browser.heading == "応募を確認する" && !browser.text.contains("件を承認しました"))
            try await browser.open("/queue?approved=7")
            #expect(browser.text.contains("7件を承認しました。"))
        }
    }

    @Test func whoeverIsFoundIsSaidToBeWhatTheyAreToday() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await appoint(desk)
            try await browser.signIn(desk)
            for (act, word) in [(false, "任命中"), (true, "辞任")] {
                if act {
                    let record = try await desk.office.reading.application(receipt: receipt)
                    try await desk.office.resign(
                        application: try #require(record).id, by: .applicant)
                }
                try await browser.open("/people")
                try await browser.send("/people", [("person", receipt)])
                #expect(browser.text.contains(">\(word)<"))
                #expect(!browser.text.contains("任命済み"))
                try await browser.open("/queue/application?receipt=\(receipt)")
                #expect(browser.answer("いまの状態") == word)
            }
        }
    }

    @Test func theQueueCountsApartWhoseAppointmentHasEnded() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let first = try await browser.apply(1, desk)
            var another = Browser(desk.office)
            try await another.apply(2, desk)
            try await appoint(desk)
            try await browser.signIn(desk)
            try await browser.open("/queue")
            #expect(browser.answer("任命中") == "2件")
            #expect(browser.answer("任命が終わったもの") == nil)
            let record = try await desk.office.reading.application(receipt: first)
            try await desk.office.resign(
                application: try #require(record).id, by: .applicant)
            try await browser.open("/queue")
            #expect(browser.answer("任命中") == "1件")
            #expect(browser.answer("任命が終わったもの") == "1件")
            #expect(browser.answer("受付済み") == nil)
        }
    }

    @Test func theQueueSaysWhomItDidNotApprove() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.signIn(desk)
            try await browser.open("/queue?rejected=\(receipt)")
            #expect(!browser.text.contains("承認しませんでした"))
            try await browser.open("/queue/application?receipt=\(receipt)")
            try await browser.send("/queue/reject", [("reason", "1行目\r\n2行目")])
            try await browser.send("/queue/reject")
            #expect(browser.text.contains("（\(receipt)）を承認しませんでした。"))
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.text.contains("<p>1行目<br>2行目</p>"))
        }
    }

    @Test(arguments: ["デ推第\u{202E}1号", "デ推\u{200B}第1号", "デ推第1号\u{7}"])
    func aDecisionHasNoCharacterThatCannotBeSeen(number: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
            _ = try await desk.office.approve(ids, by: .operator("office"))
            try await browser.signIn(desk)
            try await browser.open("/decisions")
            let day = ("decided_on", desk.office.today.description)
            try await browser.send("/decisions", [day, ("decision_number", number)])
            #expect(browser.page.status == .unprocessable)
            #expect(browser.text.contains("見えない文字が入っています"))
            try await browser.send("/decisions", [day, ("decision_number", "デ推第1号 𠮷")])
            #expect(browser.heading == "任命の下見")
        }
    }

    @Test func aRevokedBadgeShowsTheLastDayOfTheAppointment() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await appoint(desk)
            let badge = try await browser.badge(desk)
            try await browser.open(badge)
            #expect(browser.answer("期限") == "2027年3月31日")
            try await browser.openOwn(receipt, 1, desk)
            try await browser.send("/my/resign", [("sure", "yes")])
            try await browser.open(badge)
            #expect(browser.answer("期限") == nil)
            let last = browser.answer("任命の最後の日")
            #expect(last != nil && last == browser.answer("任命の日"))
        }
    }

    @Test func whatTheTurnOfTheYearDidIsSaidInWords() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            _ = try await desk.rows(
                "UPDATE application_states SET state = 'approved', reason = 'renewal'")
            try await browser.signIn(desk)
            try await browser.open("/queue/application?receipt=\(receipt)")
            #expect(browser.text.contains("承認済み（決裁待ち）（年度更新）"))
            #expect(!browser.text.contains("（renewal）"))
        }
    }

    @Test func theQueueShowsTheStatesThatThereAre() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.signIn(desk)
            try await browser.open("/queue")
            #expect(browser.text.contains("令和8年度の応募は、まだありません。"))
            #expect(!browser.text.contains("<dd>0件</dd>"))
            let signedIn = browser.cookies
            try await browser.apply(1, desk)
            browser.cookies = signedIn
            try await browser.open("/queue")
            #expect(browser.answer("受付済み") == "1件")
            #expect(browser.answer("審査中") == nil && browser.answer("重複（統合済み）") == nil)
        }
    }

    @Test func theStatesOfAnApplicationSayWhoBroughtItThere() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            let application = try await desk.count(
                "SELECT id AS n FROM applications WHERE receipt = \(receipt)")
            try await browser.signIn(desk)
            let me = try await desk.count("SELECT id AS n FROM accounts")
            _ = try await desk.office.approve([application], by: .account(me))
            let plan = try await desk.office.planAppointments(
                by: Decision(decidedOn: desk.office.today, number: "デ推第1号"),
                by: .operator("operator"))
            try await desk.office.askToApply(plan.number, by: .account(me))
            #expect(try await desk.office.doOneJob(logger: Logger(label: "test")))
            try await desk.office.resign(application: application, by: .applicant)
            try await browser.open("/queue/application?receipt=\(receipt)")
            let states = browser.text.matches(of: /<li>[^：]*日：(.*?)<\/li>/).map(\.output.1)
            for (state, by) in zip(
                states, ["受付済み 本人", "承認済み（決裁待ち） 事務局　事務局", "任命済み（デ推第1号） 事務局　事務局", "辞任 本人"])
            {
                let said = state.replacing("<span class=\"by\">だれが：", with: " ")
                    .replacing("</span>", with: "")
                #expect(said == by)
            }
            #expect(states.count == 4)
        }
    }

    @Test func aClerkSaysHowTheViewingsWereConfirmed() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let account = NewAccount(
                email: "clerk@hospital.example", name: "担当", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            try await browser.open("/sign-in")
            try await browser.send(
                "/sign-in", [("email", account.email), ("password", password)])
            #expect(browser.text.contains("name=\"evidence\" value=\"personal\">"))
            #expect(!browser.text.contains(" checked>"))
        }
    }

    @Test func aFormAfterTheEndOfASessionSaysWhatMayHaveEndedIt() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.signIn(desk)
            try await browser.open("/people")
            browser.cookies["__Host-session"] = nil
            try await browser.send("/people", [("person", "渡辺")])
            #expect(browser.text.contains("しばらく使わなかったか、ほかの画面でログアウトしています。"))
        }
    }
}

extension Browser {
    /// Signs in as the office, with a new password.
    mutating func signIn(
        _ desk: isolated OfficeDesk, added email: String = "office@enroll.example",
        typing typed: String? = nil
    ) async throws {
        let account = NewAccount(
            email: email, name: "事務局", role: .office, organizationCode: nil)
        let password = try await desk.office.addAccount(account, by: .operator("test"))
        try await open("/sign-in")
        try await send("/sign-in", [("email", typed ?? email), ("password", password)])
    }
}

/// What the office's pages say of a time of which nothing is recorded.
@Suite struct BeforeRecordsTests {
    private static let told = "記録は2026年11月24日からです。"

    @Test(arguments: ["as_of=2026-11-23", "as_of=&known_on=2026-11-23"])
    func aDayBeforeTheFirstRecordShowsNoNumbersOfItsOwn(query: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            try await browser.signIn(desk)
            try await browser.open("/numbers?\(query)")
            #expect(browser.page.status == .unprocessable)
            #expect(browser.text.contains(Self.told))
            #expect(!browser.text.contains("2026年11月23日の人数です。"))
            try await browser.open("/numbers?as_of=2026-11-24")
            #expect(browser.page.status == .ok && !browser.text.contains(Self.told))
        }
    }

    @Test func noWorkbookIsMadeOfADayBeforeTheFirstRecord() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            try await browser.signIn(desk)
            try await browser.open("/exports")
            try await browser.send(
                "/exports", [("as_of", "2026-04-01"), ("known_on", ""), ("purpose", "報告")])
            #expect(browser.page.status == .unprocessable)
            #expect(browser.text.contains(Self.told))
            #expect(try await desk.count("SELECT count(*) AS n FROM exports") == 0)
        }
    }
}
