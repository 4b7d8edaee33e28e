import Enrollment
import Mail
import Store

/// What `enroll doctor` looks at.
struct InstallationFacts {
    var isProduction = true
    /// Settings without which the service has no name to show.
    var missingNames: [String] = []
    /// Migrations that the database has not had.
    var missing: [String] = []
    var today: Day
    /// Years whose reference data is loaded.
    var years: Set<Int> = []
    /// The list of postal codes is loaded.
    var hasPostalCodes = true
    /// What the application's login may do in the database.
    var login = LoginRights(name: "enroll_app", isSuperuser: false, isOwner: false)
    /// Kinds of data for which no lifetime holds.
    var withoutLifetime: [Lifetime.Kind] = []
    /// Who appoints today is said by the reference data.
    var hasCertificateWords = true
    /// They say somebody invented.
    var appointsAsSpecimen = false
    /// What is signed would name an address that not everybody can reach.
    var isPublic = true
    /// The key that signs is in use, and not on this machine.
    var signingKeyIsElsewhere = false
    /// Of badges, that sign and of which this machine has not the secret half.
    var badgeKeysElsewhere: [BadgeKeyPurpose] = []
    /// Events that have waited for their seal for longer than sealing takes.
    var unsealed = 0
    /// Years for which there are layouts of the ministry's workbook.
    var layouts: [Int] = []
    var work = WorkHealth(stuckJobs: 0, brokenJobs: 0, stuckLetters: 0, failedLetters: 0)
    var keys: (folder: String, mode: Int) = ("", 0o700)
    var smtpURL = ""
    var mailFrom = ""
    /// What keeps the mail server from taking a letter of ours, or the folder from being written.
    var mailTrouble: MailFailure?
    /// Why no letter leaves at this time.
    var hold: MailHold?
    /// Requests come through a proxy that ENROLL_TRUSTED_PROXY does not name.
    var hasUnnamedProxy = false
    /// Mebibytes free where the keys and the database of `ops/run` lie; nil when it cannot be told.
    var freeMebibytes: Int?

    init(today: Day) { self.today = today }

    /// One sentence a finding: what is wrong, and how to mend it.
    var findings: [String] {
        schema + database + names + fiscalYears + postalCodes + lifetimes + certificates
            + signing + journal + workbook + jobs + letters + machine
    }

    private var schema: [String] {
        guard !missing.isEmpty else { return [] }
        return ["The schema is behind (\(missing.joined(separator: ", "))): run `enroll migrate`."]
    }

    private var database: [String] {
        guard login.isSuperuser || login.isOwner else { return [] }
        let what = login.isSuperuser ? "a superuser" : "an owner of its tables"
        return [
            "The service signs in to the database as \(login.name), \(what), so it could "
                + "change its own journal: name the login enroll_app in ENROLL_DATABASE, and "
                + "this one in ENROLL_DATABASE_OWNER (ops/runbooks/roles.md)."
        ]
    }

    private var names: [String] {
        guard !missingNames.isEmpty else { return [] }
        return [
            "The service has no name or telephone to show, so it does not start: set "
                + "\(missingNames.joined(separator: " and ")), or run `enroll load`."
        ]
    }

    private var fiscalYears: [String] {
        let year = FiscalYear(containing: today)
        guard years.contains(year.startYear) else {
            return [
                "Fiscal year \(year.startYear) has no data, so nobody can apply: load it with "
                    + "`enroll load`, or copy the last one with `enroll open-year "
                    + "\(year.startYear)`."
            ]
        }
        let isLate = today >= year.lastDay.adding(days: -31)
        guard isLate, !years.contains(year.next.startYear) else { return [] }
        return [
            "The fiscal year ends on \(year.lastDay) and \(year.next.startYear) has no data: run "
                + "`enroll open-year \(year.next.startYear)` and rehearse the renewal."
        ]
    }

    private var postalCodes: [String] {
        if hasPostalCodes { return [] }
        return [
            "The list of postal codes is not loaded, so no lost zero is given back: run "
                + "`enroll load`."
        ]
    }

    private var lifetimes: [String] {
        if withoutLifetime.isEmpty { return [] }
        let kinds = withoutLifetime.map(\.rawValue).joined(separator: ", ")
        return ["No lifetime holds for \(kinds), so it is kept for ever: run `enroll load`."]
    }

    private var certificates: [String] {
        guard hasCertificateWords else {
            return ["Nothing says who appoints, so there is no 任命状: run `enroll load`."]
        }
        guard isProduction, appointsAsSpecimen else { return [] }
        return [
            "A 任命状 names an invented minister: add a row with the real name to a "
                + "certificate.csv (Migrations/reference/README.md), and run `enroll load`."
        ]
    }

    private var signing: [String] {
        if isProduction, !isPublic {
            return [
                "No 任命状 is signed, because ENROLL_PUBLIC_URL is no public name with https: what "
                    + "is signed names it for years."
            ]
        }
        return certificateKey + badgeKeysElsewhere.map(badgeKey)
    }

    private func badgeKey(_ purpose: BadgeKeyPurpose) -> String {
        let what = purpose == .proof ? "badges" : "badges as JWT"
        return "The key that signs \(what) is not in \(keys.folder), so new ones are none of Open "
            + "Badges 3.0 yet: bring it back from the machine or backup that has it, or make "
            + "another with `enroll badges rotate-key --of \(purpose.rawValue)` "
            + "(ops/runbooks/keys.md)."
    }

    private var certificateKey: [String] {
        guard signingKeyIsElsewhere else { return [] }
        return [
            "The key that signs 任命状 is not in \(keys.folder), so none can be given out: bring it "
                + "back from the machine or backup that has it, or make another with `enroll "
                + "badges rotate-key` (ops/runbooks/keys.md)."
        ]
    }

    private var journal: [String] {
        if unsealed == 0 { return [] }
        return [
            "\(counted(unsealed, "event of the journal has", "events of the journal have")) waited "
                + "for a seal for more than ten minutes: see that `enroll work` or `serve "
                + "--with-worker` runs, and what `enroll audit verify` says "
                + "(ops/runbooks/journal.md)."
        ]
    }

    private var workbook: [String] {
        let year = FiscalYear(containing: today).startYear
        guard layouts.isEmpty else { return [] }
        return [
            "There is no layout of the ministry's workbook for \(year), so nothing can be "
                + "exported: put it under Exports/ministry/\(year), or point ENROLL_HOME at the "
                + "folder that holds Exports."
        ]
    }

    private var jobs: [String] {
        var found: [String] = []
        if work.stuckJobs > 0 {
            found.append(
                "\(counted(work.stuckJobs, "job has", "jobs have")) waited for more than ten "
                    + "minutes: see that `enroll work` or `serve --with-worker` runs.")
        }
        if work.brokenJobs > 0 {
            found.append(
                "\(counted(work.brokenJobs, "job", "jobs")) broke and will not be tried again: "
                    + "look for `job broke` in the log, mend the cause, and ask again on the page.")
        }
        return found
    }

    private var letters: [String] {
        var found: [String] = []
        if work.stuckLetters > 0 {
            found.append(
                "\(counted(work.stuckLetters, "letter has", "letters have")) waited for more than "
                    + "ten minutes: see that `enroll work` or `serve --with-worker` runs, and that "
                    + "ENROLL_SMTP_URL can be reached.")
        }
        if work.failedLetters > 0 {
            found.append(
                "\(counted(work.failedLetters, "letter", "letters")) could not be delivered for "
                    + "good: see which with `enroll mail list --ended`, put the addresses right, "
                    + "and try again with `enroll mail retry`.")
        }
        if isProduction, smtpURL.hasPrefix("folder:") {
            found.append(
                "Letters are put into a folder and reach nobody: set ENROLL_SMTP_URL to the mail "
                    + "server (smtp:// or smtps://).")
        }
        if isProduction, mailFrom == Configuration.nobodysAddress {
            found.append(
                "Letters come from \(mailFrom), which is nobody's: set ENROLL_MAIL_FROM to an "
                    + "address for which the mail server may send.")
        }
        if let mailTrouble { found.append(mailTrouble.sentence(smtpURL)) }
        if let hold {
            found.append(
                "No letter has left since \(hold.since) (\(hold.why)); none is lost. They go by "
                    + "themselves once it is put right, at once after `enroll mail retry`.")
        }
        return found
    }

    private func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }

    private var machine: [String] {
        var found: [String] = []
        if hasUnnamedProxy {
            found.append(
                "Requests come through a proxy on this machine that is not named, so all clients "
                    + "count as one and no limit by client holds: set ENROLL_TRUSTED_PROXY to the "
                    + "proxy's address (such as 127.0.0.1), and start again.")
        }
        if keys.mode & 0o077 != 0 {
            found.append(
                "Others can read the keys in \(keys.folder): run `chmod 700 \(keys.folder)`.")
        }
        if let freeMebibytes, freeMebibytes < 1_024 {
            found.append(
                "Only \(freeMebibytes) MiB are left on the disk of \(keys.folder): make room "
                    + "before the database stops.")
        }
        return found
    }
}
