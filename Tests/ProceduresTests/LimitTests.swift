import Enrollment
import Mail
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// What is limited: by whom, how often, and who is not held up by it.
@Suite struct LimitTests {
    static let clerk = Client("192.0.2.1")
    static let attacker = Client("198.51.100.7")

    /// An account of the office, and its password.
    private static func account(_ desk: isolated OfficeDesk) async throws -> (String, String) {
        let account = NewAccount(
            email: "office@example.jp", name: "", role: .office, organizationCode: nil)
        return (account.email, try await desk.office.addAccount(account, by: .operator("test")))
    }

    private static func fail(
        _ desk: isolated OfficeDesk, _ email: String, from client: Client, times: Int
    ) async throws {
        for _ in 0..<times {
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                try await desk.office.signIn(email: email, password: "x", from: client)
            }
        }
    }

    @Test func afterTenWrongPasswordsTheSameClientWaitsAndAnotherDoesNot() async throws {
        try await withOffice { desk in
            let (email, password) = try await Self.account(desk)
            try await Self.fail(desk, email, from: Self.attacker, times: 10)
            await #expect(throws: Refusal.tooMany(.signInAccount, retryAfterSeconds: 600)) {
                try await desk.office.signIn(
                    email: email, password: password, from: Self.attacker)
            }
            let session = try await desk.office.signIn(
                email: "Office@Example.JP", password: password, from: Self.clerk)
            #expect(try await desk.office.account(of: session)?.email == email)
        }
    }

    @Test func whoIsRefusedDoesNotWaitLongerForIt() async throws {
        try await withOffice { desk in
            let (email, password) = try await Self.account(desk)
            try await Self.fail(desk, email, from: Self.attacker, times: 10)
            for second in 1...20 {
                try await desk.move(by: 25)
                let left = 600 - 25 * second
                await #expect(throws: Refusal.tooMany(.signInAccount, retryAfterSeconds: left)) {
                    try await desk.office.signIn(
                        email: email, password: "x", from: Self.attacker)
                }
            }
            try await desk.move(by: 101)
            _ = try await desk.office.signIn(
                email: email, password: password, from: Self.attacker)
        }
    }

    @Test func aRightPasswordBeginsTheCountAnew() async throws {
        try await withOffice { desk in
            let (email, password) = try await Self.account(desk)
            for _ in 0..<6 {
                try await Self.fail(desk, email, from: Self.clerk, times: 5)
                _ = try await desk.office.signIn(
                    email: email, password: password, from: Self.clerk)
            }
        }
    }

    @Test func aClientThatTriesOneAccountAfterTheOtherWaits() async throws {
        try await withOffice { desk in
            let (email, password) = try await Self.account(desk)
            let hosts = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"].map { Client($0) }
            for number in 0..<40 {
                try await Self.fail(
                    desk, "a\(number)@example.jp", from: hosts[number % 2], times: 1)
            }
            await #expect(throws: Refusal.tooMany(.signInClient, retryAfterSeconds: 600)) {
                try await desk.office.signIn(email: email, password: password, from: hosts[0])
            }
            for other in ["2001:db8:1:3::1", "192.0.2.1", "127.0.0.1"] {
                _ = try await desk.office.signIn(
                    email: email, password: password, from: Client(other))
            }
        }
    }

    @Test func theOwnerOfAnAccountIsToldOnceADay() async throws {
        try await withOffice { desk in
            let (email, _) = try await Self.account(desk)
            func warnings() async throws -> Int {
                try await desk.sendLetters().count { $0.messageID.hasPrefix("sign_in_warning-") }
            }
            for number in 1...9 {
                try await Self.fail(desk, email, from: Client("192.0.2.\(number)"), times: 1)
            }
            #expect(try await warnings() == 0)
            try await Self.fail(desk, email, from: Self.attacker, times: 5)
            #expect(try await warnings() == 1)
            try await Self.fail(desk, "nobody@example.jp", from: Self.clerk, times: 10)
            try await desk.move(by: 86_000)
            try await Self.fail(desk, email, from: Self.attacker, times: 10)
            #expect(try await warnings() == 1)
            try await desk.move(by: 601)
            try await Self.fail(desk, email, from: Self.attacker, times: 10)
            #expect(try await warnings() == 2)
            #expect(try await desk.count("SELECT count(*) AS n FROM outbox") == 2)
        }
    }
}
