import Enrollment
import Procedures
import TestSupport
import Testing

/// The shape of a file: headings, rows that are none, yes and no.
@Suite struct RosterTests {
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
