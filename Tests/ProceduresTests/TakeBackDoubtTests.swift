import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 重複の確認: an answer is taken back, and given anew.
@Suite struct TakeBackDoubtTests {
    /// The second row is perhaps the person of the first.
    private static func asked(_ desk: isolated OfficeDesk) async throws -> OpenDoubt {
        var seen = 0
        let planned = try await desk.upload([1, 1]) { row in
            seen += 1
            if seen == 2 { row[9] = "other@example.jp" }
        }
        _ = try await desk.office.applyGroup(planned.number ?? "", by: .operator("coordinator"))
        try await desk.move(by: 60)
        return try #require(try await desk.office.openDoubts(DoubtFilter()).first)
    }

    private static func answer(
        _ answer: DoubtAnswer, _ desk: isolated OfficeDesk
    ) async throws -> DoubtRecord {
        let open = try #require(try await desk.office.openDoubts(DoubtFilter()).first)
        try await desk.office.decideDoubt(
            open.doubt.id, as: answer, seen: open.mark, by: .account(1))
        try await desk.move(by: 60)
        return try #require(try await desk.office.reading.doubt(open.doubt.id))
    }

    private static func takeBack(
        _ doubt: DoubtRecord, _ desk: isolated OfficeDesk
    ) async throws {
        try await desk.office.takeBackDoubt(
            doubt.id, seen: try #require(doubt.decidedAt), by: .account(2))
        try await desk.move(by: 60)
    }

    private static func states(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts(
            """
            SELECT a.email || ' ' || a.state || ' ' || dense_rank() OVER (ORDER BY a.person_id)
                   || ' ' || count(f.id) AS text
            FROM applications a LEFT JOIN affiliations f
              ON f.application_id = a.id AND f.person_id = a.person_id
                 AND f.known_until = 'infinity'
            GROUP BY a.id ORDER BY a.id
            """)
    }

    @Test func theAnswerSaysByWhomAndWhenAndTheQuestionIsOpenAgain() async throws {
        try await withOffice { desk in
            _ = try await Self.asked(desk)
            let doubt = try await Self.answer(.different, desk)
            #expect(doubt.answer == .different && doubt.decider.actor == .account(1))
            try await Self.takeBack(doubt, desk)
            let open = try #require(try await desk.office.openDoubts(DoubtFilter()).first)
            #expect(open.doubt.answer == nil && open.filed?.email == "other@example.jp")
            let told = try await desk.texts(
                "SELECT actor || detail AS text FROM events WHERE act = 'take_back_doubt'")
            #expect(told == [#"account:2{"row":3}"#])
        }
    }

    @Test func whatWasFiledIsNotApprovedWhileItIsInDoubt() async throws {
        try await withOffice { desk in
            _ = try await Self.asked(desk)
            let doubt = try await Self.answer(.different, desk)
            let filed = try #require(doubt.filedID)
            #expect(try await desk.office.approve([filed], by: .account(1)) == 1)
            try await Self.takeBack(doubt, desk)
            #expect(try await desk.office.reading.application(id: filed)?.state == .reviewing)
            #expect(try await desk.office.approve([filed], by: .account(1)) == 0)
            try await desk.approveAll()
            #expect(try await desk.office.reading.application(id: filed)?.state == .reviewing)
            _ = try await Self.answer(.different, desk)
            #expect(try await desk.office.approve([filed], by: .account(1)) == 1)
        }
    }

    @Test func takenForAnotherAndThenForTheSameItLeadsToTheFirst() async throws {
        try await withOffice { desk in
            _ = try await Self.asked(desk)
            let before = ["person1@example.jp submitted 1 1", "other@example.jp submitted 2 1"]
            try await Self.takeBack(try await Self.answer(.different, desk), desk)
            #expect(try await Self.states(desk) == before)
            let same = try await Self.answer(.same, desk)
            #expect(
                try await Self.states(desk)
                    == ["person1@example.jp submitted 1 1", "other@example.jp merged 1 0"])
            let filed = try #require(same.filedID)
            let joining = try await desk.office.reading.application(id: filed)
            #expect(joining?.state == .merged)
            try await Self.takeBack(same, desk)
            #expect(
                try await Self.states(desk)
                    == ["person1@example.jp submitted 1 1", "other@example.jp reviewing 2 1"])
            _ = try await Self.answer(.different, desk)
            #expect(try await Self.states(desk).last == "other@example.jp reviewing 2 1")
        }
    }

    @Test func whatWasSaidBesideAnApplicationIsTakenAway() async throws {
        try await withOffice { desk in
            let other = try #require(try await Self.asked(desk).other)
            let doubt = try await Self.answer(.same, desk)
            #expect(try await desk.office.reading.proposals(of: other.id).count == 1)
            try await Self.takeBack(doubt, desk)
            #expect(try await desk.office.reading.proposals(of: other.id).isEmpty)
            _ = try await Self.answer(.different, desk)
            #expect(try await Self.states(desk).count == 2)
        }
    }

    @Test func anAnswerThatSomethingCameOfStays() async throws {
        try await withOffice { desk in
            _ = try await Self.asked(desk)
            let doubt = try await Self.answer(.different, desk)
            try await desk.approveAll()
            try await desk.appointAll()
            await #expect(throws: Refusal.conflict(.answerCannotBeTakenBack)) {
                try await Self.takeBack(doubt, desk)
            }
            #expect(try await desk.office.reading.doubt(doubt.id)?.answer == .different)
        }
    }

    @Test func nobodyTakesBackWhatTheyHaveNotSeen() async throws {
        try await withOffice { desk in
            _ = try await Self.asked(desk)
            let first = try await Self.answer(.different, desk)
            try await Self.takeBack(first, desk)
            let second = try await Self.answer(.different, desk)
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await Self.takeBack(first, desk)
            }
            #expect(try await desk.office.reading.doubt(second.id)?.answer == .different)
        }
    }

    @Test func anAnswerToWhatHasChangedIsNotWritten() async throws {
        try await withOffice { desk in
            let open = try await Self.asked(desk)
            let other = try #require(open.other)
            _ = try await desk.office.approve([other.id], by: .account(1))
            await #expect(throws: Refusal.conflict(.doubtHasChanged)) {
                try await desk.office.decideDoubt(
                    open.doubt.id, as: .same, seen: open.mark, by: .account(1))
            }
            #expect(try await desk.office.reading.openDoubtCount() == 1)
        }
    }

    @Test func whatIsPutOffWaitsBehindTheOthers() async throws {
        try await withOffice { desk in
            let open = try await Self.asked(desk)
            try await desk.office.putOffDoubt(open.doubt.id, by: .account(1))
            #expect(try await desk.office.openDoubts(DoubtFilter()).isEmpty)
            var later = DoubtFilter()
            later.isPutOff = true
            #expect(try await desk.office.openDoubts(later).count == 1)
            #expect(try await desk.office.reading.doubtCounts().map(\.putOff) == [1])
            try await desk.office.decideDoubt(open.doubt.id, as: .same, by: .account(1))
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.putOffDoubt(open.doubt.id, by: .account(1))
            }
        }
    }
}
