import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 封印と点検: whoever changes the journal without its key is found, whatever they may do in the
/// database.
@Suite(.serialized) struct SealTests {
    private static let shared = Task { try await CommittedDesk() }

    /// A journal with nothing in it, and a day that no test before has seen.
    private static func desk() async throws -> CommittedDesk {
        let desk = try await shared.value
        try await desk.rows("TRUNCATE seal_heads, event_seals, event_details, events")
        await desk.move(by: 86_400)
        return desk
    }

    /// Events by an account, one a second; gives their numbers.
    @discardableResult
    private static func write(_ count: Int, _ desk: isolated CommittedDesk) async throws -> [Int] {
        for _ in 0..<count {
            desk.move(by: 1)
            try await desk.office.witness(.openQueue, on: "queue", by: .account(1))
        }
        return try await ids(desk)
    }

    private static func ids(_ desk: isolated CommittedDesk) async throws -> [Int] {
        try await desk.rows("SELECT id FROM events ORDER BY id").map { try $0.int("id") }
    }

    /// An event with details: of somebody who tried to sign in.
    private static func writeDetails(_ desk: isolated CommittedDesk) async throws -> Int {
        desk.move(by: 60)
        try await desk.office.count(.signInFailed, by: .client("203.0.113.7"), on: "page:/sign-in")
        return try await ids(desk).last ?? 0
    }

    private static func faults(
        _ desk: isolated CommittedDesk, head: KeptHead? = nil
    ) async throws -> [JournalFault: [Int]] {
        try await desk.office.verifyJournal(head: head).faults.mapValues(\.first)
    }

    @Test func whatNobodyTouchedIsWhole() async throws {
        try await withNoOffice { try await whole(try await Self.desk()) }
    }

    private func whole(_ desk: isolated CommittedDesk) async throws {
        #expect(try await desk.seal() == nil, "nothing to seal")
        try await Self.write(3, desk)
        _ = try await Self.writeDetails(desk)
        let head = try #require(try await desk.seal())
        let waiting = try await Self.write(2, desk)
        let report = try await desk.office.verifyJournal(head: KeptHead(head.text))
        #expect(report.isWell && report.givenHead == .fits)
        #expect(report.eventCount == 6 && report.sealedCount == 4)
        #expect(report.waiting.first == Array(waiting.suffix(2)))
        #expect(report.head?.text == head.text)
        desk.move(by: Office.sealingTime + 3)
        #expect(try await Self.faults(desk) == [.unsealedEvent: Array(waiting.suffix(2))])
        try await desk.seal()
        #expect(try await Self.faults(desk).isEmpty)
    }

    @Test func aChangedARemovedAndAnAddedEventAreNamed() async throws {
        try await withNoOffice { try await tampered(try await Self.desk()) }
    }

    private func tampered(_ desk: isolated CommittedDesk) async throws {
        let ids = try await Self.write(5, desk)
        try await desk.seal()
        try await desk.rows("UPDATE events SET actor = 'account:2' WHERE id = \(ids[1])")
        #expect(try await Self.faults(desk) == [.changedEvent: [ids[1]]])
        try await desk.rows("UPDATE events SET actor = 'account:1' WHERE id = \(ids[1])")
        try await desk.rows(
            "UPDATE events SET known_from = known_from + interval '1 microsecond' WHERE id = \(ids[2])"
        )
        #expect(try await Self.faults(desk) == [.changedEvent: [ids[2]]])
        try await desk.rows(
            "UPDATE events SET known_from = known_from - interval '1 microsecond' WHERE id = \(ids[2])"
        )
        #expect(try await Self.faults(desk).isEmpty)
        try await desk.rows("DELETE FROM events WHERE id = \(ids[3])")
        #expect(try await Self.faults(desk) == [.removedEvent: [ids[3]]])
        // Where other tests kept the worker waiting, it sealed in steps, and one head may name it.
        try await desk.rows("DELETE FROM seal_heads WHERE position = 4")
        try await desk.rows("DELETE FROM event_seals WHERE event_id = \(ids[3])")
        #expect(try await Self.faults(desk) == [.removedSeal: [4]])
    }

    @Test func whatIsPutInWithoutTheKeyIsNeverSealedAndIsNamed() async throws {
        try await withNoOffice { try await putIn(try await Self.desk()) }
    }

    private func putIn(_ desk: isolated CommittedDesk) async throws {
        let ids = try await Self.write(1, desk)
        try await desk.seal()
        try await desk.rows(
            """
            INSERT INTO events (act, actor, subject, true_on, known_from, detail, mark)
            SELECT 'approve', 'account:1', 'application:1', true_on, known_from, '{}', m
            FROM events, (VALUES (NULL::bytea), (decode(repeat('00', 28), 'hex'))) v (m)
            """)
        try await desk.rows(
            """
            INSERT INTO events (act, actor, subject, true_on, known_from, detail, mark)
            SELECT act, actor, subject, true_on, known_from, detail, mark FROM events
            WHERE id = \(ids[0])
            """)
        let all = try await Self.write(1, desk)
        try await desk.seal()
        #expect(
            try await Self.faults(desk) == [
                .addedEvent: Array(all[1...2]), .copiedEvent: [all[3]],
            ])
        // The copy bears a mark that fits; it is sealed, and found all the same.
        #expect(try await desk.count("SELECT count(*) AS n FROM event_seals") == 3)
    }

    @Test func aChainThatIsMadeAnewWithoutTheKeyIsFound() async throws {
        try await withNoOffice { try await madeAnew(try await Self.desk()) }
    }

    private func madeAnew(_ desk: isolated CommittedDesk) async throws {
        let ids = try await Self.write(2, desk)
        try await desk.seal()
        // As somebody would who knows this program and not the key.
        let other = desk.office(withKey: Array(33...64))
        try await other.witness(.openQueue, on: "queue", by: .account(1))
        try await desk.seal(by: other)
        let added = try await Self.ids(desk).filter { !ids.contains($0) }
        #expect(try await Self.faults(desk) == [.changedEvent: added, .wrongHead: [3]])
        // All of it, as if it had been without marks before there were heads.
        try await desk.rows("TRUNCATE seal_heads, event_seals")
        try await desk.rows("UPDATE events SET mark = NULL, subject = 'nothing'")
        try await desk.seal(by: other)
        #expect(try await Self.faults(desk) == [.wrongHead: [3]])
    }

    @Test func anEndThatWasCutOffIsFoundAgainstAHeadThatWasKept() async throws {
        try await withNoOffice { try await cutOff(try await Self.desk()) }
    }

    private func cutOff(_ desk: isolated CommittedDesk) async throws {
        try await Self.write(2, desk)
        let early = try #require(try await desk.seal())
        try await Self.write(2, desk)
        let late = try #require(try await desk.seal())
        try await desk.rows("DELETE FROM seal_heads WHERE position = 4")
        #expect(try await Self.faults(desk) == [.wrongHead: [4]], "seals that no head covers")
        try await desk.rows(
            "DELETE FROM events WHERE id IN (SELECT event_id FROM event_seals WHERE position > 2)")
        try await desk.rows("DELETE FROM event_seals WHERE position > 2")
        #expect(try await desk.office.verifyJournal().isWell, "nothing in the tables shows it")
        let before = try await desk.office.verifyJournal(head: KeptHead(early.text))
        #expect(before.isWell && before.givenHead == .fits)
        let after = try await desk.office.verifyJournal(head: KeptHead(late.text))
        #expect(!after.isWell && after.givenHead == .missing)
        try await Self.write(2, desk)
        try await desk.seal()
        let anew = try await desk.office.verifyJournal(head: KeptHead(late.text))
        #expect(!anew.isWell && anew.givenHead == .differs)
    }

    @Test func detailsThatWereChangedRemovedOrPutInAreNamed() async throws {
        try await withNoOffice { try await details(try await Self.desk()) }
    }

    private func details(_ desk: isolated CommittedDesk) async throws {
        let plain = try await Self.write(1, desk)[0]
        let id = try await Self.writeDetails(desk)
        try await desk.seal()
        #expect(try await Self.faults(desk).isEmpty)
        try await desk.rows(
            """
            UPDATE event_details SET after = '{"client":"203.0.113.8"}' WHERE event_id = \(id)
            """)
        #expect(try await Self.faults(desk) == [.changedDetails: [id]])
        try await desk.rows("DELETE FROM event_details")
        #expect(try await Self.faults(desk) == [.removedDetails: [id]])
        try await desk.rows(
            "INSERT INTO event_details (event_id, salt, reason) VALUES (\(plain), '\\x01', 'r')")
        #expect(
            try await Self.faults(desk) == [.removedDetails: [id], .addedDetails: [plain]])
    }

    @Test func whatWasForgottenAfterItsLifetimeIsWellAndSaysTheRule() async throws {
        try await withNoOffice { try await forgotten(try await Self.desk()) }
    }

    private func forgotten(_ desk: isolated CommittedDesk) async throws {
        let early = try await Self.writeDetails(desk)
        try await desk.seal()
        desk.move(by: 3 * 366 * 86_400)
        let late = try await Self.writeDetails(desk)
        try await desk.seal()
        desk.move(by: 3 * 366 * 86_400)
        let done = try await desk.office.forgetExpired([.journalDetails], by: .worker)
        #expect(done.map(\.count) == [1])
        try await desk.seal()
        let report = try await desk.office.verifyJournal()
        #expect(report.isWell, "\(report.faults)")
        #expect(report.forgotten == ["journal_details 5 years from 2026-04-01": 1])
        #expect(report.eventCount == 3 && report.sealedCount == 3, "events stay")
        let left = try await desk.rows(
            "SELECT event_id FROM event_details WHERE after IS NOT NULL OR salt <> ''")
        #expect(try left.map { try $0.int("event_id") } == [late])
        // By hand, before its time, and nobody told the journal.
        try await desk.rows(
            """
            UPDATE event_details d SET salt = '', after = NULL, forgotten_at = e.forgotten_at,
                forgotten_under = e.forgotten_under
            FROM event_details e WHERE e.event_id = \(early) AND d.event_id = \(late)
            """)
        #expect(
            try await Self.faults(desk) == [.forgottenTooEarly: [late], .forgottenUntold: [1]])
    }

    @Test func eventsThatAreCommittedOutOfOrderAreAllSealedOnceAndInTheOrderOfTheirTransactions()
        async throws
    { try await withNoOffice { try await outOfOrder(try await Self.desk()) } }

    private func outOfOrder(_ desk: isolated CommittedDesk) async throws {
        try await Self.write(1, desk)
        try await desk.seal()
        // It takes its number first, and commits last.
        async let slow: Void = desk.writeSlowly()
        while !desk.isWritten { try await Task.sleep(for: .milliseconds(5)) }
        let quick = try await Self.write(2, desk)
        #expect(quick.count == 3)
        try await desk.sealOnce()
        #expect(try await desk.count("SELECT count(*) AS n FROM event_seals") == 1)
        desk.commit()
        try await slow
        async let one = desk.seal()
        async let two = desk.sealAsAnother()
        _ = try await (one, two)
        try await desk.seal()
        let order = try await desk.rows(
            "SELECT e.id FROM event_seals s JOIN events e ON e.id = s.event_id ORDER BY position"
        ).map { try $0.int("id") }
        #expect(order == (try await Self.ids(desk)) && order.count == 4)
        #expect(try await Self.faults(desk).isEmpty)
    }

    @Test func whatWasWrittenBeforeThereWereMarksBeginsTheChain() async throws {
        try await withNoOffice { try await takenOver(try await Self.desk()) }
    }

    private func takenOver(_ desk: isolated CommittedDesk) async throws {
        let ids = try await Self.write(2, desk)
        try await desk.rows("UPDATE events SET mark = NULL")
        try await desk.seal()
        #expect(try await Self.faults(desk).isEmpty)
        try await desk.rows("UPDATE events SET subject = 'other' WHERE id = \(ids[0])")
        #expect(try await Self.faults(desk) == [.changedEvent: [ids[0]]])
    }

    @Test func afterARestoreIntoAnotherClusterNothingIsSkipped() async throws {
        try await withNoOffice { try await restored(try await Self.desk()) }
    }

    private func restored(_ desk: isolated CommittedDesk) async throws {
        try await Self.write(2, desk)
        try await desk.seal()
        try await Self.write(1, desk)
        // As a dump brings them: by transactions of which this cluster knows nothing yet.
        try await desk.rows("UPDATE events SET written_by = written_by + 1000000000")
        try await desk.rows("UPDATE seal_heads SET written_by = written_by + 1000000000")
        try await desk.sealOnce()
        #expect(try await desk.count("SELECT count(*) AS n FROM event_seals") == 3)
        for number in 4...5 {
            try await Self.write(1, desk)
            while try await desk.count("SELECT count(*) AS n FROM event_seals") < number {
                try await desk.sealOnce()
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        #expect(try await desk.count("SELECT count(*) AS n FROM event_seals") == 5)
        #expect(try await Self.faults(desk).isEmpty)
    }
}
