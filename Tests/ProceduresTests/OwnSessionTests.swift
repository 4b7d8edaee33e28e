import Enrollment
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// ログイン中の画面: what an account's owner sees of their sessions, and ends.
@Suite struct OwnSessionTests {
    private static func account(_ desk: isolated OfficeDesk, _ email: String) async throws
        -> String
    {
        try await desk.office.addAccount(
            NewAccount(email: email, name: "担当", role: .office, organizationCode: nil),
            by: .operator("root"))
    }

    private static func open(
        _ email: String, _ password: String, _ place: SessionPlace, _ desk: isolated OfficeDesk
    ) async throws -> (Token, id: Int) {
        let token = try await desk.office.signIn(
            email: email, password: password, from: .here, in: KnownBrowser(from: place))
        return (token, try #require(try await desk.office.account(of: token)).id)
    }

    @Test func itSaysWhenRoughlyWhereFromAndWhichIsThisOne() async throws {
        try await withOffice { desk in
            let password = try await Self.account(desk, "a@example.jp")
            let place = SessionPlace(network: "203.0.113.*", device: "Edge（Windows）")
            _ = try await Self.open("a@example.jp", password, place, desk)
            try await desk.move(by: 120)
            let (here, id) = try await Self.open("a@example.jp", password, .unknown, desk)
            let seen = try await desk.office.sessions(ofAccount: id, seenBy: here)
            #expect(seen.map(\.isThis) == [true, false])
            #expect(seen.map(\.place) == [.unknown, place])
            #expect(seen[0].openedAt == seen[1].openedAt.adding(seconds: 120))
            try await desk.move(by: 14 * 60)
            let rested = try await desk.office.sessions(ofAccount: id)
            #expect(rested.map(\.number) == [seen[0].number], "the older one rested too long")
        }
    }

    @Test func oneIsEndedByItsNumberAndOnlyByItsOwner() async throws {
        try await withOffice { desk in
            let (mine, theirs) = (
                try await Self.account(desk, "a@example.jp"),
                try await Self.account(desk, "b@example.jp")
            )
            let (here, id) = try await Self.open("a@example.jp", mine, .unknown, desk)
            let (there, _) = try await Self.open("a@example.jp", mine, .unknown, desk)
            let (stranger, other) = try await Self.open("b@example.jp", theirs, .unknown, desk)
            let foreign = try await desk.office.sessions(ofAccount: other)[0].number
            #expect(
                try await !desk.office.endSession(foreign, ofAccount: id, by: .account(id)))
            let own = try await desk.office.sessions(ofAccount: id, seenBy: here)
            let number = try #require(own.first { !$0.isThis }).number
            #expect(try await desk.office.endSession(number, ofAccount: id, by: .account(id)))
            #expect(try await !desk.office.endSession(number, ofAccount: id, by: .account(id)))
            #expect(try await desk.office.account(of: there) == nil)
            #expect(try await desk.office.account(of: here) != nil)
            #expect(try await desk.office.account(of: stranger) != nil)
            let told = try await desk.texts(
                "SELECT actor || detail::text AS text FROM events WHERE act = 'end_sessions'")
            #expect(told == ["account:\(id){\"count\":1}"])
        }
    }

    @Test func allOthersEndAndThisOneGoesOn() async throws {
        try await withOffice { desk in
            let password = try await Self.account(desk, "a@example.jp")
            let (here, id) = try await Self.open("a@example.jp", password, .unknown, desk)
            for _ in 1...3 { _ = try await Self.open("a@example.jp", password, .unknown, desk) }
            let ended = try await desk.office.endSessions(
                ofAccount: id, but: here, by: .account(id))
            #expect(ended == 3)
            #expect(try await desk.office.account(of: here) != nil)
            let all = try await desk.office.endSessions(
                ofAccount: id, but: nil, by: .operator("root"))
            #expect(all == 1)
            #expect(try await desk.office.account(of: here) == nil)
        }
    }

    @Test func ofAnApplicantsSessionNothingIsKept() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let asked = try await desk.office.askForStatus(
                receipt: receipt, email: Invented.email(1), from: .here)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            _ = try await desk.office.openStatus(
                code: code, asked: asked, from: .here,
                in: KnownBrowser(from: SessionPlace(network: "203.0.113.*", device: "Edge")))
            let kept = try await desk.texts("SELECT network || device AS text FROM sessions")
            #expect(kept == [""])
        }
    }

    @Test(arguments: [
        ("203.0.113.77", "203.0.113.*"), ("::ffff:203.0.113.77", "203.0.113.*"),
        ("2001:db8:12:34::1", "2001:db8:12::/48"), ("127.0.0.1", ""), ("::1", ""),
        ("unix", ""),
    ])
    func anAddressIsKeptInPart(_ address: String, _ rough: String) {
        #expect(Client(address).roughAddress == rough)
    }
}
