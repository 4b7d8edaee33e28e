import ArgumentParser
import Enrollment
import EventLoop
import Foundation
import Mail
import Procedures
import Store

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether this installation is healthy, with a sentence for each finding.",
        discussion: "Exits with 0 and says `healthy`, or with 1 and a line for each finding.")

    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock, needsNames: false)
        let files = try MigrationFile.all(in: wiring.configuration.home)
        let findings: [String] = try await CommandLoop.use { desk in
            try await look(wiring, wiring.office(on: desk.loop), files)
        }
        for finding in findings { say(finding) }
        if findings.isEmpty { say("healthy") } else { throw ExitCode(1) }
    }

    private func look(
        _ wiring: Wiring, _ office: Office, _ files: [MigrationFile]
    ) async throws -> [String] {
        guard let kind = try await office.reading.installation() else {
            return ["Nothing is set up: run `enroll migrate --kind production`."]
        }
        var facts = InstallationFacts(today: office.today)
        facts.isProduction = kind == .production
        facts.missingNames = wiring.missingNames
        facts.missing = try await office.missingMigrations(files)
        // Tables that are not there yet cannot be asked.
        guard facts.missing.isEmpty else { return facts.findings.filter { $0.contains("schema") } }
        for year in [office.year, office.year.next] {
            guard let rules = try await office.rules(of: year) else { continue }
            facts.years.insert(year.startYear)
            facts.hasPostalCodes = !rules.gazetteer.postalCodes.isEmpty
        }
        facts.login = try await office.reading.loginRights()
        facts.withoutLifetime = try await office.kindsWithoutLifetime()
        let wording = try await office.reading.certificateWording(on: office.today)
        facts.hasCertificateWords = wording != nil
        facts.appointsAsSpecimen = wording?.isSpecimen ?? false
        facts.isPublic = wiring.configuration.isPublic
        if wiring.settings.signingKeys != nil {
            let keys = try await office.reading.signingKeys().filter { $0.state == .active }
            facts.signingKeyIsElsewhere = try keys.contains { try !office.has($0) }
            facts.badgeKeysElsewhere = try await office.reading.badgeKeys()
                .filter { try $0.state == .active && !office.has($0) }.map(\.purpose)
        }
        facts.unsealed = try await office.reading.unsealedCount(
            knownBefore: office.now.adding(seconds: -Office.sealingTime))
        facts.layouts = wiring.settings.layouts.map(\.version)
        facts.work = try await office.reading.workHealth(
            stuckBefore: office.now.adding(seconds: -600))
        let (smtpURL, mailFrom) = (
            wiring.configuration.smtpURL, wiring.configuration.mailFrom
        )
        facts.smtpURL = smtpURL
        facts.mailFrom = mailFrom
        facts.hold = try await office.reading.mailHold()
        let authorities = wiring.configuration.smtpAuthorities
        facts.mailTrouble = try await runBlocking {
            Transports.trouble(with: smtpURL, from: mailFrom, trusting: authorities)
        }
        if wiring.configuration.trustedProxies.isEmpty {
            let since = office.now.adding(seconds: -2 * 86_400)
            facts.hasUnnamedProxy = try await office.reading.hasUnnamedProxy(since: since)
        }
        facts.look(at: wiring.configuration.keys)
        return facts.findings
    }
}

extension InstallationFacts {
    /// The folder of keys and the disk below it.
    fileprivate mutating func look(at folder: String) {
        let manager = FileManager.default
        let mode = try? manager.attributesOfItem(atPath: folder)[.posixPermissions] as? Int
        keys = (folder, mode ?? 0o700)
        let disk = try? manager.attributesOfFileSystem(forPath: folder)
        freeMebibytes = (disk?[.systemFreeSize] as? NSNumber).map { Int($0.int64Value >> 20) }
    }
}
