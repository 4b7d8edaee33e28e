import Enrollment
import Mail
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// A password by its owner: changed with the old one, or set by a mailed code.
@Suite struct PasswordTests {
    private static let email = "clerk@example.jp"
    private static let new = "うみと やまと そらのいろ3つ"
    private static let other = "つくえのうえに みかんが みっつ"

    /// An account that is signed in twice.
    private struct Signed {
        let account: AccountRecord
        let password: String
        let session: Token
        let elsewhere: Token
    }

    private static func signed(_ desk: isolated OfficeDesk) async throws -> Signed {
        let password = try await desk.office.addAccount(
            NewAccount(
                email: email, name: "担当", role: .organization, organizationCode: "demo-hospital"),
            by: .operator("root"))
        let session = try await desk.office.signIn(email: email, password: password, from: .here)
        let elsewhere = try await desk.office.signIn(
            email: email, password: password, from: .here)
        let account = try #require(try await desk.office.account(of: session))
        return Signed(
            account: account, password: password, session: session, elsewhere: elsewhere)
    }

    private static func change(
        _ signed: Signed, from old: String? = nil, to new: String = new,
        _ desk: isolated OfficeDesk
    ) async throws -> PasswordChange {
        try await desk.office.changePassword(
            of: signed.account, TypedPasswords(from: old ?? signed.password, to: new),
            keeping: signed.session, from: Client("203.0.113.9"))
    }

    private static func canSignIn(_ password: String, _ desk: isolated OfficeDesk) async throws
        -> Bool
    {
        do {
            _ = try await desk.office.signIn(email: email, password: password, from: .here)
            return true
        } catch Refusal.wrong { return false }
    }

    private static func events(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts(
            """
            SELECT actor || ' ' || subject || ' ' || detail::text AS text FROM events
            WHERE act = 'change_password' ORDER BY id
            """)
    }

    private static func notices(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.sendLetters().filter { $0.messageID.hasPrefix("password_changed-") }
            .map(\.recipient)
    }

    @Test func theOldOneIsAskedForAndAllOtherSessionsEnd() async throws {
        try await withOffice { desk in
            let signed = try await Self.signed(desk)
            #expect(try await Self.change(signed, desk) == .done(endedSessions: 1))
            #expect(try await desk.office.account(of: signed.session) != nil)
            #expect(try await desk.office.account(of: signed.elsewhere) == nil)
            let letters = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("password_changed-")
            }
            #expect(letters.map(\.recipient) == [Self.email])
            #expect(letters.allSatisfy { !$0.body.contains(Self.new) })
            let who = "account:\(signed.account.id)"
            #expect(
                try await Self.events(desk)
                    == ["\(who) \(who) {\"by\":\"old_password\",\"sessions_ended\":1}"])
            #expect(try await Self.canSignIn(Self.new, desk))
            #expect(try await !Self.canSignIn(signed.password, desk))
        }
    }

    @Test func aSecondPressFindsItDoneAndTellsNobodyTwice() async throws {
        try await withOffice { desk in
            let signed = try await Self.signed(desk)
            _ = try await Self.change(signed, desk)
            #expect(try await Self.change(signed, desk) == .done(endedSessions: 0))
            #expect(try await Self.notices(desk).count == 1)
            #expect(try await Self.events(desk).count == 1)
        }
    }

    @Test func whatIsNoPasswordChangesNothing() async throws {
        try await withOffice { desk in
            let signed = try await Self.signed(desk)
            #expect(try await Self.change(signed, to: "短い", desk) == .rejected(.tooShort))
            #expect(
                try await Self.change(signed, to: "clerk@example.jp担当", desk)
                    == .rejected(.tooSimple))
            #expect(
                try await Self.change(signed, to: signed.password, desk)
                    == .rejected(.unchanged))
            #expect(try await Self.canSignIn(signed.password, desk))
            #expect(try await desk.office.account(of: signed.elsewhere) != nil)
            #expect(try await Self.events(desk).isEmpty)
        }
    }

    @Test func wrongOldOnesAreCountedLikeThoseOfASignIn() async throws {
        try await withOffice { desk in
            let signed = try await Self.signed(desk)
            for _ in 1...10 {
                await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                    _ = try await Self.change(signed, from: "x", desk)
                }
            }
            await #expect(throws: Refusal.tooMany(.signInAccount, retryAfterSeconds: 600)) {
                _ = try await Self.change(signed, desk)
            }
            let warned = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("sign_in_warning-")
            }
            #expect(warned.map(\.recipient) == [Self.email])
            #expect(try await Self.canSignIn(signed.password, desk), "from elsewhere")
        }
    }

    /// Two at once: who comes second does not write over what the first has set.
    @Test func onlyThePasswordThatWasAskedForIsReplaced() async throws {
        try await withOffice { desk in
            let signed = try await Self.signed(desk)
            _ = try await Self.change(signed, desk)
            let kept = try await desk.texts("SELECT password_hash AS text FROM accounts")
            _ = try await desk.rows("UPDATE accounts SET password_hash = 'scrypt$10$AA$AA'")
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                _ = try await Self.change(signed, from: Self.new, to: Self.other, desk)
            }
            #expect(kept.count == 1)
        }
    }

    private static func ask(_ desk: isolated OfficeDesk) async throws -> (Token, code: String) {
        let asked = try await desk.office.askForPassword(
            email: "Clerk@example.jp", from: Client("203.0.113.9"))
        return (asked, try #require(try await desk.newestCode(to: email)))
    }

    private static func set(
        _ code: String, _ asked: Token, _ desk: isolated OfficeDesk, to password: String = new
    ) async throws -> PasswordChange {
        try await desk.office.setPassword(
            password, code: code, asked: asked, from: Client("203.0.113.9"))
    }

    @Test func aForgottenOneIsSetByTheMailedCodeOnce() async throws {
        try await withOffice { desk in
            let signed = try await Self.signed(desk)
            let (asked, code) = try await Self.ask(desk)
            #expect(try await Self.set(code, asked, desk) == .done(endedSessions: 2))
            #expect(try await desk.office.account(of: signed.session) == nil)
            #expect(try await Self.notices(desk) == [Self.email])
            #expect(try await Self.canSignIn(Self.new, desk))
            #expect(try await !Self.canSignIn(signed.password, desk))
            await #expect(throws: Refusal.conflict(.codeWasUsed)) {
                _ = try await Self.set(code, asked, desk, to: Self.other)
            }
            #expect(try await !Self.canSignIn(Self.other, desk))
            #expect(try await Self.events(desk).first?.contains("mailed_code") == true)
        }
    }

    @Test func aCodeDiesWithItsTimeItsPageAndANewPassword() async throws {
        try await withOffice { desk in
            let signed = try await Self.signed(desk)
            let (asked, code) = try await Self.ask(desk)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                _ = try await Self.set(code, Token(desk.office.random), desk)
            }
            _ = try await Self.change(signed, to: Self.other, desk)
            await #expect(throws: Refusal.wrong(triesLeft: 0), "set by the old one meanwhile") {
                _ = try await Self.set(code, asked, desk)
            }
            let (again, later) = try await Self.ask(desk)
            try await desk.move(by: 601)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                _ = try await Self.set(later, again, desk)
            }
            #expect(try await Self.canSignIn(Self.other, desk))
        }
    }

    @Test func aCodeOpensNothingOfAnAccountThatEndedOrHasAnotherAddress() async throws {
        for isEnded in [true, false] {
            try await withOffice { desk in
                _ = try await Self.signed(desk)
                let (asked, code) = try await Self.ask(desk)
                if isEnded {
                    try await desk.office.disableAccount(Self.email, by: .operator("root"))
                } else {
                    var change = AccountChange()
                    change.email = "new@example.jp"
                    _ = try await desk.office.changeAccount(
                        Self.email, change, by: .operator("root"))
                }
                await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                    _ = try await Self.set(code, asked, desk)
                }
                #expect(try await Self.events(desk).isEmpty)
            }
        }
    }

    @Test func onesOwnNameIsNoPasswordAndUsesNoCodeUp() async throws {
        try await withOffice { desk in
            _ = try await Self.signed(desk)
            let (asked, code) = try await Self.ask(desk)
            #expect(
                try await Self.set(code, asked, desk, to: "clerk@example.jp担当")
                    == .rejected(.tooSimple))
            #expect(try await Self.set(code, asked, desk) == .done(endedSessions: 2))
        }
    }

    /// What is kept and counted is as much for an address that nobody has; only no letter leaves.
    @Test func nobodyLearnsWhichAddressHasAnAccount() async throws {
        try await withOffice { desk in
            _ = try await Self.signed(desk)
            try await desk.office.disableAccount(Self.email, by: .operator("root"))
            for (number, email) in [Self.email, "nobody@example.jp"].enumerated() {
                for _ in 1...5 {
                    _ = try await desk.office.askForPassword(
                        email: email, from: Client("203.0.113.9"))
                }
                await #expect(throws: Refusal.tooMany(.passwordAsk, retryAfterSeconds: 1_800)) {
                    _ = try await desk.office.askForPassword(
                        email: email, from: Client("203.0.113.9"))
                }
                #expect(
                    try await desk.count("SELECT count(*) AS n FROM mail_codes")
                        == 5 * (number + 1))
            }
            let sent = try await desk.sendLetters().filter { $0.messageID.hasPrefix("code-") }
            #expect(sent.isEmpty)
        }
    }
}
