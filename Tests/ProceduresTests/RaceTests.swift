import Enrollment
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// Two do the same at one time, each on a connection of their own.
@Suite(.serialized) struct RaceTests {
    @Test func ofTwoOfficersWhoDecideOnePairOneIsFirst() async throws {
        try await withNoOffice { try await decideAtOnce(try await CommittedDesk(in: .races)) }
    }

    private func decideAtOnce(_ desk: isolated CommittedDesk) async throws {
        let office = desk.office!
        let open = try await Self.asked(office)
        let answers: [(DoubtAnswer, Actor)] = [(.same, .account(1)), (.different, .account(2))]
        let done = await Self.atOnce(answers.count, desk) { office, place in
            try await office.decideDoubt(
                open.doubt.id, as: answers[place].0, seen: open.mark, by: answers[place].1)
        }
        let winner = try #require(done.firstIndex { $0 == nil })
        #expect(done.compactMap(\.self) == [.conflict(.decidedAlready)])
        let doubt = try #require(try await office.reading.doubt(open.doubt.id))
        #expect(doubt.answer == answers[winner].0)
        let filed = try await desk.count("SELECT count(*) AS n FROM applications")
        #expect(filed == (doubt.answer == .different ? 2 : 1))
    }

    @Test func ofTwoOfficersWhoMergeTwoPeopleEachItsOwnWayOneIsFirst() async throws {
        try await withNoOffice { try await mergeAtOnce(try await CommittedDesk(in: .races)) }
    }

    private func mergeAtOnce(_ desk: isolated CommittedDesk) async throws {
        let office = desk.office!
        _ = try await office.submitInvented([
            Invented.draft(1), Invented.draft(1) { $0["email"] = "other@example.jp" },
        ])
        let people = try await desk.rows("SELECT id FROM people ORDER BY id")
            .map { try $0.int("id") }
        let ways = [(people[0], people[1]), (people[1], people[0])]
        var marks: [String] = []
        for (other, stays) in ways {
            marks.append(try await office.planMerge(of: other, into: stays).mark)
        }
        let seen = marks
        let done = await Self.atOnce(ways.count, desk) { office, place in
            _ = try await office.mergePeople(
                ways[place].0, into: ways[place].1, seen: seen[place], because: "本人",
                by: .account(place + 1))
        }
        #expect(done.compactMap(\.self) == [.conflict(.peopleHaveChanged)])
        let owners = try await desk.count(
            "SELECT count(DISTINCT person_id) AS n FROM applications")
        #expect(owners == 1)
        #expect(try await desk.count("SELECT count(*) AS n FROM person_merges") == 1)
    }

    @Test func ofTwoWhoTakeTheLastAdministrationFromEachOtherOneIsFirst() async throws {
        try await withNoOffice { try await endEachOther(try await CommittedDesk(in: .races)) }
    }

    private func endEachOther(_ desk: isolated CommittedDesk) async throws {
        let office = desk.office!
        var ids: [Int] = []
        for email in ["one@example.jp", "two@example.jp"] {
            _ = try await office.addAccount(
                NewAccount(email: email, name: "担当", role: .office, organizationCode: nil),
                by: .operator("test"))
            ids.append(try await office.accountNumber(email))
        }
        let both = ids
        let done = await Self.atOnce(2, desk) { office, place in
            try await office.disableAccount(both[1 - place], by: .account(both[place]))
        }
        #expect(done.compactMap(\.self) == [.conflict(.lastAdministrator)])
        let left = try await desk.count(
            "SELECT count(*) AS n FROM accounts WHERE role = 'office' AND disabled_at IS NULL")
        #expect(left == 1)
    }

    @Test func ofTwoWhoUseOneInvitationOneHasTheAccount() async throws {
        try await withNoOffice { try await useAtOnce(try await CommittedDesk(in: .races)) }
    }

    private func useAtOnce(_ desk: isolated CommittedDesk) async throws {
        let office = desk.office!
        _ = try await office.invite(
            InvitationDraft(email: "new@example.jp", name: "新しい人", to: .ministry),
            by: .office(.operator("test")))
        let body = try await desk.rows("SELECT body FROM outbox WHERE letter = 'invitation'")[0]
            .string("body")
        let link = try #require(body.firstMatch(of: /invitation\/([\w-]{43})/)).output.1
        let token = try #require(Token(text: String(link)))
        let done = await Self.atOnce(2, desk) { office, place in
            let use = try await office.acceptInvitation(
                token, password: "うみと やまと そらのいろ\(place)つ", from: .here)
            guard use == .accepted else { throw Refusal.conflict(.invitationHasChanged) }
        }
        #expect(done.compactMap(\.self) == [.conflict(.invitationHasChanged)])
        let made = try await desk.count(
            "SELECT count(*) AS n FROM accounts WHERE email = 'new@example.jp'")
        #expect(made == 1)
    }

    @Test func ofTwoWhoPutOnePersonsPageRightOneIsFirst() async throws {
        try await withNoOffice { try await putRight(try await CommittedDesk(in: .races)) }
    }

    private func putRight(_ desk: isolated CommittedDesk) async throws {
        let office = desk.office!
        _ = try await Self.asked(office)
        let person = try await desk.count("SELECT min(id) AS n FROM people")
        try await office.write(
            NoteForm("メモ", isShown: false, seen: 0), aboutPerson: person, by: .account(1))
        let note = try await desk.count("SELECT max(id) AS n FROM notes")
        let struck = await Self.atOnce(2, desk) { office, place in
            try await office.strike(note: note, ofPerson: person, by: .account(place + 1))
        }
        #expect(struck.compactMap(\.self) == [.conflict(.noteIsStruck)])
        try await desk.rows(
            "UPDATE outbox SET state = 'delivered', delivered_at = created_at, lease_until = NULL")
        let letter = try await desk.count(
            "SELECT min(id) AS n FROM outbox WHERE person_id = \(person)")
        let sent = await Self.atOnce(2, desk) { office, place in
            try await office.resend(
                letter: letter, toPerson: person, seen: 0, by: .account(place + 1))
        }
        #expect(sent.compactMap(\.self) == [.conflict(.letterWasSentAgain)])
    }

    /// Nil of whoever was not refused.
    private static func atOnce(
        _ count: Int, _ desk: isolated CommittedDesk,
        _ act: @escaping (Office, Int) async throws -> Void
    ) async -> [Refusal?] {
        let office = desk.office!
        var running: [Task<Refusal?, Never>] = []
        for place in 0..<count {
            running.append(
                Task {
                    _ = desk
                    do {
                        try await act(office, place)
                        return nil
                    } catch { return error as? Refusal ?? .notFound }
                })
        }
        var done: [Refusal?] = []
        for task in running { done.append(await task.value) }
        return done
    }

    /// The second row is perhaps the person of the first.
    private static func asked(_ office: Office) async throws -> OpenDoubt {
        var seen = 0
        let bytes = Invented.groupFile([1, 1]) { row in
            seen += 1
            if seen == 2 { row[9] = "other@example.jp" }
        }
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let planned = try await office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator),
            of: "demo-hospital", by: .operator("coordinator"))
        _ = try await office.applyGroup(
            try #require(planned.number), by: .operator("coordinator"))
        return try #require(try await office.openDoubts(DoubtFilter()).first)
    }
}
