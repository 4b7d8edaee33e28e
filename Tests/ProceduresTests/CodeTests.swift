import Enrollment
import Procedures
import Secrets
import Store
import Postgres
import TestSupport
import Testing

/// 確認番号 and passwords: how often, how long.
@Suite struct CodeTests {
    /// A fit draft that is not confirmed, with the page that asked for a code.
    static func asked(_ desk: isolated OfficeDesk) async throws -> (draft: Token, page: Token) {
        let token = Token(desk.office.random)
        _ = try await desk.office.keepDraft(Invented.draft(1), of: token)
        return (token, try await desk.office.sendDraftCode(of: token))
    }

    static func wrong(_ code: String) -> String { code == "000000" ? "111111" : "000000" }

    @Test func afterFiveWrongCodesTheRightOneIsRefused() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            for left in [4, 3, 2, 1, 0] {
                await #expect(throws: Refusal.wrong(triesLeft: left)) {
                    try await desk.office.confirmDraft(
                        of: draft, code: Self.wrong(code), asked: page)
                }
            }
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(of: draft, code: code, asked: page)
            }
        }
    }

    @Test(arguments: [(599, true), (600, false)])
    func aCodeIsGoodForTenMinutes(seconds: Int, isGood: Bool) async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            try await desk.move(by: seconds)
            let expected: Refusal? = isGood ? nil : .wrong(triesLeft: 0)
            do {
                try await desk.office.confirmDraft(of: draft, code: code, asked: page)
                #expect(expected == nil)
            } catch { #expect(error as? Refusal == expected) }
        }
    }

    @Test func aCodeWorksOnceAndOnlyOnThePageThatAsked() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(
                    of: draft, code: code, asked: Token(desk.office.random))
            }
            try await desk.office.confirmDraft(of: draft, code: code, asked: page)
            _ = try await desk.office.keepDraft(Invented.draft(2), of: draft)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(of: draft, code: code, asked: page)
            }
        }
    }

    @Test func aSecondPressFindsTheAddressConfirmed() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            try await desk.office.confirmDraft(of: draft, code: code, asked: page)
            try await desk.office.confirmDraft(of: draft, code: code, asked: page)
            let kept = try await desk.office.reading.draft(tokenDigest: draft.digest)
            #expect(kept?.isConfirmed == true)
        }
    }

    @Test func aCodeOfAnotherDraftConfirmsNothingAndIsNotUsedUp() async throws {
        try await withOffice { desk in
            let other = Token(desk.office.random)
            _ = try await desk.office.keepDraft(Invented.draft(2), of: other)
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                try await desk.office.confirmDraft(of: other, code: code, asked: page)
            }
            try await desk.office.confirmDraft(of: draft, code: code, asked: page)
            let kept = try await desk.office.reading.draft(tokenDigest: draft.digest)
            #expect(kept?.isConfirmed == true)
        }
    }

    @Test func aCodeForTheAddressOfBeforeDoesNotConfirmTheNewOne() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            let other = Invented.draft(1) { $0[.email] = "victim@example.jp" }
            _ = try await desk.office.keepDraft(other, of: draft)
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                try await desk.office.confirmDraft(of: draft, code: code, asked: page)
            }
            let kept = try await desk.office.reading.draft(tokenDigest: draft.digest)
            #expect(kept?.isConfirmed == false)
        }
    }

    @Test func aNewCodeKillsTheOlder() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let older = try #require(try await desk.newestCode(to: Invented.email(1)))
            _ = try await desk.office.sendDraftCode(of: draft)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(of: draft, code: older, asked: page)
            }
        }
    }

    @Test func anAddressGetsFiveCodesInHalfAnHour() async throws {
        try await withOffice { desk in
            let (draft, _) = try await Self.asked(desk)
            for _ in 2...5 { _ = try await desk.office.sendDraftCode(of: draft) }
            await #expect(throws: Refusal.tooMany(retryAfterSeconds: 1800)) {
                try await desk.office.sendDraftCode(of: draft)
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM outbox") == 5)
            try await desk.move(by: 1801)
            _ = try await desk.office.sendDraftCode(of: draft)
        }
    }

    @Test func aStatusCodeIsSentOnlyToTheAddressOfTheReceipt() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let before = try await desk.sendLetters().count
            _ = try await desk.office.askForStatus(receipt: receipt, email: "else@example.jp")
            #expect(try await desk.sendLetters().count == before)
            let page = try await desk.office.askForStatus(
                receipt: receipt, email: Invented.email(1))
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            let session = try await desk.office.openStatus(code: code, asked: page)
            let id = try await desk.id(of: receipt)
            #expect(try await desk.office.applicant(of: session) == id)
            try await desk.move(by: 1800)
            #expect(try await desk.office.applicant(of: session) == nil)
        }
    }

    @Test func afterTenWrongPasswordsTheRightOneWaitsTenMinutes() async throws {
        try await withOffice { desk in
            let account = NewAccount(
                email: "office@example.jp", name: "", role: .office, organizationCode: nil)
            let password = try await desk.office.addAccount(account, by: "test")
            for _ in 1...10 {
                await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                    try await desk.office.signIn(email: account.email, password: "x")
                }
            }
            await #expect(throws: Refusal.tooMany(retryAfterSeconds: 600)) {
                try await desk.office.signIn(email: account.email, password: password)
            }
            try await desk.move(by: 601)
            let session = try await desk.office.signIn(email: account.email, password: password)
            #expect(try await desk.office.account(of: session)?.email == account.email)
            try await desk.office.disableAccount(account.email, by: "test")
            #expect(try await desk.office.account(of: session) == nil)
        }
    }

    @Test func anAccountRestsAfterFifteenMinutes() async throws {
        try await withOffice { desk in
            let account = NewAccount(
                email: "agent@example.jp", name: "", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(account, by: "test")
            let session = try await desk.office.signIn(email: account.email, password: password)
            try await desk.move(by: 899)
            #expect(
                try await desk.office.account(of: session)?.organizationCode == "demo-hospital")
            try await desk.move(by: 900)
            #expect(try await desk.office.account(of: session) == nil)
        }
    }
}
