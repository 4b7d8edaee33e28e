import Enrollment
import Foundation
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What the page of a plan says to the clerk of an organization.
@Suite struct GroupPageTests {
    /// Headings of files from `Tests/Rosters` that are said to be of no use.
    private static let unused = [
        "06a-phone-and-contact.csv": "連絡先", "18-kubun-means-employment.csv": "区分",
    ]

    /// Plans a file from `Tests/Rosters`, or other bytes, and opens the page of its plan.
    private static func browser(
        _ desk: isolated OfficeDesk, _ name: String, _ bytes: [UInt8]? = nil
    ) async throws -> Browser {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Rosters")
        let content = try bytes ?? [UInt8](Data(contentsOf: folder.appending(path: name)))
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: false)
        let planned = try await desk.office.planGroup(
            GroupUpload(
                name: name, bytes: content, coordinator: coordinator,
                choices: unused[name].map { [ColumnChoice(ColumnName($0), .unused)] } ?? []),
            of: "demo-hospital", by: .operator("coordinator"))
        let account = NewAccount(
            email: "clerk@hospital.example", name: "担当", role: .organization,
            organizationCode: "demo-hospital")
        let password = try await desk.office.addAccount(account, by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", account.email), ("password", password)])
        try await browser.open("/group-files/plan?number=\(planned.number ?? "")")
        return browser
    }

    @Test func everyNoticeIsOnThePage() async throws {
        try await withOffice { desk in
            let browser = try await Self.browser(desk, "08-notices-never-shown.csv")
            #expect(browser.text.contains("確かめてほしいことが4つあります"))
            for sentence in [
                "5行目「氏名」：「NGUYEN」と「THI HOA」に分けました。正しいかご確認ください。",
                "6行目「氏名」：「十河」と「澪（ソゴウ ミオ）」に分けました。",
                "6行目「氏名」：名に「（」が入っています。誤りではありませんか。",
                "6行目「フリガナ」：氏（カナ）を全角カタカナ「ソゴウ」に直しました。",
                "7行目「メールアドレス」：同じメールアドレスが2行で使われています。",
                "8行目「メールアドレス」：同じメールアドレスが2行で使われています。",
            ] { #expect(browser.text.contains(sentence), "\(sentence)") }
        }
    }

    @Test(arguments: [
        ("02-badge-wanted-mail-blank.csv", "オープンバッジを希望しているが、メールアドレスがない：1行"),
        ("06a-phone-and-contact.csv", "「連絡先」の列：使わない（登録しない）"),
        ("13b-group-total-and-foot-rows.csv", "読み飛ばしました：4、6、8〜10行目"),
        ("17-sample-rows-by-other-words.csv", "2〜4行目：記入例の行のため取り込みません。"),
        ("18-kubun-means-employment.csv", "「区分」の列：使わない（登録しない）"),
        ("01-badge-answers.csv", "オープンバッジを希望する人</dt><dd>11人"),
    ])
    func whatIsNotUsedIsOnThePage(file: String, sentence: String) async throws {
        try await withOffice { desk in
            let browser = try await Self.browser(desk, file)
            #expect(browser.text.contains(sentence))
        }
    }

    @Test func onlyTheWishesOfRowsThatWouldBeSentAreCounted() async throws {
        try await withOffice { desk in
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let first = try await desk.office.planGroup(
                GroupUpload(
                    name: "前.csv", bytes: Invented.groupFile(1...2), coordinator: coordinator),
                of: "demo-hospital", by: .operator("coordinator"))
            _ = try await desk.office.applyGroup(
                try #require(first.number), by: .operator("coordinator"))
            let browser = try await Self.browser(desk, "名簿.csv", Invented.groupFile(1...3))
            #expect(browser.answer("変更なし") == "2件")
            #expect(browser.answer("登録できる行のうち、オープンバッジを希望する人") == "1人")
        }
    }

    /// A hundred wrong postal codes do not hide the one name that is missing.
    @Test func errorsStandByCauseAndRareOnesFirst() async throws {
        try await withOffice { desk in
            let place = Invented.Place("10200949", "東京都", "千代田区", "紀尾井町1-3")
            let text = String(decoding: Invented.groupFile(1...100, at: place), as: UTF8.self)
            let last = text.replacing("100,齋藤", with: "100,")
            let browser = try await Self.browser(desk, "名簿.csv", Array(last.utf8))
            let rare = try #require(browser.text.range(of: "「氏」が空：1行"))
            let common = try #require(browser.text.range(of: "郵便番号が7桁でない：100行"))
            #expect(rare.lowerBound < common.lowerBound)
            #expect(browser.text.contains("4行目「郵便番号」") && !browser.text.contains("5行目「郵便番号」"))
            #expect(browser.text.contains("ほかの97行") && browser.text.contains("<p>5〜101行目</p>"))
        }
    }

    /// Long lists are cut, but every row stands there by its number.
    @Test func everyRowThatIsNotSentIsOnThePage() async throws {
        try await withOffice { desk in
            let bytes = Invented.groupFile(Array(1...130) + Array(1...130))
            let browser = try await Self.browser(desk, "名簿.csv", bytes)
            #expect(browser.text.contains("（130件）"))
            #expect(browser.text.contains("ほかに30件あります：232〜261行目"))
        }
    }

    /// More rows wait for the office's word than the page lists.
    @Test func everyRowThatWaitsIsCounted() async throws {
        try await withOffice { desk in
            var seen = Set<String>()
            let bytes = Invented.groupFile(Array(1...130) + Array(1...130)) { row in
                if !seen.insert(row[0]).inserted { row[9] = "other-" + row[9] }
            }
            var browser = try await Self.browser(desk, "名簿.csv", bytes)
            let number = try #require(
                try await desk.office.reading.groupFiles(of: nil, limit: 1).first?.number)
            let rules = try await desk.office.currentRules()
            let hospital = try #require(rules.organization(code: "demo-hospital"))
            try await desk.office.askToApplyGroup(
                number, of: OrganizationScope(hospital.id), by: .operator("coordinator"))
            _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            _ = try await desk.rows("DELETE FROM jobs")
            try await browser.open(browser.path)
            #expect(browser.answer("確認待ち") == "130件")
            #expect(browser.answer("送らなかった行（エラー、重複など）") == "0件")
            #expect(browser.text.contains("ほかに30件あります。"))
        }
    }

    /// An old page is told what became of the file meanwhile, and does nothing.
    @Test func whoeverPressesLateIsTold() async throws {
        try await withOffice { desk in
            let old = try await Self.browser(desk, "名簿.csv", Invented.groupFile(1...2))
            let number = try #require(
                try await desk.office.reading.groupFiles(of: nil, limit: 1).first?.number)
            let rules = try await desk.office.currentRules()
            let hospital = OrganizationScope(
                try #require(rules.organization(code: "demo-hospital")).id)
            try await desk.office.askToApplyGroup(
                number, of: hospital, by: .operator("another"))
            var browser = old
            try await browser.send("/group-files/discard")
            #expect(browser.text.contains("取りやめていません"))
            _ = try await desk.rows("DELETE FROM jobs")
            browser = old
            try await browser.send("/group-files/discard")
            #expect(browser.text.contains("この名簿は、送らずに取りやめました"))
            browser = old
            try await browser.send("/group-files/apply", [("agent_attestation", "yes")])
            #expect(browser.text.contains("この名簿は、送らずに取りやめました"))
            browser = old
            try await browser.send("/group-files/discard")
            #expect(!browser.text.contains("取りやめていません"))
        }
    }

    @Test func aFileIsReachedThoughManyCameAfterIt() async throws {
        try await withOffice { desk in
            var browser = try await Self.browser(desk, "名簿.csv", Invented.groupFile(1...2))
            let first = browser.path
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: false)
            for number in 11...20 {
                _ = try await desk.office.planGroup(
                    GroupUpload(
                        name: "名簿.csv", bytes: Invented.groupFile([number]),
                        coordinator: coordinator),
                    of: "demo-hospital", by: .operator("coordinator"))
            }
            try await browser.open("/group")
            #expect(!browser.text.contains(first))
            let link = try #require(
                browser.text.firstMatch(of: /href="(\/group\?before=[0-9]+)"/)?.output.1)
            try await browser.open(String(link))
            #expect(browser.text.contains(first))
            #expect(!browser.text.contains("これより前の名簿を見る"))
        }
    }

    @Test func thePageIsTheSameAtEveryLookWithoutTheFile() async throws {
        try await withOffice { desk in
            var browser = try await Self.browser(desk, "08-notices-never-shown.csv")
            let first = browser.text
            _ = try await desk.rows("UPDATE group_files SET original = '\\xFF'")
            for _ in 1...3 {
                try await browser.open(browser.path)
                #expect(browser.text == first)
            }
        }
    }

    @Test func thePageOfAForgottenFileSaysWhatIsLeft() async throws {
        try await withOffice(on: Day("2026-09-15")!) { desk in
            let place = Invented.Place("10200949", "東京都", "千代田区", "紀尾井町1-3")
            let browser = try await Self.browser(
                desk, "名簿.csv", Invented.groupFile(1...5, at: place))
            #expect(browser.text.contains("2行目「郵便番号」") && browser.text.contains("10200949"))
            try await desk.move(by: 90 * 86_400)
            try await desk.office.forgetExpired([.groupOriginal], by: .operator("o"))
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open(browser.path)
            #expect(clerk.text.contains("ファイルの中身は残っていません"))
            #expect(clerk.answer("エラー") == "5件")
            #expect(clerk.text.contains("郵便番号が7桁でない：5行"))
            #expect(clerk.text.contains("<p>2〜6行目</p>") && !clerk.text.contains("ほかの5行"))
            #expect(!clerk.text.contains("10200949") && !clerk.text.contains("髙橋"))
            #expect(!clerk.text.contains("直す行を保存する"))
        }
    }
}
