import Enrollment
import Network
import Postgres
import Procedures
import Secrets
import Store
import Synchronization
import TestSupport
import Testing

/// The security log: a line and an event each; floods are counted by minute and client.
@Suite struct SecurityLogTests {
    private func counts(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts(
            """
            SELECT concat_ws(' ', act, actor, after ->> 'client', detail ->> 'count') AS text
            FROM events LEFT JOIN event_details ON event_id = id
            WHERE detail::jsonb ? 'count' ORDER BY id
            """)
    }

    @Test func aFloodIsAnEventAtOnceAndOneForTheRestOfItsMinute() async throws {
        try await withOffice { desk in
            let office = desk.office!
            for number in 1...240 {
                let mark = office.mark(ofAddress: "person\(number)@example.jp")
                try await office.count(.signInFailed, by: .client("203.0.113.7"), on: mark)
            }
            try await office.count(.signInFailed, by: .client("203.0.113.8"), on: "address:x")
            try await office.count(.slowedDown, by: .client("203.0.113.7"), on: "page:/sign-in")
            let first = [
                "sign_in_failed client 203.0.113.7 1", "sign_in_failed client 203.0.113.8 1",
                "slowed_down client 203.0.113.7 1",
            ]
            #expect(try await counts(desk) == first)
            #expect(!office.hasCountedAttempts)
            try await desk.move(by: 60)
            #expect(office.hasCountedAttempts)
            try await office.tellCountedAttempts()
            #expect(try await counts(desk) == first + ["sign_in_failed client 203.0.113.7 239"])
            #expect(!office.hasCountedAttempts)
            let named = try await desk.rows(
                "SELECT json_array_length(detail -> 'of') AS n FROM events WHERE detail -> 'of' IS NOT NULL"
            )
            #expect(try named.map { try $0.int("n") } == [20])
        }
    }

    @Test func whatWasCountedIsToldAsOfTheMinuteInWhichItHappened() async throws {
        try await withOffice { desk in
            let lines = Told()
            desk.set { $0.securityLog = SecurityLog { lines.add($0) } }
            let happened = desk.office.now
            for _ in 1...3 {
                try await desk.office.count(.codeFailed, by: .client("203.0.113.7"), on: "page:/x")
            }
            try await desk.move(by: 600)
            try await desk.office.tellCountedAttempts()
            let late = try await desk.count(
                "SELECT count(*) AS n FROM events WHERE detail::jsonb ? 'count' AND known_from > \(happened.precise)"
            )
            #expect(late == 0)
            #expect(lines.all.count == 2)
            #expect(lines.all.allSatisfy { $0.hasPrefix("\(happened) ") })
        }
    }

    @Test func atTheEndNothingIsLeftUntold() async throws {
        try await withOffice { desk in
            for _ in 1...3 {
                try await desk.office.count(.codeFailed, by: .client("203.0.113.7"), on: "page:/x")
            }
            try await desk.office.tellCountedAttempts(withThisMinute: true)
            #expect(
                try await counts(desk) == [
                    "code_failed client 203.0.113.7 1", "code_failed client 203.0.113.7 2",
                ])
        }
    }

    @Test func anAddressIsAMarkThatIsTheSameForItsSpellings() async throws {
        try await withOffice { desk in
            let mark = desk.office.mark(ofAddress: "Taro@Example.jp")
            #expect(mark == desk.office.mark(ofAddress: "ｔａｒｏ@example.jp"))
            #expect(mark != desk.office.mark(ofAddress: "jiro@example.jp"))
            #expect(mark.hasPrefix("address:") && !mark.lowercased().contains("taro"))
        }
    }

    @Test func whoLooksAtPersonsLeavesARecordOrSeesNothing() async throws {
        try await withOffice { desk in
            try await JournalTests.check("open_application", desk) {
                try await $0.office.witness(
                    .openApplication, on: "application:1", by: .account(1), applications: [1])
            }
        }
    }
}

/// The lines of a log.
private final class Told: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0 } }
}

/// One browser holds one session.
@Suite struct BrowserSessionTests {
    private static let office = NewAccount(
        email: "office@example.jp", name: "", role: .office, organizationCode: nil)

    @Test func aSignInTakesThePlaceOfTheSessionBefore() async throws {
        try await withOffice { desk in
            let password = try await desk.office.addAccount(Self.office, by: .operator("root"))
            let mark = Token(desk.office.random)
            let first = try await desk.office.signIn(
                email: Self.office.email, password: password, from: .here,
                in: KnownBrowser(mark: mark))
            let elsewhere = try await desk.office.signIn(
                email: Self.office.email, password: password, from: .here,
                in: KnownBrowser(mark: Token(desk.office.random)))
            // The answer to the first was lost: the browser sends no session.
            let second = try await desk.office.signIn(
                email: Self.office.email, password: password, from: .here,
                in: KnownBrowser(mark: mark))
            #expect(try await desk.office.account(of: first) == nil)
            #expect(try await desk.office.account(of: second) != nil)
            #expect(try await desk.office.account(of: elsewhere) != nil)
            // The cookie by which the browser is known was lost: the session still is its own.
            let third = try await desk.office.signIn(
                email: Self.office.email, password: password, from: .here,
                in: KnownBrowser(session: second))
            #expect(try await desk.office.account(of: second) == nil)
            #expect(try await desk.office.account(of: third) != nil)
            let ended = try await desk.count(
                "SELECT count(*) AS n FROM events WHERE act = 'sign_out' AND detail::jsonb ? 'by'")
            #expect(ended == 1)
        }
    }

    @Test func anApplicantsAndAnOfficersDoNotStandSideBySide() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let password = try await desk.office.addAccount(Self.office, by: .operator("root"))
            let mark = Token(desk.office.random)
            let staff = try await desk.office.signIn(
                email: Self.office.email, password: password, from: .here,
                in: KnownBrowser(mark: mark))
            let asked = try await desk.office.askForStatus(
                receipt: receipt, email: Invented.email(1), from: .here)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            let own = try await desk.office.openStatus(
                code: code, asked: asked, from: .here, in: KnownBrowser(mark: mark, session: staff))
            #expect(try await desk.office.account(of: staff) == nil)
            #expect(try await desk.office.applicant(of: own) != nil)
            _ = try await desk.office.signIn(
                email: Self.office.email, password: password, from: .here,
                in: KnownBrowser(mark: mark))
            #expect(try await desk.office.applicant(of: own) == nil)
            #expect(try await desk.count("SELECT count(*) AS n FROM sessions") == 1)
        }
    }
}
