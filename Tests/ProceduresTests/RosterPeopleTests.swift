import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// Rosters that are sent one after the other: who is whom.
@Suite struct RosterPeopleTests {
    private static func send(
        _ name: String, _ desk: isolated OfficeDesk
    ) async throws -> PlannedGroup {
        let planned = try await desk.planRoster(name)
        _ = try await desk.office.applyGroup(
            try #require(planned.number), by: .operator("coordinator"))
        try await desk.move(by: 60)
        return planned
    }

    /// 綾 環 stays one person when her address, then her kana is corrected.
    @Test func aCorrectedAddressOrReadingIsThePersonOfBefore() async throws {
        try await withOffice { desk in
            #expect(
                try await Self.send("04a-roster-first.csv", desk).inShort == ["2 new", "3 new"])
            let mail = try await Self.send("04b-roster-mail-corrected.csv", desk)
            #expect(mail.inShort == ["2 changed", "3 unchanged"] && mail.leavingCount == 0)
            let kana = try await Self.send("04c-roster-reading-corrected.csv", desk)
            #expect(kana.inShort == ["2 changed", "3 unchanged"] && kana.leavingCount == 0)
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 2)
            let held = try await desk.texts(
                "SELECT email || given_name_kana AS text FROM applications ORDER BY id")
            #expect(held == ["f04-tamaki@example.jpカン", "f04-nagi@example.jpナギ"])
        }
    }

    /// One address, one badge, also when the two stand in two files.
    @Test func anAddressThatAnotherOfTheRosterHasIsToldAsInOneFile() async throws {
        try await withOffice { desk in
            #expect(try await Self.send("05a-badge-mail-one.csv", desk).inShort == ["2 new"])
            let again = try await desk.planRoster("05b-badge-mail-same-again.csv")
            #expect(again.inShort == ["2 error E303"])
            let told = try await desk.sentences(of: again)
            #expect(told[0].contains("「f05-soumu@example.jp」は、前に送られた大西 渚さんのアドレスです。"))
            #expect(
                try await desk.planRoster("05a-badge-mail-one.csv").ofRows == ["2 unchanged"])
        }
    }

    /// The organization is told what it said itself, the office decides, and both are remembered.
    @Test func aRowThatMayBeSomebodySentBeforeWaitsWithBothSides() async throws {
        try await withOffice { desk in
            _ = try await desk.enter([1])
            let planned = try await Self.moved(desk)
            #expect(planned.inShort == ["2 held W311"])
            let told = try await desk.sentences(of: planned)
            #expect(told[0].contains("（氏名が同じ。ほかに同じものはありません）"))
            #expect(told[0].contains("person1@example.jp"))
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 0))
            let doubt = try #require(try await desk.office.openDoubts(DoubtFilter()).first)
            #expect(doubt.doubt.otherRow == nil && doubt.other?.email == "person1@example.jp")
            #expect(doubt.doubt.reason == "same:")
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 1)
        }
    }

    @Test func anotherPersonIsFiledAndNotAskedAboutAgain() async throws {
        try await withOffice { desk in
            let doubt = try await Self.doubt(desk)
            try await desk.office.decideDoubt(doubt, as: .different, by: .account(1))
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 2)
            try await desk.move(by: 60)
            #expect(try await Self.moved(desk).ofRows == ["2 unchanged"])
            #expect(try await desk.upload([1]).ofRows == ["2 unchanged"])
        }
    }

    @Test func theSamePersonKeepsWhatTheRowSaysAndIsNotAskedAboutAgain() async throws {
        try await withOffice { desk in
            let doubt = try await Self.doubt(desk)
            try await desk.office.decideDoubt(doubt, as: .same, by: .account(1))
            let held = try await desk.texts("SELECT email AS text FROM applications")
            #expect(held == ["person1@example.jp"])
            let said = try await desk.texts("SELECT answers ->> 'email' AS text FROM proposals")
            #expect(said == ["moved@example.jp"])
            try await desk.move(by: 60)
            #expect(try await Self.moved(desk).ofRows == ["2 changed"])
        }
    }

    /// Of applications elsewhere a plan tells nothing, and so it asks nothing either.
    @Test func nothingIsAskedAboutWhomAnotherOrganizationHasSent() async throws {
        try await withOffice { desk in
            _ = try await desk.enter([1], to: "fujita")
            #expect(try await Self.moved(desk).ofRows == ["2 new"])
        }
    }

    /// The same person has applied alone with the address of today, and the organization says it
    /// now: two applications of one key cannot be, and nothing that was said is lost.
    @Test func aCorrectionThatAnotherApplicationHasAlreadyIsKeptBeside() async throws {
        try await withOffice { desk in
            try await Self.sendNumbered("person1@example.jp", desk)
            try await desk.apply(1) {
                ($0["email"], $0["street"]) = ("today@example.jp", "平河町9-9")
            }
            try await desk.move(by: 60)
            try await Self.sendNumbered("today@example.jp", desk)
            let held = try await desk.texts("SELECT email AS text FROM applications ORDER BY id")
            #expect(held == ["person1@example.jp", "today@example.jp"])
            let said = try await desk.texts("SELECT answers ->> 'email' AS text FROM proposals")
            #expect(said == ["today@example.jp"])
        }
    }

    /// Person 1 with a number of the organization's.
    private static func sendNumbered(_ mail: String, _ desk: isolated OfficeDesk) async throws {
        let bytes = Invented.groupFile([1]) { row in
            row[9] = mail
            row.append("A-1")
        }
        let text = String(decoding: bytes, as: UTF8.self)
            .replacing("部署・店舗名\r\n", with: "部署・店舗名,社員番号\r\n")
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let planned = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: Array(text.utf8), coordinator: coordinator),
            of: "demo-hospital", by: .operator("coordinator"))
        let applied = try await desk.office.applyGroup(
            try #require(planned.number), by: .operator("coordinator"))
        #expect(applied == .applied(count: 1))
    }

    private static func doubt(_ desk: isolated OfficeDesk) async throws -> Int {
        _ = try await desk.enter([1])
        try await desk.move(by: 60)
        let number = try #require(try await moved(desk).number)
        _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
        return try #require(try await desk.office.openDoubts(DoubtFilter()).first).doubt.id
    }

    /// The roster once more: the person has moved and has another address.
    private static func moved(_ desk: isolated OfficeDesk) async throws -> PlannedGroup {
        try await desk.upload([1]) { row in
            row[5...8] = ["6308213", "奈良県", "奈良市", "登大路町30"]
            row[9] = "moved@example.jp"
        }
    }
}

extension PlannedGroup {
    /// Without what is told of the file, as that it was sent before.
    fileprivate var ofRows: [String] { inShort.filter { !$0.hasPrefix("file") } }
}
