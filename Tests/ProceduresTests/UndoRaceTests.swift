import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 送信の取消し beside what others do in the same moment, over connections of their own.
@Suite(.serialized) struct UndoRaceTests {
    private static let shared = Task { try await CommittedDesk(in: .undoing) }

    /// Nobody but whom a test before has left; a day that none of them has seen.
    private static func desk() async throws -> CommittedDesk {
        let desk = try await shared.value
        await desk.move(by: 86_400)
        return desk
    }

    @Test func whoeverConfirmsTheirAddressInThatMomentKeepsTheApplication() async throws {
        try await withNoOffice {
            let desk = try await Self.desk()
            let file = try await desk.send(1...2)
            let plan = try await desk.planUndo(of: file)
            async let confirmed: Void = desk.confirmSlowly(Invented.email(1))
            try await desk.wait { $0.isWritten }
            async let undone = desk.undo(plan)
            try await desk.waitForBlocked()
            await desk.commit()
            try await confirmed
            guard case .changed(let newPlan) = try await undone else { throw Unfit() }
            #expect(try await desk.live() == [Invented.email(1), Invented.email(2)])
            #expect(try await desk.undo(newPlan) == .applied(count: 1))
            #expect(try await desk.live() == [Invented.email(1)])
        }
    }

    @Test func ofTwoWhoTakeAFileBackOneDoes() async throws {
        try await withNoOffice {
            let desk = try await Self.desk()
            let file = try await desk.send(11...20)
            let plans = (try await desk.planUndo(of: file), try await desk.planUndo(of: file))
            async let one = desk.undo(plans.0)
            async let other = desk.undo(plans.1)
            let done = [try await one, try await other].filter { $0 == .applied(count: 10) }
            #expect(done.count == 1)
            #expect(try await desk.withdrawals(of: file) == 10)
        }
    }

    @Test func aFileIsSentOrPutAwayAndNeverBoth() async throws {
        try await withNoOffice {
            let desk = try await Self.desk()
            for first in stride(from: 201, to: 221, by: 5) {
                let file = try await desk.plan(first...(first + 1))
                async let sent = desk.tryToSend(file)
                async let putAway = desk.tryToPutAway(file)
                let (isSent, isPutAway) = (try await sent, try await putAway)
                #expect(isSent != isPutAway)
            }
        }
    }

    @Test func ofTwoPressesOfOneButtonOneCounts() async throws {
        try await withNoOffice {
            let desk = try await Self.desk()
            let file = try await desk.send(21...30)
            let plan = try await desk.planUndo(of: file)
            async let one = desk.tryToUndo(plan)
            async let other = desk.tryToUndo(plan)
            #expect(Set([try await one, try await other]) == ["done", "planIsApplied"])
            #expect(try await desk.withdrawals(of: file) == 10)
        }
    }

    /// Of each person either nothing left, or both letters do.
    @Test func lettersThatLeaveMeanwhileAreFollowedByAnother() async throws {
        try await withNoOffice {
            let desk = try await Self.desk()
            let file = try await desk.send(31...130)
            await desk.move(by: 900)
            let plan = try await desk.planUndo(of: file)
            let mail = MemoryTransport()
            async let sent: Void = desk.deliver(by: mail)
            async let undone = desk.undo(plan)
            #expect(try await undone == .applied(count: 100))
            try await sent
            try await desk.deliver(by: mail)
            let concerned = (31...130).map(Invented.email)
            func recipients(_ kind: String) -> Set<String> {
                Set(mail.letters.filter { $0.messageID.hasPrefix(kind) }.map(\.recipient))
                    .intersection(concerned)
            }
            #expect(recipients("receipt-") == recipients("taken_back-"))
        }
    }

    /// The second of two files is planned anew, or the first is not taken back across it.
    @Test func anotherFileOfTheOrganizationWaitsForIt() async throws {
        try await withNoOffice {
            let desk = try await Self.desk()
            let file = try await desk.send(201...210)
            let next = try await desk.plan(201...210, at: .nara)
            let plan = try await desk.planUndo(of: file)
            async let undone = desk.undo(plan)
            async let sent = desk.apply(next)
            let results = (try await undone, try await sent)
            let isUndoneFirst = results.0 == .applied(count: 10)
            #expect(isUndoneFirst != (results.1 == .applied(count: 10)))
            let loose = try await desk.count(
                """
                SELECT count(*) AS n FROM applications a
                WHERE a.once_key LIKE \(file + "-%") AND (a.state = 'withdrawn') = EXISTS (
                    SELECT FROM affiliations f
                    WHERE f.application_id = a.id AND f.known_until = 'infinity')
                """)
            #expect(loose == 0)
        }
    }
}

extension CommittedDesk {
    func plan(_ numbers: ClosedRange<Int>, at place: Invented.Place = .tokyo) async throws -> String
    {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let planned = try await office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile(numbers, at: place),
                coordinator: coordinator), of: "demo-hospital", by: .operator("coordinator"))
        guard let number = planned.number else { throw Unfit() }
        return number
    }

    func apply(_ number: String) async throws -> AppliedPlan {
        try await office.applyGroup(number, by: .operator("coordinator"))
    }

    func send(_ numbers: ClosedRange<Int>) async throws -> String {
        let number = try await plan(numbers)
        _ = try await apply(number)
        move(by: 60)
        return number
    }

    func planUndo(of file: String) async throws -> String {
        try await office.planUndo(ofGroup: file, within: nil, by: .operator("coordinator")).number
    }

    func undo(_ plan: String) async throws -> AppliedPlan {
        try await office.applyUndo(plan, by: .operator("coordinator"))
    }

    func tryToUndo(_ plan: String) async throws -> String {
        do {
            _ = try await undo(plan)
            return "done"
        } catch Refusal.conflict(.planIsApplied) { return "planIsApplied" }
    }

    /// Whether whoever asks to send the file is the one who counts.
    func tryToSend(_ file: String) async throws -> Bool {
        do {
            try await office.askToApplyGroup(
                file, of: try await hospital, by: .operator("coordinator"))
            return true
        } catch Refusal.conflict(.planIsDiscarded) { return false }
    }

    func tryToPutAway(_ file: String) async throws -> Bool {
        do {
            try await office.discardGroup(
                file, within: try await hospital, by: .operator("coordinator"))
            return true
        } catch Refusal.conflict(.planIsApplied) { return false }
    }

    private var hospital: OrganizationScope {
        get async throws {
            let rules = try await office.currentRules()
            guard let hospital = rules.organization(code: "demo-hospital") else { throw Unfit() }
            return OrganizationScope(hospital.id)
        }
    }

    func deliver(by mail: MemoryTransport) async throws {
        while try await office.deliverLetters(by: mail, logger: logger) > 0 {}
    }

    /// As somebody does who types their code: in a transaction that stays open until `commit`.
    func confirmSlowly(_ email: String) async throws {
        let (now, id) = (
            office.now,
            try await count(
                "SELECT max(id) AS n FROM applications WHERE email = \(email)")
        )
        try await keepOpen {
            try await $0.confirmMail(ofApplication: id, email, at: now)
        }
    }

    func wait(for isSo: @Sendable (isolated CommittedDesk) -> Bool) async throws {
        while !isSo(self) { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Until somebody waits for a lock of another.
    func waitForBlocked() async throws {
        while try await count("SELECT count(*) AS n FROM pg_locks WHERE NOT granted") == 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func live() async throws -> [String] {
        try await rows(
            "SELECT email FROM applications WHERE state = 'submitted' ORDER BY id"
        ).map { try $0.string("email") }
    }

    func withdrawals(of file: String) async throws -> Int {
        try await count(
            """
            SELECT count(*) AS n FROM application_states s
            JOIN applications a ON a.id = s.application_id
            WHERE s.state = 'withdrawn' AND a.once_key LIKE \(file + "-%")
            """)
    }
}
