import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What the page of a plan says of sending it.
@Suite struct GroupFileSummaryTests {
    private static func outlook(
        _ desk: isolated OfficeDesk, _ number: String?
    ) async throws -> GroupFileSummary {
        let file = try await desk.office.reading.groupFile(number: try #require(number))
        return try await desk.office.outlook(of: try #require(file))
    }

    @Test func whoJoinsAFurtherOrganizationCountsAndIsNamed() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...3) == 3)
            let number = try #require(try await desk.upload(2...5, to: "demo-clinic").number)
            let before = try await Self.outlook(desk, number)
            #expect(before[.joins] == 2 && before.repeated.count == 0)
            #expect(before.ready == 4 && before.held == 0 && before.done.isEmpty)
            let applied = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            #expect(applied == .applied(count: before.ready))
            let after = try await Self.outlook(desk, number)
            #expect(after.done == [.affiliated: 2, .submitted: 2])
        }
    }

    @Test func thereIsNothingToSendWhereAllIsKnown() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...3) == 3)
            let outlook = try await Self.outlook(desk, try await desk.upload(1...3).number)
            #expect(outlook.ready == 0 && outlook.held == 0 && outlook[.unchanged] == 3)
        }
    }

    @Test func theSameFileOnceMoreIsToldWithTheNumberOfTheFirst() async throws {
        try await withOffice { desk in
            let first = try #require(try await desk.upload(1...3).number)
            let unsent = try await desk.upload(1...3)
            #expect(unsent.fileProblems.allSatisfy { $0.code != .sameFileBefore })
            _ = try await desk.office.applyGroup(first, by: .operator("coordinator"))
            let again = try await desk.upload(1...3)
            let told = try #require(again.fileProblems.first { $0.code == .sameFileBefore })
            #expect(told.arguments[.number] == first)
            #expect(try await Self.outlook(desk, again.number).sentBefore == [told])
            #expect(try await Self.outlook(desk, first).sentBefore.isEmpty)
            let elsewhere = try await desk.upload(1...3, to: "demo-clinic")
            #expect(elsewhere.fileProblems.allSatisfy { $0.code != .sameFileBefore })
        }
    }

    @Test func aRowThatNamesSomebodyAgainIsToldWithTheEarlierRow() async throws {
        try await withOffice { desk in
            let outlook = try await Self.outlook(desk, try await desk.upload([1, 2, 1]).number)
            #expect(outlook.ready == 2 && outlook[.joins] == 0)
            #expect(outlook.repeated.shown.map(\.row) == [4])
            #expect(outlook.repeated.shown[0].problems == [Problem(.rowRepeated, nil, [.row: "2"])])
        }
    }

    @Test func anEqualPlanIsPlannedAgainOnceTheOtherIsApplied() async throws {
        try await withOffice { desk in
            let first = try #require(try await desk.upload(1...3).number)
            #expect(try await desk.enter(1...3) == 3)
            let result = try await desk.office.applyGroup(first, by: .operator("coordinator"))
            guard case .changed(let newPlan) = result else {
                Issue.record("applied a plan that no longer holds")
                return
            }
            #expect(try await Self.outlook(desk, first).file.state == .replaced)
            let now = try await Self.outlook(desk, newPlan)
            #expect(now.ready == 0 && now[.unchanged] == 3 && now.file.state == .planned)
        }
    }

    @Test func aFileOfAYearThatIsOverIsPast() async throws {
        try await withOffice { desk in
            let number = try await desk.upload(1...2).number
            #expect(try await !Self.outlook(desk, number).isPast)
            try await desk.move(by: 200 * 86_400)
            #expect(try await Self.outlook(desk, number).isPast)
        }
    }
}
