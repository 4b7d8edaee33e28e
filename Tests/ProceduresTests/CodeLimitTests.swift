import Enrollment
import Logging
import Mail
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// Codes, drafts and files: how many, of whom, and what is the same for everybody.
@Suite struct CodeLimitTests {
    private static let client = Client("198.51.100.7")
    private static let other = Client("192.0.2.1")

    /// Begins a draft and asks for its code.
    @discardableResult
    private static func ask(
        _ desk: isolated OfficeDesk, _ number: Int, at email: String? = nil,
        from client: Client = .here
    ) async throws -> (draft: Token, page: Token) {
        let token = Token(desk.office.random)
        let draft = Invented.draft(number) { if let email { $0[.email] = email } }
        _ = try await desk.office.keepDraft(draft, of: token, from: client)
        return (token, try await desk.office.sendDraftCode(of: token, from: client))
    }

    private static func askForState(
        _ desk: isolated OfficeDesk, _ receipt: String, from client: Client
    ) async throws -> Token {
        try await desk.office.askForStatus(
            receipt: receipt, email: Invented.email(1), from: client)
    }

    private static func letters(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT count(*) AS n FROM outbox")
    }

    @Test func oneMailboxGetsFiveCodesHoweverItIsSpelled() async throws {
        try await withOffice { desk in
            let spellings = [
                "taro.y@gmail.com", "Taro.Y@Gmail.com", "TAROY@gmail.com", "taroy+1@gmail.com",
                "ｔａｒｏｙ＠gmail.com", "t.a.r.o.y+x@googlemail.com", "taroy@GMAIL.COM",
            ]
            var refused = 0
            for (number, spelling) in spellings.enumerated() {
                do { try await Self.ask(desk, number, at: spelling) } catch {
                    refused += 1
                    let expected = Refusal.tooMany(.codeAddress, retryAfterSeconds: 1800)
                    #expect(error as? Refusal == expected)
                }
            }
            let count = try await Self.letters(desk)
            #expect(count == 5 && refused == 2)
            try await Self.ask(desk, 9, at: "taro.y@example.jp")
        }
    }

    @Test func whoUsesUpSomebodysCodesKeepsThemFromNothing() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            for number in 1...7 {
                let client = Client("203.0.113.\(number)")
                try await Self.ask(desk, 2, at: Invented.email(2), from: client)
                _ = try await Self.askForState(desk, receipt, from: client)
            }
            try await Self.ask(desk, 2, at: Invented.email(2), from: Self.other)
            let page = try await Self.askForState(desk, receipt, from: Self.other)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            _ = try await desk.office.openStatus(code: code, asked: page, from: Self.other)
        }
    }

    @Test func aMailboxGetsSoManyCodesWhoeverAsks() async throws {
        try await withOffice { desk in
            var sent = 0
            for number in 1...30 {
                let client = Client("203.0.113.\(number)")
                do {
                    try await Self.ask(desk, 2, at: Invented.email(2), from: client)
                    sent += 1
                } catch Refusal.tooMany(.codeAddress, _) {}
            }
            #expect(sent == 20)
        }
    }

    @Test func aDraftThatNamesSomebodyUsesUpNoneOfTheirStatusCodes() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            for _ in 1...4 { try await Self.ask(desk, 2, at: Invented.email(1)) }
            await #expect(throws: Refusal.self) {
                try await Self.ask(desk, 2, at: Invented.email(1))
            }
            let page = try await desk.office.askForStatus(
                receipt: receipt, email: Invented.email(1), from: .here)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            _ = try await desk.office.openStatus(code: code, asked: page, from: .here)
        }
    }

    @Test func aClientAsksForSoManyCodesAndAllTogetherForSoMany() async throws {
        try await withOffice { desk in
            desk.set {
                $0.limits[.codeClient] = Limit(3, within: 600)
                $0.limits[.codeAll] = Limit(5, within: 600)
            }
            for number in 1...3 { try await Self.ask(desk, number, from: Self.client) }
            await #expect(throws: Refusal.tooMany(.codeClient, retryAfterSeconds: 600)) {
                try await Self.ask(desk, 4, from: Self.client)
            }
            for number in 5...6 { try await Self.ask(desk, number, from: Self.other) }
            try await desk.move(by: 5)
            await #expect(throws: Refusal.tooMany(.codeAll, retryAfterSeconds: 60)) {
                try await Self.ask(desk, 7, from: Client("203.0.113.9"))
            }
            try await Self.ask(desk, 8)
            try await desk.move(by: 600)
            try await Self.ask(desk, 9, from: Self.client)
        }
    }

    @Test func aClientThatGuessesCodesWaitsAndARightOneCostsNothing() async throws {
        try await withOffice { desk in
            desk.set { $0.limits[.tryClient] = Limit(3, within: 600) }
            for number in 1...5 {
                let (draft, page) = try await Self.ask(desk, number, from: Self.client)
                let code = try #require(try await desk.newestCode(to: Invented.email(number)))
                try await desk.office.confirmDraft(
                    of: draft, code: code, asked: page, from: Self.client)
            }
            let (draft, page) = try await Self.ask(desk, 6, from: Self.client)
            let code = try #require(try await desk.newestCode(to: Invented.email(6)))
            for left in [4, 3, 2] {
                await #expect(throws: Refusal.wrong(triesLeft: left)) {
                    try await desk.office.confirmDraft(
                        of: draft, code: CodeTests.wrong(code), asked: page, from: Self.client)
                }
            }
            await #expect(throws: Refusal.tooMany(.tryClient, retryAfterSeconds: 600)) {
                try await desk.office.confirmDraft(
                    of: draft, code: code, asked: page, from: Self.client)
            }
            try await desk.office.confirmDraft(
                of: draft, code: code, asked: page, from: Self.other)
        }
    }

    @Test func whereManyGuessACodeBearsOneTryAndTheOfficeIsToldOnce() async throws {
        try await withOffice { desk in
            desk.set { $0.limits[.tryAll] = Limit(2, within: 600) }
            let account = NewAccount(
                email: "office@example.jp", name: "", role: .office, organizationCode: nil)
            _ = try await desk.office.addAccount(account, by: .operator("test"))
            let (draft, page) = try await Self.ask(desk, 1, from: Self.client)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try await desk.office.raiseAlarms(logger: logger)
            for client in [Self.client, Self.other] {
                await #expect(throws: Refusal.self) {
                    try await desk.office.confirmDraft(
                        of: draft, code: "abc", asked: page, from: client)
                }
            }
            for _ in 1...2 { try await desk.office.raiseAlarms(logger: logger) }
            let alarms = try await desk.sendLetters().count { $0.messageID.hasPrefix("alarm-") }
            #expect(alarms == 1)
            try await desk.move(by: 5)
            let (again, second) = try await Self.ask(desk, 2)
            let code = try #require(try await desk.newestCode(to: Invented.email(2)))
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.confirmDraft(
                    of: again, code: CodeTests.wrong(code), asked: second, from: .here)
            }
        }
    }

    @Test func fivePostsOfOneCodeAtOnceOpenOneSession() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let page = try await desk.office.askForStatus(
                receipt: receipt, email: Invented.email(1), from: .here)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            async let first = Self.open(desk, code, page)
            async let second = Self.open(desk, code, page)
            async let third = Self.open(desk, code, page)
            async let fourth = Self.open(desk, code, page)
            async let fifth = Self.open(desk, code, page)
            let told = try await [first, second, third, fourth, fifth]
            #expect(told.count { $0 == nil } == 1)
            #expect(told.count { $0 == .conflict(.codeWasUsed) } == 4)
            #expect(try await desk.count("SELECT count(*) AS n FROM sessions") == 1)
        }
    }

    /// What is refused; nil when a session was opened.
    private static func open(
        _ desk: isolated OfficeDesk, _ code: String, _ page: Token
    ) async throws -> Refusal? {
        do {
            _ = try await desk.office.openStatus(code: code, asked: page, from: .here)
            return nil
        } catch let refusal as Refusal { return refusal }
    }

    @Test func whoAsksForAStateIsAnsweredTheSameFitOrNot() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let asked = [
                (receipt, Invented.email(1)), (receipt, "else@example.jp"), ("26-", "x@example.jp"),
                ("", ""),
            ]
            for (number, email) in asked {
                for _ in 1...5 {
                    let page = try await desk.office.askForStatus(
                        receipt: number, email: email, from: .here)
                    await #expect(throws: Refusal.wrong(triesLeft: 4)) {
                        try await desk.office.openStatus(code: "abc", asked: page, from: .here)
                    }
                }
                await #expect(throws: Refusal.tooMany(.statusAsk, retryAfterSeconds: 1800)) {
                    try await desk.office.askForStatus(
                        receipt: number, email: email, from: .here)
                }
            }
            let sent = try await desk.sendLetters().count { $0.messageID.hasPrefix("code-") }
            #expect(sent == 6)
        }
    }

    @Test func aClientBeginsSoManyDraftsAndAllTogetherSoMany() async throws {
        try await withOffice { desk in
            desk.set {
                $0.limits[.draftClient] = Limit(2, within: 3_600)
                $0.limits[.draftAll] = Limit(3, within: 86_400)
            }
            let first = try await Self.ask(desk, 1, from: Self.client).draft
            try await Self.ask(desk, 2, from: Self.client)
            await #expect(throws: Refusal.tooMany(.draftClient, retryAfterSeconds: 3600)) {
                try await Self.ask(desk, 3, from: Self.client)
            }
            try await Self.ask(desk, 4, from: Self.other)
            try await desk.move(by: 5)
            await #expect(throws: Refusal.tooMany(.draftAll, retryAfterSeconds: 60)) {
                try await Self.ask(desk, 5, from: Self.other)
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM drafts") == 3)
            _ = try await desk.office.keepDraft(Invented.draft(1), of: first, from: Self.client)
            try await desk.move(by: 86_400)
            try await Self.ask(desk, 6, from: Self.other)
        }
    }

    @Test func anAccountAndAClientSendSoManyFiles() async throws {
        try await withOffice { desk in
            for _ in 1...30 { try await desk.office.countUpload(byAccount: 1, from: Self.client) }
            await #expect(throws: Refusal.tooMany(.uploadAccount, retryAfterSeconds: 600)) {
                try await desk.office.countUpload(byAccount: 1, from: Self.client)
            }
            for _ in 1...30 { try await desk.office.countUpload(byAccount: 2, from: Self.client) }
            await #expect(throws: Refusal.tooMany(.uploadClient, retryAfterSeconds: 600)) {
                try await desk.office.countUpload(byAccount: 3, from: Self.client)
            }
            try await desk.office.countUpload(byAccount: 3, from: Self.other)
        }
    }

    @Test func whatNobodyNeedsAnyMoreIsForgotten() async throws {
        try await withOffice { desk in
            try await Self.ask(desk, 1, from: Self.client)
            try await desk.office.forgetExpired(by: .worker)
            func left() async throws -> [Int] {
                [
                    try await desk.count("SELECT count(*) AS n FROM drafts"),
                    try await desk.count("SELECT count(*) AS n FROM mail_codes"),
                    try await desk.count("SELECT count(*) AS n FROM limit_counts"),
                ]
            }
            #expect(try await left() == [1, 1, 4])
            try await desk.move(by: 3 * 86_400)
            try await desk.office.forgetExpired(by: .worker)
            #expect(try await left() == [1, 0, 0])
            try await desk.move(by: 30 * 86_400)
            try await desk.office.forgetExpired(by: .worker)
            #expect(try await left() == [0, 0, 0])
        }
    }
}
