import Enrollment
import Mail
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// 確認番号 and passwords: how often, how long.
@Suite struct CodeTests {
    /// A fit draft that is not confirmed, with the page that asked for a code.
    static func asked(_ desk: isolated OfficeDesk) async throws -> (draft: Token, page: Token) {
        let token = Token(desk.office.random)
        _ = try await desk.office.keepDraft(Invented.draft(1), of: token, from: .here)
        return (token, try await desk.office.sendDraftCode(of: token, from: .here))
    }

    static func wrong(_ code: String) -> String { code == "000000" ? "111111" : "000000" }

    @Test func afterFiveWrongCodesTheRightOneIsRefused() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            for left in [4, 3, 2, 1, 0] {
                await #expect(throws: Refusal.wrong(triesLeft: left)) {
                    try await desk.office.confirmDraft(
                        of: draft, code: Self.wrong(code), asked: page, from: .here)
                }
            }
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
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
                try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
                #expect(expected == nil)
            } catch { #expect(error as? Refusal == expected) }
        }
    }

    @Test func theTenMinutesBeginWhenTheLetterIsSent() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            try await desk.move(by: 3_000)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            try await desk.move(by: 599)
            try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
            let (other, late) = try await Self.asked(desk)
            try await desk.move(by: 3_000)
            let second = try #require(try await desk.newestCode(to: Invented.email(1)))
            try await desk.move(by: 600)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(
                    of: other, code: second, asked: late, from: .here)
            }
        }
    }

    @Test func ofALetterWithACodeOnlyADigestIsKeptOnceItIsSent() async throws {
        try await withOffice { desk in
            desk.set { $0.isDemo = false }
            _ = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            let kept = try await desk.texts("SELECT body AS text FROM outbox")
            #expect(kept.count == 1 && kept[0].hasPrefix("digest:") && !kept[0].contains(code))
        }
    }

    @Test func aCodeWorksOnceAndOnlyOnThePageThatAsked() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(
                    of: draft, code: code, asked: Token(desk.office.random), from: .here)
            }
            try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
            _ = try await desk.office.keepDraft(Invented.draft(2), of: draft, from: .here)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
            }
        }
    }

    @Test func aSecondPressFindsTheAddressConfirmed() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
            try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
            let kept = try await desk.office.reading.draft(tokenDigest: draft.digest)
            #expect(kept?.isConfirmed == true)
        }
    }

    @Test func aCodeOfAnotherDraftConfirmsNothingAndIsNotUsedUp() async throws {
        try await withOffice { desk in
            let other = Token(desk.office.random)
            _ = try await desk.office.keepDraft(Invented.draft(2), of: other, from: .here)
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                try await desk.office.confirmDraft(of: other, code: code, asked: page, from: .here)
            }
            try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
            let kept = try await desk.office.reading.draft(tokenDigest: draft.digest)
            #expect(kept?.isConfirmed == true)
        }
    }

    @Test func aCodeForTheAddressOfBeforeDoesNotConfirmTheNewOne() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            let other = Invented.draft(1) { $0[.email] = "victim@example.jp" }
            _ = try await desk.office.keepDraft(other, of: draft, from: .here)
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                try await desk.office.confirmDraft(of: draft, code: code, asked: page, from: .here)
            }
            let kept = try await desk.office.reading.draft(tokenDigest: draft.digest)
            #expect(kept?.isConfirmed == false)
        }
    }

    @Test func aNewCodeKillsTheOlder() async throws {
        try await withOffice { desk in
            let (draft, page) = try await Self.asked(desk)
            let older = try #require(try await desk.newestCode(to: Invented.email(1)))
            _ = try await desk.office.sendDraftCode(of: draft, from: .here)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(of: draft, code: older, asked: page, from: .here)
            }
        }
    }

    @Test func anAddressGetsFiveCodesInHalfAnHour() async throws {
        try await withOffice { desk in
            let (draft, _) = try await Self.asked(desk)
            for _ in 2...5 { _ = try await desk.office.sendDraftCode(of: draft, from: .here) }
            await #expect(throws: Refusal.tooMany(.codeAddress, retryAfterSeconds: 1800)) {
                try await desk.office.sendDraftCode(of: draft, from: .here)
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM outbox") == 5)
            try await desk.move(by: 1801)
            _ = try await desk.office.sendDraftCode(of: draft, from: .here)
        }
    }

    @Test func aStatusCodeIsSentOnlyToTheAddressOfTheReceipt() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let before = try await desk.sendLetters().count
            _ = try await desk.office.askForStatus(
                receipt: receipt, email: "else@example.jp", from: .here)
            #expect(try await desk.sendLetters().count == before)
            let page = try await desk.office.askForStatus(
                receipt: receipt, email: Invented.email(1), from: .here)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            let session = try await desk.office.openStatus(code: code, asked: page, from: .here)
            let id = try await desk.id(of: receipt)
            #expect(try await desk.office.applicant(of: session) == id)
            try await desk.move(by: 1800)
            #expect(try await desk.office.applicant(of: session) == nil)
        }
    }

    @Test func anAccountRestsAfterFifteenMinutes() async throws {
        try await withOffice { desk in
            let account = NewAccount(
                email: "agent@example.jp", name: "", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            let session = try await desk.office.signIn(
                email: account.email, password: password, from: .here)
            try await desk.move(by: 899)
            #expect(
                try await desk.office.account(of: session)?.organizationCode == "demo-hospital")
            try await desk.move(by: 900)
            #expect(try await desk.office.account(of: session) == nil)
        }
    }
}
