import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 確認待ち: rows that may name somebody a second time, and what the office says of them.
@Suite struct DoubtTests {
    /// The same person with another address is the second row of that name.
    private static func send(_ desk: isolated OfficeDesk) async throws -> AppliedPlan {
        let planned = try await upload(desk)
        return try await desk.office.applyGroup(planned.number ?? "", by: .operator("coordinator"))
    }

    private static func upload(_ desk: isolated OfficeDesk) async throws -> PlannedGroup {
        var seen = 0
        return try await desk.upload([1, 1]) { row in
            seen += 1
            if seen == 2 { row[9] = "other@example.jp" }
        }
    }

    private static func open(_ desk: isolated OfficeDesk) async throws -> [OpenDoubt] {
        try await desk.office.openDoubts(DoubtFilter())
    }

    private static func applications(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT email AS text FROM applications ORDER BY id")
    }

    @Test func aDoubtfulRowWaitsForTheOfficeWithBothSides() async throws {
        try await withOffice { desk in
            #expect(try await Self.send(desk) == .applied(count: 1))
            #expect(try await Self.applications(desk) == ["person1@example.jp"])
            let doubt = try #require(try await Self.open(desk).first)
            #expect(doubt.doubt.row == 3 && doubt.doubt.otherRow == 2)
            #expect(doubt.doubt.draft[.email] == "other@example.jp")
            #expect(doubt.other?.email == "person1@example.jp")
        }
    }

    @Test func anotherPersonIsFiledAndJournalled() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            let doubt = try #require(try await Self.open(desk).first).doubt
            try await desk.office.decideDoubt(doubt.id, as: .different, by: .account(1))
            #expect(
                try await Self.applications(desk) == ["person1@example.jp", "other@example.jp"])
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 2)
            let told = try await desk.texts(
                "SELECT actor || detail AS text FROM events WHERE act = 'doubt_different'")
            #expect(told == [#"account:1{"row":3}"#])
            #expect(try await Self.open(desk).isEmpty)
            // Nobody is asked again.
            let again = try await Self.upload(desk)
            #expect(again.plan?.count(.unchanged) == 2)
        }
    }

    @Test func theSamePersonIsNotFiledAndWhatTheRowSaysIsKept() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            let doubt = try #require(try await Self.open(desk).first)
            try await desk.office.decideDoubt(doubt.doubt.id, as: .same, by: .account(1))
            #expect(try await Self.applications(desk) == ["person1@example.jp"])
            let other = try #require(doubt.other)
            let said = try await desk.office.reading.proposals(of: other.id)
            #expect(said.map { $0.answers[.email] } == ["other@example.jp"])
            #expect(
                try await desk.count("SELECT count(*) AS n FROM events WHERE act = 'doubt_same'")
                    == 1)
            // What the row says is kept, for the answer to be taken back.
            #expect(
                try await desk.texts(
                    "SELECT row_number::text AS text FROM group_lines WHERE answers IS NOT NULL")
                    == ["3"])
            // Nobody is asked again: the row repeats the one before.
            let again = try await Self.upload(desk)
            #expect(again.plan?.lines.map(\.outcome) == [.unchanged, .repeated])
            #expect(again.plan?.count(.repeated) == 1)
        }
    }

    @Test func theSamePersonByTheNewAddressAloneIsThatPerson() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            let doubt = try #require(try await Self.open(desk).first)
            try await desk.office.decideDoubt(doubt.doubt.id, as: .same, by: .account(1))
            #expect(try await desk.enter([1]) { $0[9] = "other@example.jp" } == 1)
            #expect(try await Self.applications(desk) == ["other@example.jp"])
        }
    }

    @Test func whatSomebodyElseHasDecidedStays() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            let doubt = try #require(try await Self.open(desk).first).doubt
            try await desk.office.decideDoubt(doubt.id, as: .different, by: .account(1))
            await #expect(throws: Refusal.self) {
                try await desk.office.decideDoubt(doubt.id, as: .same, by: .account(2))
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
        }
    }

    @Test func aFileSentAgainAsksTheSameQuestion() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            try await desk.move(by: 60)
            #expect(try await Self.send(desk) == .applied(count: 0))
            #expect(try await Self.open(desk).count == 1)
            let doubt = try #require(try await Self.open(desk).first).doubt
            try await desk.office.decideDoubt(doubt.id, as: .different, by: .account(1))
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
        }
    }

    @Test func aRowLikeADoubtfulOneIsDecidedAfterThatOne() async throws {
        try await withOffice { desk in
            var seen = 0
            let planned = try await desk.upload([1, 1, 1]) { row in
                seen += 1
                if seen > 1 { row[9] = "other\(seen)@example.jp" }
                if seen > 1 { row[5...8] = ["6308213", "奈良県", "奈良市", "登大路町30"] }
                if seen > 2 { row[1] = "別字" }
            }
            try #require(planned.plan?.lines.map(\.outcome) == [.new, .held, .held])
            let number = try #require(planned.number)
            _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            let open = try await Self.open(desk)
            #expect(open.map(\.doubt.otherRow) == [2, 3] && open[1].other == nil)
            await #expect(throws: Refusal.self) {
                try await desk.office.decideDoubt(open[1].doubt.id, as: .same, by: .account(1))
            }
            try await desk.office.decideDoubt(open[0].doubt.id, as: .different, by: .account(1))
            try await desk.office.decideDoubt(open[1].doubt.id, as: .same, by: .account(1))
            #expect(
                try await Self.applications(desk) == ["person1@example.jp", "other2@example.jp"])
        }
    }

    @Test func theOperatorsWordThatTheyAreOthersAsksNobody() async throws {
        try await withOffice { desk in
            let number = try #require(try await Self.upload(desk).number)
            #expect(
                try await desk.office.applyGroup(
                    number, includingHeld: true, by: .operator("operator"))
                    == .applied(count: 2))
            #expect(try await Self.open(desk).isEmpty)
        }
    }
}
