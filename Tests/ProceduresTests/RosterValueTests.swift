import Enrollment
import Procedures
import TestSupport
import Testing

/// What stands in the cells of a file.
@Suite struct RosterValueTests {
    @Test(arguments: [
        ("00-as-it-should-be.csv", ["2 new", "3 new"])
    ])
    func isPlannedAsItIsMeant(file: String, plan: [String]) async throws {
        try await withOffice { desk in
            let planned = try await desk.planRoster(file)
            #expect(planned.inShort == plan)
        }
    }
}
