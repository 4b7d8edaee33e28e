import Enrollment
import Store
import Testing
import Words

@testable import enroll

/// How the service calls itself: set, or from the reference data, or not at all; invented only in a
/// demo.
@Suite struct NamesTests {
    private static let reference = ServiceNames(issuer: "事務局", phone: "0120-780-325")
    private static let nothing = ServiceNames(issuer: nil, phone: nil)

    private func configuration(_ more: [String: String] = [:]) throws -> Configuration {
        try Configuration(["ENROLL_DATABASE": "dbname=x"].merging(more) { $1 })
    }

    @Test(arguments: [InstallationKind.production, .rehearsal])
    func whereNothingIsSetTheReferenceDataSpeaks(kind: InstallationKind) throws {
        let found = FoundInstallation(kind: kind, names: Self.reference)
        let words = found.words(try configuration())
        #expect(words.issuer == "事務局" && words.phone == "0120-780-325")
        try found.demandNames(configuration())
    }

    @Test(arguments: [InstallationKind.production, .rehearsal, nil])
    func withoutAnyNameNothingIsSaidInNobodysName(kind: InstallationKind?) throws {
        let found = FoundInstallation(kind: kind, names: Self.nothing)
        let nameless = #expect(throws: FoundInstallation.Nameless.self) {
            try found.demandNames(configuration())
        }
        let said = try #require(nameless).description
        #expect(said.contains("ENROLL_ISSUER and ENROLL_PHONE") && said.contains("`enroll load`"))
        #expect(found.words(try configuration()).issuer.isEmpty)
        let half = try configuration(["ENROLL_ISSUER": "東京事務局"])
        let rest = #expect(throws: FoundInstallation.Nameless.self) { try found.demandNames(half) }
        #expect(rest?.missing == ["ENROLL_PHONE"])
        try found.demandNames(
            configuration(["ENROLL_ISSUER": "東京事務局", "ENROLL_PHONE": "03-0000-0000"]))
    }

    @Test func onlyADemoHasInventedNames() throws {
        let found = FoundInstallation(kind: .demo, names: Self.reference)
        try found.demandNames(configuration())
        #expect(found.words(try configuration()).issuer.contains("見本"))
        let own = found.words(try configuration(["ENROLL_ISSUER": "東京事務局"]))
        #expect(own.issuer == "東京事務局")
    }

    @Test func theDoctorNamesWhatIsMissing() {
        var facts = InstallationFacts(today: Day(year: 2026, month: 11, day: 24)!)
        facts.missingNames = ["ENROLL_PHONE"]
        #expect(facts.findings.contains { $0.contains("set ENROLL_PHONE, or run `enroll load`") })
    }
}
