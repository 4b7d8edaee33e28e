import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// オープンバッジ希望: what an organization's later file says of it.
@Suite struct BadgeWishTests {
    private static func wishes(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT badge_opt_in::text AS text FROM applications ORDER BY id")
    }

    @Test func aCorrectedAnswerIsTaken() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) { $0[13] = "希望しない" } == 1)
            #expect(try await Self.wishes(desk) == ["false"])
            try await desk.move(by: 60)
            #expect(try await desk.enter([1]) { $0[13] = "希望" } == 1)
            #expect(try await Self.wishes(desk) == ["true"])
            try await desk.move(by: 60)
            #expect(try await desk.enter([1]) { $0[13] = "不要" } == 1)
            #expect(try await Self.wishes(desk) == ["false"])
        }
    }

    @Test(arguments: ["", "－"]) func anAnswerThatIsLeftOutTakesBackNoWish(text: String) async throws
    {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            try await desk.move(by: 60)
            #expect(try await desk.enter([1], at: .nara) { $0[13] = text } == 1)
            #expect(try await desk.texts("SELECT street AS text FROM applications") == ["登大路町30"])
            #expect(try await Self.wishes(desk) == ["true"])
        }
    }

    @Test func anAnswerThatCannotBeReadChangesNothing() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            try await desk.move(by: 60)
            let planned = try await desk.upload([1]) { $0[13] = "検討中" }
            #expect(planned.inShort == ["2 error E228"])
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 0))
            #expect(try await Self.wishes(desk) == ["true"])
        }
    }
}
