import Enrollment
import Mail
import Procedures
import Store
import Testing

@testable import enroll

/// `enroll doctor`: each finding says what is wrong and names what mends it; a healthy one says
/// none.
@Suite struct FindingsTests {
    private static func healthy(on day: Day = Day(year: 2026, month: 11, day: 24)!)
        -> InstallationFacts
    {
        var facts = InstallationFacts(today: day)
        facts.years = [2026, 2027]
        facts.layouts = [2026]
        facts.keys = ("/srv/keys", 0o700)
        facts.smtpURL = "smtps://mail.example.jp"
        facts.mailFrom = "no-reply@example.jp"
        facts.freeMebibytes = 50_000
        return facts
    }

    /// The only finding after a change.
    private static func finding(
        on day: Day = Day(year: 2026, month: 11, day: 24)!,
        _ change: (inout InstallationFacts) -> Void
    ) -> String? {
        var facts = healthy(on: day)
        change(&facts)
        return facts.findings.count == 1 ? facts.findings[0] : nil
    }

    @Test func sealsThatLagAreAFinding() {
        let finding = Self.finding { $0.unsealed = 2 }
        #expect(finding?.hasPrefix("2 events of the journal have waited for a seal") == true)
    }

    @Test(arguments: [(true, "a superuser"), (false, "an owner of its tables")])
    func aLoginThatMayDoMoreThanTheServiceNeedsIsAFinding(isSuperuser: Bool, word: String) throws {
        let finding = Self.finding {
            $0.login = LoginRights(name: "app", isSuperuser: isSuperuser, isOwner: true)
        }
        #expect(
            try #require(finding).hasPrefix("The service signs in to the database as app, \(word),")
        )
    }

    @Test func aKindWithoutALifetimeIsAFinding() {
        let finding = Self.finding { $0.withoutLifetime = [.draft, .journalDetails] }
        #expect(
            finding
                == "No lifetime holds for draft, journal_details, so it is kept for ever: run `enroll load`."
        )
    }

    @Test func aMinisterWhoIsInventedOrMissingIsAFinding() throws {
        let missing = Self.finding { $0.hasCertificateWords = false }
        #expect(
            missing == "Nothing says who appoints, so there is no 任命状: run `enroll load`.")
        let invented = Self.finding { $0.appointsAsSpecimen = true }
        #expect(try #require(invented).hasPrefix("A 任命状 names an invented minister:"))
        var demo = Self.healthy()
        (demo.isProduction, demo.appointsAsSpecimen) = (false, true)
        #expect(demo.findings.isEmpty)
    }

    private static func work(
        stuckJobs: Int = 0, brokenJobs: Int = 0, stuckLetters: Int = 0, failedLetters: Int = 0
    ) -> WorkHealth {
        WorkHealth(
            stuckJobs: stuckJobs, brokenJobs: brokenJobs, stuckLetters: stuckLetters,
            failedLetters: failedLetters)
    }

    @Test func aHealthyInstallationHasNone() { #expect(Self.healthy().findings.isEmpty) }

    @Test func aSchemaThatIsBehindNamesWhatIsMissingAndTheCommand() {
        let found = Self.finding { $0.missing = ["0011_x"] }
        #expect(found?.contains("0011_x") == true && found?.contains("enroll migrate") == true)
    }

    @Test func postalCodesThatAreNotLoadedNameTheCommand() {
        #expect(Self.finding { $0.hasPostalCodes = false }?.contains("enroll load") == true)
    }

    @Test func aYearWithoutDataNamesTheCommandThatOpensIt() {
        #expect(Self.finding { $0.years = [] }?.contains("enroll open-year 2026") == true)
    }

    @Test func theNextYearIsMissedOnlyInMarch() throws {
        #expect(Self.finding { $0.years = [2026] } == nil)
        let march = try #require(Day(year: 2027, month: 3, day: 1))
        let found = Self.finding(on: march) { $0.years = [2026] }
        #expect(found?.contains("enroll open-year 2027") == true)
    }

    @Test func aMissingLayoutNamesItsFolder() {
        #expect(Self.finding { $0.layouts = [] }?.contains("Exports/ministry/2026") == true)
    }

    @Test func workThatWaitsNamesTheWorker() {
        let jobs = Self.finding { $0.work = Self.work(stuckJobs: 2) }
        #expect(jobs?.contains("2 jobs") == true && jobs?.contains("enroll work") == true)
        let letters = Self.finding { $0.work = Self.work(stuckLetters: 3) }
        #expect(letters?.contains("ENROLL_SMTP_URL") == true)
    }

    @Test func oneIsSaidAsOne() {
        let letter = Self.finding { $0.work = Self.work(stuckLetters: 1) }
        #expect(letter?.hasPrefix("1 letter has waited") == true)
        let job = Self.finding { $0.work = Self.work(brokenJobs: 1) }
        #expect(job?.hasPrefix("1 job broke") == true)
        let letters = Self.finding { $0.work = Self.work(stuckLetters: 2) }
        #expect(letters?.hasPrefix("2 letters have waited") == true)
    }

    @Test func aMailServerThatDoesNotAnswerIsAFinding() {
        let found = Self.finding { $0.mailTrouble = .unreachable }
        #expect(found?.contains("mail server that ENROLL_SMTP_URL names") == true)
        let folder = Self.finding {
            $0.smtpURL = "folder:/proc/nope"
            $0.isProduction = false
            $0.mailTrouble = .unreachable
        }
        #expect(folder?.contains("cannot be written to folder:/proc/nope") == true)
    }

    @Test(arguments: [
        (MailFailure.ours(.sender, 550), "ENROLL_MAIL_FROM (it says 550)"),
        (.ours(.signIn, 535), "user and password (it says 535)"), (.ours(.tls, nil), "TLS"),
    ])
    func whatTheMailServerHasAgainstUsIsNamed(trouble: MailFailure, words: String) {
        #expect(Self.finding { $0.mailTrouble = trouble }?.contains(words) == true)
    }

    @Test func anAddressOfNobodysIsAFindingInProductionOnly() {
        let found = Self.finding { $0.mailFrom = Configuration.nobodysAddress }
        #expect(found?.contains("set ENROLL_MAIL_FROM") == true)
        #expect(
            Self.finding {
                $0.mailFrom = Configuration.nobodysAddress
                $0.isProduction = false
            } == nil)
    }

    @Test func lettersThatAreHeldSaySinceWhenAndWhy() throws {
        let since = Instant(startOf: try #require(Day("2026-11-24")))
        let found = Self.finding {
            $0.hold = MailHold(
                why: "sender refused: permanent 550", since: since, until: since, tries: 1)
        }
        #expect(found?.contains("sender refused: permanent 550") == true)
        #expect(found?.contains("2026-11-24T00:00:00+09:00") == true)
        #expect(found?.contains("enroll mail retry") == true)
    }

    @Test func workThatFailedSaysWhereToLook() {
        let jobs = Self.finding { $0.work = Self.work(brokenJobs: 1) }
        #expect(jobs?.contains("job broke") == true)
        let letters = Self.finding { $0.work = Self.work(failedLetters: 1) }
        #expect(letters?.contains("enroll mail list --ended") == true)
    }

    @Test func lettersInAFolderAreAFindingInProductionOnly() {
        let found = Self.finding { $0.smtpURL = "folder:mail" }
        #expect(found?.contains("ENROLL_SMTP_URL") == true)
        #expect(
            Self.finding {
                $0.smtpURL = "folder:mail"
                $0.isProduction = false
            } == nil)
    }

    @Test func aProxyThatIsNotNamedNamesTheSetting() {
        let said = Self.finding { $0.hasUnnamedProxy = true }
        #expect(said?.contains("ENROLL_TRUSTED_PROXY") == true)
    }

    @Test func keysThatOthersCanReadNameTheChmod() {
        #expect(
            Self.finding { $0.keys = ("/srv/keys", 0o755) }?.contains("chmod 700 /srv/keys")
                == true)
    }

    @Test func aDiskThatIsNearlyFullIsTold() {
        #expect(Self.finding { $0.freeMebibytes = 200 }?.contains("200 MiB") == true)
    }
}

/// What a refused command says.
@Suite struct RefusalTests {
    @Test func aRefusalSaysWhatIsInTheWayAndWhatToDo() {
        #expect(
            Refusal.yearNotOpen(FiscalYear(startYear: 2031)).sentence
                .contains("enroll open-year 2031"))
        #expect(
            Refusal.conflict(.planIsApplied).sentence
                == "the plan is applied already")
    }
}
