import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 応募の内容を直す, on the own page and before the office.
@Suite struct CorrectionPageTests {
    private static let page = "/my/correction"

    /// What the form holds that is open, with a change.
    private static func answers(_ changed: [(String, String)]) -> [(String, String)] {
        let names = changed.map(\.0)
        return Browser.answers(1).filter { !names.contains($0.0) } + changed
    }

    @Test func theFormHoldsWhatWasSentAndTheOfficeSeesWhatChanged() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("活動内容") == "公民館で教えています。")
            #expect(browser.answer("所属先の名称") == "見本商店")
            try await browser.open(Self.page)
            #expect(browser.heading == "応募の内容を直す")
            #expect(browser.value(of: "street") == "紀尾井町1-3")
            #expect(!browser.text.contains("name=\"email\""))
            #expect(!browser.text.contains("name=\"consent_terms\""))
            try await desk.move(by: 60)
            try await browser.send(Self.page, Self.answers([("street", "麹町2-1")]))
            #expect(browser.path == "/my?saved=corrected")
            #expect(browser.text.contains("内容を直しました。"))
            #expect(browser.answer("住所") == "東京都千代田区麹町2-1")
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("応募のあとに訂正したところ"))
            #expect(office.text.contains("紀尾井町1-3") && office.text.contains("麹町2-1"))
        }
    }

    @Test func whatIsWrongStandsBesideTheAnswerWithWhatWasTyped() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            try await browser.send(
                Self.page, Self.answers([("city", "どこか"), ("phone", "03-1234-5678")]))
            #expect(browser.page.status == .unprocessable)
            #expect(browser.value(of: "city") == "どこか")
            #expect(browser.value(of: "phone") == "03-1234-5678")
            #expect(browser.text.contains("直してほしいところが1か所あります"))
        }
    }

    /// As before an application is sent; the office reads that it was asked.
    @Test func whatIsDoubtfulIsAskedFirstAndDoneWhenItIsSentOnceMore() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            let answers = Self.answers([("postal_code", "060-0001")])
            try await browser.send(Self.page, answers)
            #expect(browser.page.status == .ok)
            #expect(browser.text.contains("送る前に、もう一度確かめてください"))
            #expect(browser.value(of: "postal_code") == "060-0001")
            let held: SQL = "SELECT postal_code AS text FROM applications"
            #expect(try await desk.texts(held) == ["1020094"])
            try await browser.send(Self.page, answers)
            #expect(browser.path == "/my?saved=corrected")
            #expect(try await desk.texts(held) == ["0600001"])
            // It was asked once; another answer is not asked about the same again.
            try await browser.open(Self.page)
            try await browser.send(
                Self.page, answers.filter { $0.0 != "street" } + [("street", "麹町2-1")])
            #expect(browser.path == "/my?saved=corrected")
        }
    }

    @Test func whatWasTypedGoesThroughANewSignIn() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            _ = try await desk.rows("DELETE FROM sessions")
            try await browser.send(Self.page, Self.answers([("street", "麹町2-1")]))
            #expect(browser.heading == "応募の状況を見る")
            #expect(browser.text.contains("入力した内容は残っています"))
            try await browser.send("/status", [("receipt", receipt), ("email", "x")])
            #expect(browser.heading == "届いた番号を入力する", "the same for every address")
            try await browser.send("/status/code", [("code", "12345")])
            #expect(browser.text.contains("value=\"麹町2-1\""))
            try await browser.open(Self.page)
            #expect(browser.path == "/status")
        }
    }

    @Test func whoSignsInAgainSendsWhatTheyHadTyped() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            _ = try await desk.rows("DELETE FROM sessions")
            try await browser.send(Self.page, Self.answers([("street", "麹町2-1")]))
            try await browser.send(
                "/status", [("receipt", receipt), ("email", Invented.email(1))])
            try await browser.confirm(1, desk, at: "/status/code")
            #expect(browser.heading == "続きから送る")
            try await browser.send(Self.page)
            #expect(browser.path == "/my?saved=corrected")
            #expect(
                try await desk.texts("SELECT street AS text FROM applications") == ["麹町2-1"])
        }
    }

    @Test func anOldFormIsShownAgainBesideWhatIsHeldNow() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            var other = browser
            try await other.send(Self.page, Self.answers([("street", "麹町2-1")]))
            try await browser.send(Self.page, Self.answers([("phone", "0312345678")]))
            #expect(browser.page.status == .conflict)
            #expect(browser.text.contains("この画面を開いたあとに、応募が変わりました"))
            // What was not touched on the old form is as it was written meanwhile.
            #expect(browser.value(of: "street") == "麹町2-1")
            #expect(browser.value(of: "phone") == "0312345678")
            try await browser.send(
                Self.page, Self.answers([("phone", "0312345678"), ("street", "麹町2-1")]))
            #expect(browser.answer("電話番号") == "0312345678")
            #expect(browser.answer("住所") == "東京都千代田区麹町2-1")
        }
    }

    /// What both have changed stands there as it was typed, beside what is held.
    @Test func whatBothHaveChangedIsSaidBesideTheOther() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            var other = browser
            try await other.send(Self.page, Self.answers([("street", "麹町2-1")]))
            try await browser.send(Self.page, Self.answers([("street", "平河町3-1")]))
            #expect(browser.page.status == .conflict)
            #expect(browser.text.contains("<dd>麹町2-1</dd>"))
            #expect(browser.value(of: "street") == "平河町3-1")
        }
    }

    /// An old form with a mistake is an old form still when the mistake is put right.
    @Test func anOldFormThatIsWrongDoesNotBecomeANewOne() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            var other = browser
            try await other.send(Self.page, Self.answers([("street", "麹町2-1")]))
            try await browser.send(Self.page, Self.answers([("phone", "0")]))
            #expect(browser.page.status == .unprocessable)
            try await browser.send(Self.page, Self.answers([("phone", "0312345678")]))
            #expect(browser.page.status == .conflict)
            #expect(browser.value(of: "street") == "麹町2-1")
            #expect(
                try await desk.texts("SELECT street AS text FROM applications") == ["麹町2-1"])
        }
    }

    @Test func afterApprovalItIsAskedForTakenBackRefusedAndAccepted() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await appoint(desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            #expect(!browser.text.contains("name=\"applicant_kind\""))
            #expect(!browser.text.contains("name=\"view_1_on\""))
            try await browser.send(Self.page, Self.answers([("street", "麹町2-1")]))
            #expect(browser.text.contains("訂正の申し出を受け付けました。"))
            #expect(browser.text.contains("事務局が確かめています"))
            #expect(browser.answer("住所") == "東京都千代田区紀尾井町1-3")
            try await browser.send("/my/correction/take-back")
            #expect(browser.text.contains("訂正の申し出を取り下げました。"))

            var office = Browser(desk.office)
            try await office.signIn(desk)
            for (action, answers) in [
                ("/queue/correction/refuse", [("why", "書類が必要です。")]), ("/queue/correction", []),
            ] {
                try await desk.move(by: 60)
                try await browser.open(Self.page)
                try await browser.send(Self.page, Self.answers([("street", "麹町2-1")]))
                try await office.open("/proposals")
                #expect(office.text.contains("/queue/application?receipt=\(receipt)"))
                try await office.open("/queue/application?receipt=\(receipt)")
                #expect(office.text.contains("本人からの訂正の申し出"))
                try await office.send(action, answers)
                #expect(office.path.hasPrefix("/queue/application?receipt=\(receipt)&done="))
                try await browser.open("/my")
                #expect(browser.text.contains("書類が必要です。") == !answers.isEmpty)
            }
            #expect(browser.text.contains("訂正の申し出のとおりに直しました"))
            #expect(browser.answer("住所") == "東京都千代田区麹町2-1")
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(!office.text.contains("本人からの訂正の申し出"))
        }
    }

    @Test func whatAnOrganizationSaysOtherwiseIsTheirsToDecide() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let planned = try await desk.office.planGroup(
                GroupUpload(
                    name: "名簿.csv", bytes: Invented.groupFile([1], at: .nara),
                    coordinator: coordinator),
                of: "demo-hospital", by: .operator("coordinator"))
            _ = try await desk.office.applyGroup(
                try #require(planned.number), by: .operator("coordinator"))
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.text.contains("の名簿に書かれている内容"))
            #expect(browser.answer("住所") == "東京都千代田区紀尾井町1-3")
            let link = try #require(
                browser.text.firstMatch(of: /href="(\/my\/correction\?said=\d+)"/))
            try await browser.open(String(link.output.1))
            #expect(browser.value(of: "street") == "登大路町30")
            let place = Invented.Place.nara
            try await browser.send(
                Self.page,
                Self.answers([
                    ("postal_code", place.postalCode), ("prefecture", place.prefecture),
                    ("city", place.city), ("street", place.street),
                ]))
            #expect(browser.answer("住所") == "奈良県奈良市登大路町30")
            #expect(!browser.text.contains("の名簿に書かれている内容"))
        }
    }

    @Test func nothingOfAnApplicationThatIsOverIsCorrected() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            let before = browser
            try await browser.open("/my")
            try await browser.send("/my/withdrawal", [("sure", "yes")])
            #expect(!browser.text.contains("href=\"/my/correction\""))
            try await browser.open(Self.page)
            #expect(browser.path == "/my")
            var late = before
            try await late.send(Self.page, Self.answers([("street", "麹町2-1")]))
            #expect(late.page.status == .conflict)
        }
    }

    @Test func theOfficeIsToldWhenWhatItApprovesWasCorrected() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open(Self.page)
            try await browser.send(Self.page, Self.answers([("street", "麹町2-1")]))
            try await office.send("/queue/approve")
            #expect(office.page.status == .conflict)
            #expect(office.heading == "応募の内容が変わっています")
            try await office.open("/queue/application?receipt=\(receipt)")
            try await office.send("/queue/approve")
            #expect(office.path == "/queue?approved=1")
        }
    }
}
