import Enrollment
import Testing

@testable import Procedures

/// The drawings above the headings of many 任命状.
@Suite struct EmblemTests {
    private static func place(_ octets: [UInt8]) -> UnsafeRawPointer? {
        octets.withUnsafeBytes { $0.baseAddress }
    }

    @Test func thereIsOneOfAKindAndYear() {
        var emblems = Emblems()
        let year = FiscalYear(containing: Day("2026-11-24")!)
        let first = emblems.svg(.promoter, year)
        let again = emblems.svg(.promoter, year)
        let caller = emblems.svg(.caller, year)
        let later = emblems.svg(.promoter, FiscalYear(containing: Day("2027-11-24")!))
        #expect(Self.place(first) == Self.place(again))
        #expect(first == Badge.artwork(.promoter, year))
        #expect(caller == Badge.artwork(.caller, year))
        #expect(Set([first, caller, later]).count == 3)
    }
}
