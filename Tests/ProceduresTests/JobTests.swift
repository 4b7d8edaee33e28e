import Enrollment
import Logging
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 仕事: what a page can see of it, and what becomes of one that breaks.
@Suite struct JobTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func ask(
        _ desk: isolated OfficeDesk, _ numbers: ClosedRange<Int>
    ) async throws -> String {
        let body = try #require(
            try await desk.office.currentRules().organization(code: "demo-hospital"))
        let number = try #require(try await desk.upload(numbers).number)
        try await desk.office.askToApplyGroup(
            number, of: OrganizationScope(body.id), by: .operator("coordinator"))
        return number
    }

    /// A job that cannot be done, and an office that can be told of it.
    private static func askForWhatBreaks(_ desk: isolated OfficeDesk) async throws -> String {
        _ = try await desk.office.addAccount(
            NewAccount(
                email: "office@example.jp", name: "事務局", role: .office, organizationCode: nil),
            by: .operator("test"))
        let number = try await ask(desk, 1...2)
        try await desk.refuseEvent("apply_group")
        return number
    }

    @Test func aJobTellsHowFarItIs() async throws {
        try await withOffice { desk in
            _ = try await Self.ask(desk, 1...1_100)
            var told: [JobProgress] = []
            #expect(
                try await desk.office.doOneJob(logger: Self.logger) { told.append($1) })
            #expect(told == [500, 1_000, 1_100].map { JobProgress(done: $0, of: 1_100) })
        }
    }

    @Test func whatIsToldOfAJobIsSeenAndGrows() async throws {
        try await withOffice { desk in
            let number = try await Self.ask(desk, 1...2)
            let job = try #require(try await desk.office.groupJob(number))
            #expect(job.progress == nil)
            for done in 1...2 {
                try await desk.office.show(JobProgress(done: done, of: 2), of: job)
                let seen = try await desk.office.groupJob(number)?.progress
                #expect(seen == JobProgress(done: done, of: 2))
            }
        }
    }

    @Test func aWordThatCannotBeToldDoesNotStopTheWork() async throws {
        try await withOffice { desk in
            let number = try await Self.ask(desk, 1...2)
            struct Deaf: Error {}
            #expect(
                try await desk.office.doOneJob(logger: Self.logger) { _, _ in throw Deaf() })
            #expect(try await desk.office.groupJob(number)?.state == .done)
        }
    }

    @Test func whatBreaksIsPutOffLongerEachTimeAndGivenUpWithALetterToTheOffice() async throws {
        try await withOffice { desk in
            let number = try await Self.askForWhatBreaks(desk)
            for attempt in 1...8 {
                #expect(try await desk.office.doOneJob(logger: Self.logger))
                #expect(try await !desk.office.doOneJob(logger: Self.logger), "\(attempt)")
                try await desk.move(by: (1 << attempt) - 1)
                #expect(try await !desk.office.doOneJob(logger: Self.logger), "\(attempt)")
                try await desk.move(by: 1)
            }
            let job = try #require(try await desk.office.groupJob(number))
            guard case .broke(let reference) = job.failure else { throw Refusal.notFound }
            #expect(job.state == .failed)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 0)
            let letters = try await desk.sendLetters()
            #expect(letters.map(\.recipient) == ["office@example.jp"])
            #expect(letters.first?.body.contains(reference) == true)
            try await desk.refuseNoEvent()
        }
    }

    @Test func whatWasDoneAfterAllAtItsLastTryIsNotGivenUp() async throws {
        try await withOffice { desk in
            let number = try await Self.askForWhatBreaks(desk)
            for attempt in 1...7 {
                #expect(try await desk.office.doOneJob(logger: Self.logger))
                try await desk.move(by: 1 << attempt)
            }
            try await desk.refuseNoEvent()
            let failing = RetryTests.Failing(desk.database, [.unknownOutcome])
            failing.commitsUnknown = true
            let office = desk.office(over: failing)
            _ = try await office.rules(of: office.year)
            #expect(try await office.doOneJob(logger: Self.logger))
            let job = try #require(try await desk.office.groupJob(number))
            #expect(job.state == .done && job.failure == nil)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
            let letters = try await desk.sendLetters()
            #expect(!letters.contains { $0.recipient == "office@example.jp" })
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM events WHERE act = 'give_up_job'") == 0)
        }
    }

    @Test func whatWasMendedIsDoneAtTheNextTry() async throws {
        try await withOffice { desk in
            let number = try await Self.ask(desk, 1...2)
            try await desk.refuseEvent("apply_group")
            #expect(try await desk.office.doOneJob(logger: Self.logger))
            try await desk.refuseNoEvent()
            try await desk.move(by: 2)
            #expect(try await desk.office.doOneJob(logger: Self.logger))
            #expect(try await desk.office.groupJob(number)?.state == .done)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
        }
    }

    @Test func whoeverSentAFileGetsOneLetterWhenItIsDone() async throws {
        try await withOffice { desk in
            let coordinator = Coordinator(
                name: "見本 担当", phone: "", email: "agent@example.jp", evidence: .personal,
                attests: true)
            let file = GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile(1...3), coordinator: coordinator)
            let number = try #require(
                try await desk.office.planGroup(
                    file, of: "demo-hospital", by: .operator("coordinator")
                )
                .number)
            _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            let letters = try await desk.sendLetters().filter {
                $0.recipient == "agent@example.jp"
            }
            #expect(letters.count == 1)
            #expect(letters.first?.body.contains("3人") == true)
        }
    }
}
