import Enrollment
import Logging
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 発送: lanes, turns of the domains, and what a refusal does to a letter and to the queue.
@Suite struct MailTests {
    /// A mail server that says what it is told to.
    actor Server: Transport {
        private var answer: @Sendable (Letter) -> MailFailure? = { _ in nil }
        private(set) var taken: [String] = []
        private(set) var tried: [String] = []

        func say(_ answer: @escaping @Sendable (Letter) -> MailFailure?) { self.answer = answer }

        func deliver(_ letter: Letter) async throws(MailFailure) {
            tried.append(letter.recipient)
            if let failure = answer(letter) { throw failure }
            taken.append(letter.recipient)
        }
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func deliver(
        _ desk: isolated OfficeDesk, by server: Server, in lanes: [MailLane] = MailLane.allCases,
        limit: Int = 20
    ) async throws -> Int {
        try await desk.office.deliverLetters(by: server, in: lanes, logger: logger, limit: limit)
    }

    private static func post(
        _ desk: isolated OfficeDesk, _ kind: LetterKind = .receipt, to recipients: [String]
    ) async throws {
        let count = try await desk.count("SELECT count(*) AS n FROM outbox")
        let letters = recipients.enumerated().map { index, recipient in
            OutgoingLetter(
                kind, to: recipient, subject: "題", body: "文",
                messageID: "\(kind.rawValue)-\(count + index)@enroll.example")
        }
        let now = desk.office.now
        try await desk.database.transaction { session in
            let writing = WriteTransaction(session)
            writing.post(letters, at: now)
            _ = try await writing.reading.mailHold()  // what was put off goes with it
        }
    }

    private static func states(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT state AS text FROM outbox ORDER BY id")
    }

    @Test func aCodeOvertakesAMassMail() async throws {
        try await withOffice { desk in
            let server = Server()
            try await Self.post(desk, .appointment, to: (1...60).map { "p\($0)@big.example" })
            try await Self.post(desk, .code, to: ["waits@small.example"])
            try await Self.post(desk, to: ["one@small.example"])
            let lanes = try await desk.office.reading.waitingLanes()
            #expect(lanes.map(\.count) == [1, 1, 60])
            #expect(try await Self.deliver(desk, by: server, limit: 1) == 3)
            #expect(
                await Array(server.taken.prefix(2)) == ["waits@small.example", "one@small.example"])
            #expect(try await Self.deliver(desk, by: server, in: [.codes]) == 0)
        }
    }

    @Test func domainsTakeTurnsAndOneDomainGetsAllPlacesThatNobodyElseWants() async throws {
        try await withOffice { desk in
            let server = Server()
            let crowd = (10...99).map { "p\($0)@big.example" }
            try await Self.post(
                desk, .appointment, to: crowd + ["a@One.example", "b@two.example"])
            #expect(try await Self.deliver(desk, by: server, limit: 6) == 4)
            #expect(
                await server.taken == [
                    "p10@big.example", "p11@big.example", "a@One.example", "b@two.example",
                ])
            #expect(try await Self.deliver(desk, by: server, limit: 6) == 6)
            #expect(await server.taken.dropFirst(4) == crowd[2..<8])
            while try await Self.deliver(desk, by: server) > 0 {}
            #expect(await server.taken.count == 92)
        }
    }

    @Test func aRefusalOfOurSenderHoldsEveryLetterAndEndsNone() async throws {
        try await withOffice { desk in
            let server = Server()
            await server.say { _ in .ours(.sender, 550) }
            try await Self.post(desk, to: (1...5).map { "p\($0)@example.jp" })
            for _ in 1...3 {
                _ = try await Self.deliver(desk, by: server)
                try await desk.move(by: 86_400)
            }
            #expect(await server.tried.count == 3)
            #expect(try await Self.states(desk) == Array(repeating: "waiting", count: 5))
            let hold = try #require(try await desk.office.reading.mailHold())
            #expect(hold.why == "sender refused: permanent 550" && hold.tries == 3)

            await server.say { _ in nil }
            _ = try await desk.office.retryLetters(nil, ended: false, by: .operator("operator"))
            while try await Self.deliver(desk, by: server) > 0 {}
            #expect(await Set(server.taken) == Set((1...5).map { "p\($0)@example.jp" }))
            #expect(await server.taken.count == 5)
            #expect(try await desk.office.reading.mailHold() == nil)
            let tries = try await desk.texts("SELECT max(attempts)::text AS text FROM outbox")
            #expect(tries == ["1"])
        }
    }

    @Test func oneLetterAtWhichTheServerHangsUpHoldsUpNoOther() async throws {
        try await withOffice { desk in
            let server = Server()
            await server.say { $0.recipient.hasPrefix("poison") ? .cutOff : nil }
            try await Self.post(desk, to: ["poison@example.jp", "a@example.jp", "b@example.jp"])
            #expect(try await Self.deliver(desk, by: server) == 3)
            #expect(await server.taken == ["a@example.jp", "b@example.jp"])
            #expect(try await Self.states(desk) == ["waiting", "delivered", "delivered"])
        }
    }

    @Test func aServerThatIsAwayIsAskedWithOneLetterATimeAndEachTimeWithAnother() async throws {
        try await withOffice { desk in
            let server = Server()
            await server.say { _ in .unreachable }
            try await Self.post(desk, to: ["a@example.jp", "b@example.jp", "c@example.jp"])
            #expect(try await Self.deliver(desk, by: server) == 1)
            #expect(try await Self.deliver(desk, by: server) == 0)
            try await desk.move(by: 15)
            #expect(try await Self.deliver(desk, by: server) == 1)
            #expect(try await Self.deliver(desk, by: server) == 0)
            #expect(await server.tried == ["a@example.jp", "b@example.jp"])
            await server.say { _ in nil }
            try await desk.move(by: 30)
            while try await Self.deliver(desk, by: server) > 0 {}
            #expect(await Set(server.taken).count == 3)
        }
    }

    @Test func onlyARefusalOfItsRecipientEndsALetter() async throws {
        try await withOffice { desk in
            let server = Server()
            await server.say {
                $0.recipient.hasPrefix("gone") ? .recipient(550) : .letter(554)
            }
            try await Self.post(desk, to: ["gone@example.jp", "policy@example.jp"])
            for _ in 1...30 {
                _ = try await Self.deliver(desk, by: server)
                try await desk.move(by: 5 * 3600)
            }
            #expect(try await Self.states(desk) == ["failed", "waiting"])
            let counts = try await desk.office.reading.workCounts()
            #expect(counts.outcomes == [.refused: 1, .putOff: 30] && counts.endedLetters == 1)
            let ended = try await desk.office.reading.lettersInTrouble(ended: true, limit: 9)
            #expect(ended.map(\.failure) == ["recipient refused: permanent 550"])

            await server.say { _ in nil }
            #expect(
                try await desk.office.retryLetters(nil, ended: true, by: .operator("operator")) == 2
            )
            while try await Self.deliver(desk, by: server) > 0 {}
            #expect(await Set(server.taken) == ["gone@example.jp", "policy@example.jp"])
        }
    }

    @Test func aRecipientWhoIsNeverThereIsGivenUpAtLastAndACodeSooner() async throws {
        try await withOffice { desk in
            let server = Server()
            await server.say { _ in .recipient(450) }
            try await Self.post(desk, .code, to: ["code@example.jp"])
            try await Self.post(desk, to: ["full@example.jp"])
            for _ in 1...40 {
                _ = try await Self.deliver(desk, by: server)
                try await desk.move(by: 5 * 3600)
            }
            #expect(try await Self.states(desk) == ["failed", "failed"])
            let tries = try await desk.texts(
                "SELECT attempts::text AS text FROM outbox ORDER BY id")
            #expect(tries == ["6", "20"])
            // A code that was given up is not sent again: whoever wants one asks anew.
            #expect(
                try await desk.office.retryLetters(nil, ended: true, by: .operator("operator")) == 1
            )
        }
    }

    @Test func whoIsAskedToStopGivesBackWhatWasNotTried() async throws {
        try await withOffice { desk in
            let server = Server()
            try await Self.post(desk, to: ["a@example.jp", "b@example.jp"])
            var looks = 0
            let tried = try await desk.office.deliverLetters(
                by: server, in: [.receipts], logger: Self.logger
            ) {
                looks += 1
                return looks < 3
            }
            #expect(tried == 1)
            let leased = try await desk.count(
                "SELECT count(*) AS n FROM outbox WHERE state = 'waiting' AND lease_until IS NULL")
            #expect(leased == 1)
        }
    }
}
