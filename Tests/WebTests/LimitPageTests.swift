import Enrollment
import HTTP
import Network
import Postgres
import Procedures
import TestSupport
import Testing

/// What is said to whoever has to wait, and that nothing typed is lost.
@Suite struct LimitPageTests {
    private static let client = Client("198.51.100.7")

    private static func waits(_ browser: Browser, _ seconds: String) {
        #expect(browser.page.status == .tooManyRequests)
        #expect(browser.page.headers[.retryAfter] == seconds)
    }

    @Test func theSignInPageStaysWithTheAddress() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            browser.client = Self.client
            try await browser.open("/queue")
            for _ in 1...10 {
                try await browser.send("/sign-in", [("email", "a@example.jp"), ("password", "x")])
                #expect(browser.page.status == .unprocessable)
            }
            try await browser.send("/sign-in", [("email", "a@example.jp"), ("password", "x")])
            Self.waits(browser, "600")
            #expect(browser.text.contains("10分ほど待ってから"))
            #expect(browser.text.contains("value=\"a@example.jp\""))
            #expect(browser.text.contains("name=\"next\" value=\"/queue\""))
        }
    }

    @Test func theFormStaysFilledInWhereNoDraftCanBeBegun() async throws {
        try await withOffice { desk in
            desk.set { $0.limits[.draftClient] = Limit(1, within: 3_600) }
            var browser = Browser(desk.office)
            browser.client = Self.client
            try await browser.fill(1)
            var other = Browser(desk.office)
            other.client = Self.client
            try await other.fill(2)
            Self.waits(other, "3600")
            #expect(other.text.contains("60分ほど待ってから"))
            #expect(other.text.contains(Invented.email(2)))
        }
    }

    @Test func whoeverGuessedTooManyCodesIsToldOnTheSamePage() async throws {
        try await withOffice { desk in
            let receipt = try await Browser.applied(1, desk)
            desk.set { $0.limits[.tryClient] = Limit(2, within: 600) }
            var browser = Browser(desk.office)
            browser.client = Self.client
            try await browser.fill(2)
            for status in [Status.unprocessable, .unprocessable, .tooManyRequests] {
                try await browser.send(Browser.code, [("code", "000000")])
                #expect(browser.page.status == status)
            }
            #expect(browser.text.contains("番号の入力まちがいが続いたため"))
            #expect(browser.text.contains("新しい番号を受け取って入力してください。"))
            try await browser.open("/status")
            try await browser.send(
                "/status", [("receipt", receipt), ("email", Invented.email(1))])
            try await browser.send("/status/code", [("code", "000000")])
            Self.waits(browser, "600")
        }
    }

    @Test func aCodeThatIsUsedUpSaysSoAndWhatToDo() async throws {
        try await withOffice { desk in
            let receipt = try await Browser.applied(1, desk)
            var browser = Browser(desk.office)
            try await browser.fill(2)
            for _ in 1...6 { try await browser.send(Browser.code, [("code", "000000")]) }
            let told = "この番号は、もう使えません"
            #expect(browser.problem(of: "code")?.contains(told) == true)
            #expect(browser.text.contains("「もう一度送る」を押して、新しく届く番号を入力してください。"))
            try await browser.open("/status")
            try await browser.send(
                "/status", [("receipt", receipt), ("email", Invented.email(1))])
            for _ in 1...6 { try await browser.send("/status/code", [("code", "000000")]) }
            #expect(browser.problem(of: "code")?.contains(told) == true)
            #expect(browser.text.contains("「受付番号とアドレスを入力し直す」を選んで"))
        }
    }

    @Test func whoeverAsksForTooManyCodesIsToldOnTheSamePage() async throws {
        try await withOffice { desk in
            let receipt = try await Browser.applied(1, desk)
            desk.set { $0.limits[.codeClient] = Limit(2, within: 600) }
            for email in [Invented.email(1), "else@example.jp"] {
                var browser = Browser(desk.office)
                browser.client = Client(email == "else@example.jp" ? "192.0.2.1" : "192.0.2.2")
                for _ in 1...2 {
                    try await browser.open("/status")
                    try await browser.send("/status", [("receipt", receipt), ("email", email)])
                    #expect(browser.path == "/status/code")
                }
                try await browser.open("/status")
                try await browser.send("/status", [("receipt", receipt), ("email", email)])
                Self.waits(browser, "600")
                #expect(browser.text.contains("value=\"\(email)\""))
            }
        }
    }

    @Test func theLastCodeGoesOnForAnybodyWhoAskedForTheSameTooOften() async throws {
        try await withOffice { desk in
            let receipt = try await Browser.applied(1, desk)
            for email in [Invented.email(1), "else@example.jp"] {
                var browser = Browser(desk.office)
                var asked: [String?] = []
                for _ in 1...6 {
                    try await browser.open("/status")
                    try await browser.send("/status", [("receipt", receipt), ("email", email)])
                    #expect(browser.path == "/status/code")
                    asked.append(browser.cookies["__Host-asked"])
                }
                #expect(Set(asked).count == 5 && asked[4] == asked[5])
                try await browser.send("/status/code", [("code", "000000")])
                #expect(browser.text.contains("番号が違います。"))
            }
        }
    }

    @Test func whoeverSendsTooManyFilesKeepsWhatWasChosen() async throws {
        try await withOffice { desk in
            desk.set { $0.limits[.uploadAccount] = Limit(1, within: 600) }
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            let file = Invented.groupFile([1])
            try await clerk.open("/group")
            try await clerk.upload("/group-files", [("evidence", "training")], file: file)
            #expect(clerk.heading == "名簿をたしかめる")
            try await clerk.open("/group")
            try await clerk.upload("/group-files", [("evidence", "training")], file: file)
            Self.waits(clerk, "600")
            #expect(clerk.text.contains("10分ほど待ってから"))
            #expect(clerk.text.contains("value=\"training\" checked"))
            #expect(try await desk.count("SELECT count(*) AS n FROM group_files") == 1)
        }
    }

    @Test func whatIsNotTakenForPlanningIsNotCounted() async throws {
        try await withOffice { desk in
            desk.set {
                $0.limits[.uploadAccount] = Limit(1, within: 600)
                $0.limits[.uploadClient] = Limit(1, within: 600)
            }
            var clerk = Browser(desk.office)
            clerk.client = Self.client
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/group")
            try await clerk.upload("/group-files", [("evidence", "training")], file: nil)
            #expect(clerk.page.status == .unprocessable)
            #expect(clerk.text.contains("value=\"training\" checked"))
            try await clerk.upload("/group-files", [], file: Invented.groupFile([1]))
            #expect(clerk.page.status == .unprocessable)
            let answers = [("evidence", "training")]
            try await clerk.upload("/group-files", answers, file: Invented.groupFile([1]))
            #expect(clerk.heading == "名簿をたしかめる")
        }
    }

    @Test func aFileThatCannotBeReadCounts() async throws {
        try await withOffice { desk in
            desk.set { $0.limits[.uploadAccount] = Limit(1, within: 600) }
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/group")
            for status in [Status.unprocessable, .tooManyRequests] {
                try await clerk.upload(
                    "/group-files", [("evidence", "training")], file: Array("x".utf8))
                #expect(clerk.page.status == status)
            }
        }
    }

    @Test func aSecondPressOfACodeLeadsWhereTheFirstOneDid() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.open("/status")
            try await browser.send(
                "/status", [("receipt", receipt), ("email", Invented.email(1))])
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            var second = browser
            try await browser.send("/status/code", [("code", code)])
            #expect(browser.heading == "あなたの応募")
            let stale = second
            second.cookies = browser.cookies
            second.cookies["__Host-asked"] = stale.cookies["__Host-asked"]
            try await second.send("/status/code", [("code", code)])
            #expect(second.heading == "あなたの応募")
            var thief = stale
            try await thief.send("/status/code", [("code", code)])
            #expect(thief.path == "/status")
            #expect(try await desk.count("SELECT count(*) AS n FROM sessions") == 1)
        }
    }
}

extension Browser {
    /// Somebody else has applied; gives the receipt number.
    fileprivate static func applied(
        _ number: Int, _ desk: isolated OfficeDesk
    ) async throws -> String {
        var browser = Browser(desk.office)
        return try await browser.apply(number, desk)
    }
}
