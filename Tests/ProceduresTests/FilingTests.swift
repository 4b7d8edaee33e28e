import Enrollment
import Procedures
import TestSupport
import Testing

@Suite struct FilingTests {
    @Test func theOfficeStandsOnTheTables() async throws {
        try await withOffice { desk in
            let rules = try await desk.office.currentRules()
            #expect(rules.organization(code: "demo-hospital") != nil)
            #expect(rules.videos.count == 2)
        }
    }
}
