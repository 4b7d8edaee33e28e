import Enrollment
import HTTP
import Network
import Postgres
import Procedures
import Store
import Synchronization
import TestSupport
import Testing
import Web

/// What the pages tell the security log, and what they keep from it.
@Suite struct SecurityTests {
    @Test func aProxyThatIsNotNamedIsToldOnceForAllWorkers() async throws {
        try await withOffice { desk in
            let target = try #require(Target("/accessibility"))
            let fields = Headers([(.host, "enroll.example"), (.forwardedFor, "203.0.113.7")])
            for client in ["203.0.113.9", "127.0.0.1", "127.0.0.1", "::1"] {
                let site = Site(desk.office, isSecure: true) { _, error in
                    Issue.record("\(error)")
                }
                let head = RequestHead(.get, target, headers: fields)
                for _ in 1...2 {
                    _ = await site.respond(
                        to: Request(head, body: .empty, client: Client(client)))
                }
            }
            let told = try await desk.count(
                "SELECT count(*) AS n FROM events WHERE act = 'unnamed_proxy'")
            #expect(told == 1)
        }
    }

    /// The lines that were written.
    private final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func append(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private static let own: SQL = """
        SELECT act AS text FROM events
        WHERE act ~ '^(open|search|download)_|^sign_|_(failed|refused|down|forged)$'
          AND actor ~ '^(account:|client)' ORDER BY id
        """

    /// A browser over an office whose log is kept.
    private func browser(_ desk: isolated OfficeDesk, _ lines: Lines) -> Browser {
        desk.set { $0.securityLog = SecurityLog { lines.append($0) } }
        return Browser(desk.office)
    }

    @Test func whatAnOfficerLooksAtIsToldLineByLine() async throws {
        try await withOffice { desk in
            let lines = Lines()
            var browser = browser(desk, lines)
            let receipt = try await browser.apply(1, desk)
            try await browser.signIn(desk)
            try await browser.open("/queue")
            try await browser.open("/queue/application?receipt=\(receipt)")
            try await browser.open("/people")
            try await browser.send("/people", [("person", "ヤマサキ")])
            try await browser.send("/sign-out")
            let acts = [
                "sign_in", "open_queue", "open_application", "search_people", "sign_out",
            ]
            #expect(try await desk.texts(Self.own) == acts)
            #expect(lines.all.map { $0.split(separator: " ")[2] } == acts.map { "act=\($0)" })
            let id = try await desk.count("SELECT id AS n FROM applications")
            #expect(lines.all[3].hasSuffix("detail={\"applications\":[\(id)]}"))
            let told = try await desk.texts("SELECT concat(e.*) AS text FROM events e")
            for text in told + lines.all {
                #expect(!text.contains("ヤマサキ") && !text.contains("@") && !text.contains("\n"))
            }
        }
    }

    @Test func wrongPasswordsAreCountedAndTheAddressIsAMark() async throws {
        try await withOffice { desk in
            let lines = Lines()
            var browser = browser(desk, lines)
            for _ in 1...4 {
                try await browser.open("/sign-in")
                try await browser.send(
                    "/sign-in", [("email", "nobody@example.jp"), ("password", "x")])
            }
            #expect(try await desk.texts(Self.own) == ["sign_in_failed"])
            try await desk.move(by: 61)
            try await browser.open("/sign-in")
            #expect(try await desk.texts(Self.own) == ["sign_in_failed", "sign_in_failed"])
            #expect(lines.all.count == 2)
            #expect(lines.all[1].contains("{\"count\":3,\"of\":[\"address:"))
            #expect(!lines.all.joined().contains("nobody"))
        }
    }

    @Test func whatIsNotTheirsIsRefusedAndTold() async throws {
        try await withOffice { desk in
            let lines = Lines()
            var browser = browser(desk, lines)
            let clerk = NewAccount(
                email: "clerk@example.jp", name: "", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(clerk, by: .operator("test"))
            let coordinator = Coordinator(
                name: "", phone: "", email: "", evidence: .personal, attests: true)
            let file = GroupUpload(
                name: "a.csv", bytes: Invented.groupFile(1...2), coordinator: coordinator)
            let foreign = try await desk.office.planGroup(
                file, of: "demo-clinic", by: .operator("coordinator"))
            let own = try await desk.office.planGroup(
                file, of: "demo-hospital", by: .operator("coordinator"))
            _ = try await desk.office.applyGroup(
                try #require(own.number), by: .operator("coordinator"))
            try await browser.open("/sign-in")
            try await browser.send("/sign-in", [("email", clerk.email), ("password", password)])
            try await browser.open("/queue")
            #expect(browser.page.status == .forbidden)
            try await browser.open("/group-files/plan?number=\(try #require(foreign.number))")
            #expect(browser.page.status == .notFound)
            try await browser.open("/group-files/plan?number=\(try #require(own.number))")
            try await browser.open("/group/members")
            try await browser.send("/group/members", [("person", "サトウ")])
            try await browser.open("/group/members/file")
            try await desk.move(by: 61)
            try await browser.open("/group")
            #expect(
                try await desk.texts(Self.own) == [
                    "sign_in", "access_refused", "open_group_file", "open_members",
                    "search_members", "download_members", "access_refused",
                ])
            #expect(lines.all.last?.contains("group_file:\(foreign.number ?? "")") == true)
        }
    }

    @Test func oneBrowserHoldsOneSession() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.signIn(desk)
            #expect(browser.path == "/today")
            var copied = browser
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.heading == "あなたの応募")
            try await copied.open("/queue")
            #expect(copied.path.hasPrefix("/sign-in"))
            try await browser.open("/queue")
            #expect(browser.path.hasPrefix("/sign-in"))
        }
    }
}
