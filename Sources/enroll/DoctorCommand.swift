import ArgumentParser
import Enrollment
import Procedures
import Store

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether this installation is healthy, with a sentence for each finding.")

    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock)
        let files = try MigrationFile.all(in: wiring.configuration.home)
        let findings = try await Desk.use { desk in
            let office = wiring.office(on: desk.loop)
            guard try await office.reading.installation() != nil else {
                return ["Nothing is set up: run `enroll migrate --kind production`."]
            }
            return try await schema(office, files) + years(office) + work(office)
        }
        for finding in findings { say(finding) }
        if findings.isEmpty { say("healthy") } else { throw ExitCode(1) }
    }

    private func schema(_ office: Office, _ files: [MigrationFile]) async throws -> [String] {
        let missing = try await office.migrate(files, planOnly: true)
        guard !missing.isEmpty else { return [] }
        return ["The schema is behind (\(missing.joined(separator: ", "))): run `enroll migrate`."]
    }

    private func years(_ office: Office) async throws -> [String] {
        let year = office.year
        if try await office.rules(of: year) == nil {
            return [
                "Fiscal year \(year.startYear) has no data: load it with `enroll load`, or copy the "
                    + "last one with `enroll open-year \(year.startYear)`."
            ]
        }
        let isLate = office.today >= year.lastDay.adding(days: -31)
        guard isLate, try await office.rules(of: year.next) == nil else { return [] }
        return [
            "The fiscal year ends soon and \(year.next.startYear) has no data: run "
                + "`enroll open-year \(year.next.startYear)` and rehearse the renewal."
        ]
    }

    private func work(_ office: Office) async throws -> [String] {
        let health = try await office.reading.workHealth(
            stuckBefore: office.now.adding(seconds: -600))
        var findings: [String] = []
        if health.stuckJobs + health.stuckLetters > 0 {
            findings.append(
                "\(health.stuckJobs) jobs and \(health.stuckLetters) letters have waited for more "
                    + "than ten minutes: see that `enroll work` or `serve --with-worker` runs, and "
                    + "that ENROLL_SMTP_URL can be reached.")
        }
        if health.failedJobs > 0 {
            findings.append(
                "\(health.failedJobs) jobs were refused: their pages say why and what to do.")
        }
        if health.failedLetters > 0 {
            findings.append(
                "\(health.failedLetters) letters could not be delivered for good: look at the "
                    + "addresses of rows in outbox with state 'failed'.")
        }
        return findings
    }
}
