import Enrollment
import JSON
import Mail
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// メールアドレスの変更: a code to the new address, a notice to the old one.
@Suite struct MailChangeTests {
    private static let new = "new.one@example.jp"

    /// Lets somebody in to their application; gives the session.
    private static func session(
        _ id: Int, _ desk: isolated OfficeDesk
    ) async throws -> Token {
        let record = try #require(try await desk.office.reading.application(id: id))
        let asked = try await desk.office.askForStatus(
            receipt: record.receipt, email: record.email, from: .here)
        let code = try #require(try await desk.newestCode(to: record.email))
        return try await desk.office.openStatus(code: code, asked: asked, from: .here)
    }

    private static func ask(
        _ id: Int, _ address: String, _ desk: isolated OfficeDesk
    ) async throws -> (Token, code: String) {
        guard
            case .sent(let token) = try await desk.office.askForMail(
                address, ofApplication: id, from: .here)
        else { throw Unfit() }
        return (token, try #require(try await desk.newestCode(to: address)))
    }

    private static func change(
        _ id: Int, to address: String, in session: Token, _ desk: isolated OfficeDesk
    ) async throws {
        let (asked, code) = try await ask(id, address, desk)
        try await desk.office.changeMail(
            ofApplication: id, code: code, asked: asked, session: session, from: .here)
    }

    /// The whole way, for whoever tests what comes of it.
    static func move(_ id: Int, to address: String, _ desk: isolated OfficeDesk) async throws {
        try await change(id, to: address, in: try await session(id, desk), desk)
    }

    private static func addresses(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT email AS text FROM applications ORDER BY id")
    }

    @Test func nothingChangesBeforeTheCodeIsTypedAndTheOldAddressIsTold() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let session = try await Self.session(id, desk)
            let (asked, code) = try await Self.ask(id, Self.new, desk)
            #expect(try await Self.addresses(desk) == [Invented.email(1)])
            try await desk.office.changeMail(
                ofApplication: id, code: code, asked: asked, session: session, from: .here)
            #expect(try await Self.addresses(desk) == [Self.new])
            let notices = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("mail_changed-")
            }
            #expect(notices.map(\.recipient) == [Invented.email(1)])
            #expect(notices.allSatisfy { !$0.body.contains(Self.new) })
            let said = try await desk.texts(
                "SELECT detail::text AS text FROM events WHERE act = 'change_mail'")
            #expect(said.count == 1 && !said[0].contains("@"))
        }
    }

    @Test func theStateIsAskedForByTheNewAddressAndNoMoreByTheOld() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let id = try await desk.id(of: receipt)
            try await Self.change(id, to: Self.new, in: Self.session(id, desk), desk)
            let reading = desk.office.reading
            #expect(try await reading.statusOwner(receipt: receipt, email: Self.new)?.id == id)
            #expect(
                try await reading.statusOwner(receipt: receipt, email: Invented.email(1)) == nil)
            // Whoever applies again with the new address is the same person.
            try await desk.move(by: 60)
            try await desk.apply(1) { $0[.email] = Self.new }
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 1)
        }
    }

    /// What was sent while the old address was theirs is theirs; what others get there is not.
    @Test func lettersToTheOldAddressStayInTheOwnData() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await Self.change(id, to: Self.new, in: Self.session(id, desk), desk)
            try await desk.apply(2) { $0[.email] = Invented.email(1) }
            try await desk.office.tellReceipts(to: Invented.email(1), from: .here)
            let sent = try await desk.texts(
                "SELECT letter || ' ' || recipient AS text FROM outbox ORDER BY id")
            #expect(sent.contains("receipts \(Invented.email(1))"))
            let data = try JSONValue(
                reading: try await desk.office.ownData(ofApplication: id, by: .applicant))
            guard case .array(let letters)? = data["letters"] else { throw Refusal.notFound }
            let kinds = letters.map { letter in
                if case .string(let kind)? = letter["letter"] { kind } else { "" }
            }
            #expect(kinds.sorted() == ["mail_changed", "receipt"])
            #expect(!data.text.contains(Invented.draft(2)[.givenName]))
        }
    }

    @Test func theBadgeStaysWhereItIsAndIsBoundToTheNewAddress() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            let read: SQL = "SELECT token, salt, identity FROM badges"
            let before = try await desk.rows(read)[0]
            try await Self.change(id, to: Self.new, in: Self.session(id, desk), desk)
            let after = try await desk.rows(read)[0]
            #expect(try after.string("token") == before.string("token"))
            #expect(try after.string("salt") != before.string("salt"))
            let hash = Digest.sha256Hex(Self.new + (try after.string("salt")))
            #expect(try after.string("identity") == "sha256$" + hash)
            let document = try await desk.office.assertion(token: try after.string("token"))
            #expect(String(decoding: document.bytes, as: UTF8.self).contains("sha256$" + hash))
            #expect(!document.isRevoked)
        }
    }

    @Test func whatTheOldAddressOpenedIsClosed() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let id = try await desk.id(of: receipt)
            let (mine, other) = (
                try await Self.session(id, desk), try await Self.session(id, desk)
            )
            let asked = try await desk.office.askForStatus(
                receipt: receipt, email: Invented.email(1), from: .here)
            let code = try #require(try await desk.newestCode(to: Invented.email(1)))
            try await Self.change(id, to: Self.new, in: mine, desk)
            #expect(try await desk.office.applicant(of: mine) == id)
            #expect(try await desk.office.applicant(of: other) == nil)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                _ = try await desk.office.openStatus(code: code, asked: asked, from: .here)
            }
        }
    }

    @Test func itIsChangedBackTheSameWay() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let key: SQL = "SELECT match_key AS text FROM applications"
            let before = try await desk.texts(key)
            let session = try await Self.session(id, desk)
            try await Self.change(id, to: Self.new, in: session, desk)
            #expect(try await desk.texts(key) != before)
            try await desk.move(by: 60)
            try await Self.change(id, to: Invented.email(1), in: session, desk)
            #expect(try await Self.addresses(desk) == [Invented.email(1)])
            #expect(try await desk.texts(key) == before)
        }
    }

    @Test func aSecondPressAndAnotherApplicationsCodeDoNothing() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let other = try await desk.id(of: desk.apply(2))
            let session = try await Self.session(id, desk)
            let (asked, code) = try await Self.ask(id, Self.new, desk)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.changeMail(
                    ofApplication: other, code: code, asked: asked, session: session, from: .here)
            }
            try await desk.move(by: 60)
            let (again, second) = try await Self.ask(id, Self.new, desk)
            try await desk.office.changeMail(
                ofApplication: id, code: second, asked: again, session: session, from: .here)
            await #expect(throws: Refusal.conflict(.codeWasUsed)) {
                try await desk.office.changeMail(
                    ofApplication: id, code: second, asked: again, session: session, from: .here)
            }
            #expect(try await Self.addresses(desk) == [Self.new, Invented.email(2)])
        }
    }

    @Test func ofTwoCodesOnlyTheNewerCounts() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let session = try await Self.session(id, desk)
            let (older, code) = try await Self.ask(id, Self.new, desk)
            _ = try await Self.ask(id, "another@example.jp", desk)
            await #expect(throws: Refusal.wrong(triesLeft: 0)) {
                try await desk.office.changeMail(
                    ofApplication: id, code: code, asked: older, session: session, from: .here)
            }
            #expect(try await Self.addresses(desk) == [Invented.email(1)])
        }
    }

    @Test func nobodyTakesTheAddressOfALiveApplicationOfTheSameName() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.apply(1) { $0[.email] = Self.new }
            let session = try await Self.session(id, desk)
            await #expect(throws: Refusal.conflict(.isAnothersApplication)) {
                try await Self.change(id, to: Self.new, in: session, desk)
            }
            #expect(try await Self.addresses(desk) == [Invented.email(1), Self.new])
        }
    }

    @Test func aHouseholdSharesAnAddress() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.apply(2)
            try await Self.change(
                id, to: Invented.email(2), in: Self.session(id, desk), desk)
            #expect(try await Self.addresses(desk) == [Invented.email(2), Invented.email(2)])
            let people = try await desk.count(
                "SELECT count(DISTINCT person_id) AS n FROM applications")
            #expect(people == 2)
        }
    }

    @Test func everythingOfThePersonMovesAndNothingOfAnotherAtTheSameAddress() async throws {
        try await withOffice { desk in
            let first = try await desk.id(of: desk.apply(1))
            try await desk.office.withdraw(application: first, by: .applicant)
            try await desk.move(by: 60)
            let id = try await desk.id(of: desk.apply(1))
            try await desk.apply(2) { $0[.email] = Invented.email(1) }
            try await Self.change(id, to: Self.new, in: Self.session(id, desk), desk)
            #expect(try await Self.addresses(desk) == [Self.new, Self.new, Invented.email(1)])
        }
    }

    @Test func whatIsNoAddressOrTheSameIsSaid() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            for (typed, code) in [
                ("", ProblemCode.emailMissing), ("a", .emailNotAnAddress),
                ("a..b@example.jp", .emailDotsMisplaced),
            ] {
                let asked = try await desk.office.askForMail(
                    typed, ofApplication: id, from: .here)
                guard case .rejected(let problem) = asked else { throw Unfit() }
                #expect(problem.code == code)
            }
            let same = try await desk.office.askForMail(
                Invented.email(1), ofApplication: id, from: .here)
            guard case .unchanged = same else { throw Unfit() }
        }
    }
}
