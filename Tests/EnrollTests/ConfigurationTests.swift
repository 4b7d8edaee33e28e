import Enrollment
import Foundation
import Procedures
import Testing

@testable import enroll

/// A setting that cannot work stops the start with a sentence that names it.
@Suite struct ConfigurationTests {
    /// What is said of these settings; nil when they are taken.
    private static func fault(_ settings: [String: String]) -> String? {
        do {
            _ = try Configuration(["ENROLL_DATABASE": "dbname=x"].merging(settings) { $1 })
            return nil
        } catch { return "\(error)" }
    }

    /// The same of a file that ENROLL_CONFIG names.
    private static func fault(ofFile text: String) throws -> String? {
        let path = NSTemporaryDirectory() + "settings-\(UInt64.random(in: 0 ... .max))"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return fault(["ENROLL_CONFIG": path])
    }

    @Test(arguments: [
        "bogus", "http://mail.example.jp", "smtp://", "smtp:mail.example.jp", "folder:",
    ])
    func aWayForLettersThatIsNoneIsRefusedAndNotRepeated(url: String) throws {
        let said = try #require(Self.fault(["ENROLL_SMTP_URL": url]))
        #expect(said.contains("ENROLL_SMTP_URL") && said.contains("smtps://"))
        let secret = try #require(Self.fault(["ENROLL_SMTP_URL": "smpt://me:geheim@mail"]))
        #expect(!secret.contains("geheim"))
    }

    @Test(arguments: ["smtp://127.0.0.1:25", "smtps://me:word@mail.example.jp", "folder:/srv/mail"])
    func theThreeWaysForLettersAreTaken(url: String) {
        #expect(Self.fault(["ENROLL_SMTP_URL": url]) == nil)
    }

    @Test(arguments: [
        "nobody", "a@b@example.jp", "事務局@example.jp", "<a@example.jp>", "a@localhost",
    ])
    func aSenderThatIsNoAddressStopsTheStart(sender: String) throws {
        let said = try #require(Self.fault(["ENROLL_MAIL_FROM": sender]))
        #expect(said.contains("ENROLL_MAIL_FROM") && said.contains("no-reply@example.jp"))
        #expect(Self.fault(["ENROLL_MAIL_FROM": "office@mail.example.jp"]) == nil)
    }

    @Test func theTimeOfTheServerIsTakenOver() throws {
        let now = Clock.system.now()
        let second = now.microseconds / 1_000_000 - 60
        let set = try Configuration([
            "ENROLL_DATABASE": "dbname=x",
            "ENROLL_CLOCK": "2027-04-01T00:00:00+09:00/\(second)",
        ])
        let minute = try ClockOption.instant("2027-04-01T00:01:00+09:00")
        let shown = try #require(set.clock).clock.now()
        #expect(abs(shown.microseconds - minute.microseconds) < 10_000_000)
        #expect(Self.fault(["ENROLL_CLOCK": "2027-04-01"])?.contains("ENROLL_CLOCK") == true)
    }

    @Test func aFileOfCertificatesMustBeThere() {
        let said = Self.fault(["ENROLL_SMTP_CA": "/nowhere/at/all.pem"])
        #expect(said?.contains("ENROLL_SMTP_CA") == true)
    }

    @Test(arguments: [("off", SecondOfficerRule.off), ("250", .above(250)), ("0", .above(0))])
    func twoOfficersAreAskedAboveANumber(text: String, rule: SecondOfficerRule) throws {
        let set = try Configuration([
            "ENROLL_DATABASE": "dbname=x", "ENROLL_SECOND_OFFICER": text,
        ])
        #expect(set.secondOfficer == rule)
    }

    @Test(arguments: ["always", "-1", "1,000"])
    func aNumberOfPeopleThatIsNoneIsSaid(text: String) {
        let said = Self.fault(["ENROLL_SECOND_OFFICER": text])
        #expect(said?.contains("ENROLL_SECOND_OFFICER") == true)
    }

    @Test func limitsAreSetByName() throws {
        let set = try Configuration([
            "ENROLL_DATABASE": "dbname=x", "ENROLL_LIMITS": "code-client=7/60 try-all=9/600",
        ])
        #expect(set.limits[.codeClient] == Limit(7, within: 60))
        #expect(set.limits[.tryAll] == Limit(9, within: 600))
        #expect(set.limits[.signInClient] == Limits()[.signInClient])
    }

    @Test(arguments: [
        "codes=7/60", "code-client=7", "code-client=0/60", "code-client=7/0", "code-client",
        "code-client=7/86401", "code-client=7/60/1", "sign-in-queue=9/9",
    ])
    func aLimitThatIsNoneNamesThoseThereAre(text: String) throws {
        let said = try #require(Self.fault(["ENROLL_LIMITS": text]))
        #expect(said.contains("ENROLL_LIMITS") && said.contains("code-client"))
    }

    @Test func aLogLevelThatIsNoneNamesThoseThereAre() throws {
        let said = try #require(Self.fault(["ENROLL_LOG_LEVEL": "loud"]))
        #expect(said.contains("ENROLL_LOG_LEVEL") && said.contains("warning"))
        #expect(Self.fault(["ENROLL_LOG_LEVEL": "debug"]) == nil)
    }

    @Test func aLineWithoutThePrefixIsToldByItsNumber() throws {
        let said = try #require(
            try Self.fault(ofFile: "# ours\n\nSMTP_URL=smtps://me:geheim@mail\n"))
        #expect(said.contains("line 3") && said.contains("begins with ENROLL_"))
        #expect(!said.contains("geheim"))
        #expect(try Self.fault(ofFile: "# ours\n\nENROLL_PHONE=0120\nENROLL_ISSUER=\n") == nil)
    }

    @Test(arguments: ["2027-04-01T00:00:00+09:00", "2027-04-01T00:00+09:00", "2027-04-01T00:00Z"])
    func aClockMayLeaveOutTheSeconds(text: String) throws {
        #expect(try ClockOption.instant(text).description.contains(":00:00+09:00"))
    }

    @Test(arguments: ["tomorrow", "2027-04-01", "2027-04-01T00:00", "2027-04-01T25:00+09:00"])
    func aClockThatIsNoneShowsAnExample(text: String) throws {
        let fault = #expect(throws: Configuration.Fault.self) { try ClockOption.instant(text) }
        #expect(fault?.description.contains("2027-04-01T00:00:00+09:00") == true)
    }

    @Test func theJournalNamesTheLoginOfWhoeverRunsACommand() {
        guard case .operator(let login) = Operator.actor else {
            Issue.record("\(Operator.actor) is no operator")
            return
        }
        #expect(!login.isEmpty)
    }
}
