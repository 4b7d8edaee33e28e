import Enrollment
import HTTP
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

@testable import Web

/// 二段階の確認, in a browser: set up, asked for at the sign-in and again before acts that matter.
@Suite struct SecondFactorPageTests {
    private static let email = "office@enroll.example"

    /// A browser, and the authenticator beside it.
    private struct Member {
        var browser: Browser
        let password: String
        var key = TimeCodeKey([])
        var recoveryCodes: [String] = []

        func code(_ desk: isolated OfficeDesk) -> String {
            key.code(atStep: desk.office.now.microseconds / 30_000_000)
        }

        mutating func signIn() async throws {
            try await browser.open("/sign-in")
            try await browser.send("/sign-in", [("email", email), ("password", password)])
        }

        /// Types in what the page shows for typing in.
        mutating func setUp(_ desk: isolated OfficeDesk) async throws {
            let shown = try #require(
                browser.text.firstMatch(of: /class="secret">([A-Z2-7 ]+)</)?.output.1)
            key = TimeCodeKey(Self.octets(String(shown)))
            try await browser.send("/account/second-factor", [("code", code(desk))])
            recoveryCodes = browser.text.matches(of: /<li>([A-Z2-7]{5}-[A-Z2-7]{5})<\/li>/).map {
                String($0.output.1)
            }
        }

        private static func octets(_ base32: String) -> [UInt8] {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
            let bits = base32.compactMap { alphabet.firstIndex(of: $0) }.flatMap { value in
                (0..<5).map { value >> (4 - $0) & 1 }
            }
            return stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in
                bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | UInt8($1) }
            }
        }
    }

    private static func member(_ desk: isolated OfficeDesk) async throws -> Member {
        desk.set { $0.secondFactor = .required }
        let password = try await desk.office.addAccount(
            NewAccount(email: email, name: "担当", role: .office, organizationCode: nil),
            by: .operator("test"))
        var member = Member(browser: Browser(desk.office), password: password)
        try await member.signIn()
        return member
    }

    @Test func whoMustHaveOneGetsNowhereBeforeItIsSetUp() async throws {
        try await withOffice { desk in
            var member = try await Self.member(desk)
            #expect(member.browser.heading == "二段階の確認")
            #expect(member.browser.text.contains("<svg class=\"qr\""))
            for path in ["/queue", "/account", "/exports"] {
                try await member.browser.open(path)
                #expect(member.browser.heading == "二段階の確認", "\(path)")
            }
            try await member.browser.send("/account/second-factor", [("code", "000000")])
            #expect(member.browser.page.status == .unprocessable)
            let shown = member.browser.text
            try await member.setUp(desk)
            #expect(shown.contains("コードが違います"))
            #expect(member.browser.heading == "予備のコード" && member.recoveryCodes.count == 10)
            try await member.browser.open("/queue")
            #expect(member.browser.page.status == .ok && member.browser.path == "/queue")
            try await member.browser.open("/account/second-factor")
            #expect(member.browser.text.contains("10個"))
            #expect(!member.browser.text.contains("class=\"secret\""))
        }
    }

    @Test func aSignInAsksForACodeAndLeadsToWhereSomebodyWasGoing() async throws {
        try await withOffice { desk in
            var member = try await Self.member(desk)
            try await member.setUp(desk)
            try await member.browser.open("/account")
            try await member.browser.send("/sign-out")
            try await desk.move(by: 60)
            try await member.browser.open("/people")
            try await member.browser.send(
                "/sign-in", [("email", Self.email), ("password", member.password)])
            #expect(member.browser.heading == "確認コードを入力する")
            try await member.browser.send("/sign-in/code", [("code", "")])
            #expect(member.browser.problem(of: "code")?.contains("コードを入力してください。") == true)
            try await member.browser.send("/sign-in/code", [("code", member.code(desk))])
            #expect(member.browser.path == "/people")
            // With the password alone nothing is open.
            var stranger = Member(browser: Browser(desk.office), password: member.password)
            try await stranger.signIn()
            try await stranger.browser.open("/queue")
            #expect(stranger.browser.heading == "確認コードを入力する")
            try await stranger.browser.send(
                "/sign-in/code", [("code", member.recoveryCodes[0].lowercased())])
            #expect(stranger.browser.path == "/queue")
        }
    }

    @Test func anActThatMattersAsksAgainAndKeepsWhatWasTyped() async throws {
        try await withOffice { desk in
            var member = try await Self.member(desk)
            try await member.setUp(desk)
            for _ in 1...2 {
                try await desk.move(by: 10 * 60)
                try await member.browser.open("/exports")
            }
            #expect(member.browser.path == "/exports", "looking goes on")
            try await member.browser.send("/exports", [("purpose", "月次の報告")])
            #expect(member.browser.heading == "確認コードを入力する")
            #expect(try await desk.count("SELECT count(*) AS n FROM exports") == 0)
            try await member.browser.send("/sign-in/code", [("code", "000000")])
            #expect(member.browser.problem(of: "code") != nil)
            try await member.browser.send("/sign-in/code", [("code", member.code(desk))])
            #expect(member.browser.heading == "続きから送る")
            try await member.browser.send("/exports")
            #expect(
                try await desk.texts("SELECT purpose AS text FROM exports") == ["月次の報告"])
        }
    }

    @Test func whereItIsOffThereIsNothingOfIt() async throws {
        try await withOffice { desk in
            let password = try await desk.office.addAccount(
                NewAccount(email: Self.email, name: "担当", role: .office, organizationCode: nil),
                by: .operator("test"))
            var member = Member(browser: Browser(desk.office), password: password)
            try await member.signIn()
            #expect(member.browser.path == "/today")
            try await member.browser.open("/account")
            #expect(!member.browser.text.contains("二段階の確認"))
        }
    }
}
