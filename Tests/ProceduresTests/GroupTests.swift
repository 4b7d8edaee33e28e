import Enrollment
import Logging
import Mail
import Procedures
import Store
import Postgres
import TestSupport
import Testing

/// 団体申請: plan, apply, once each.
@Suite struct GroupTests {
    @Test func aPlanWritesNobodyAndApplyingItWritesEverybodyOnce() async throws {
        try await withOffice { desk in
            let planned = try await desk.upload(1...20)
            #expect(planned.plan?.count(.new) == 20)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 0)
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 20))
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 20)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM viewings WHERE grade = 'declared'") == 40)
            await #expect(throws: Refusal.self) {
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
            }
            #expect(
                try await desk.count("SELECT count(*) AS n FROM group_lines WHERE answers IS NULL")
                    == 20)
        }
    }

    @Test func theFileOfRowsToCorrectSaysOnceWhatMendsTwoCells() async throws {
        try await withOffice { desk in
            let planned = try await desk.plan(Invented.groupFile([1], seenOn: "2027/1/1"))
            let bytes = try await desk.office.errorFile(of: try #require(planned.number))
            let text = String(decoding: try #require(bytes).bytes, as: UTF8.self)
            #expect(text.split(separator: "未来の日付は入力できません").count == 3)
            #expect(text.split(separator: "動画を見た日を入力してください").count == 2)
        }
    }

    @Test func theFileOfRowsToCorrectRunsNothingAndCanBeSentAgain() async throws {
        try await withOffice { desk in
            let text = String(decoding: Invented.groupFile(1...2), as: UTF8.self)
                .replacing("紀尾井町", with: "=HYPERLINK(A1)", maxReplacements: 1)
            let first = try await desk.plan(Array(text.utf8))
            let codes = try #require(first.plan).lines.filter { $0.outcome == .error }
                .flatMap(\.problems).map(\.code)
            #expect(codes == [.formulaNotAllowed])
            let number = try #require(first.number)
            let errors = try #require(try await desk.office.errorFile(of: number)).bytes
            let written = String(decoding: errors, as: UTF8.self)
            #expect(written.contains(",'=HYPERLINK") && !written.contains(",=HYPERLINK"))
            let again = try await desk.plan(errors)
            #expect(again.plan?.lines.flatMap(\.problems).map(\.code) == codes)
        }
    }

    @Test func theSameFileAgainChangesNothing() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...5) == 5)
            let again = try await desk.upload(1...5)
            #expect(again.plan?.count(.unchanged) == 5)
            let number = try #require(again.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 0))
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 5)
            #expect(try await desk.count("SELECT count(*) AS n FROM affiliations") == 5)
        }
    }

    @Test func aFurtherOrganizationIsASecondAffiliationAndNotASecondPerson() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...3) == 3)
            let planned = try await desk.upload(2...4, to: "demo-clinic")
            #expect(planned.plan?.count(.joins) == 2)
            #expect(planned.plan?.count(.new) == 1)
            let told = planned.plan?.lines.flatMap(\.problems) ?? []
            #expect(told.allSatisfy { $0.code == .characterIsSubstituted })
            #expect(planned.plan?.lines.map(\.told) == [.new, .new, .new])
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 3))

            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 4)
            #expect(try await desk.count("SELECT count(*) AS n FROM affiliations") == 6)
            #expect(
                try await desk.count("SELECT count(*) AS n FROM affiliations WHERE is_primary")
                    == 4)
            let again = try await desk.upload(2...4, to: "demo-clinic")
            #expect(again.plan?.count(.unchanged) == 3)
            #expect(again.leavingCount == 0)
        }
    }

    @Test func otherParticularsCloseWhatWasSaidAndAddWhatIsSaidNow() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...2) == 2)
            try await desk.move(by: 3600)
            #expect(try await desk.enter(1...2, at: .nara) == 2)
            let streets = try await desk.texts(
                "SELECT DISTINCT street AS text FROM applications")
            #expect(streets == ["登大路町30"])
            let before = try await desk.texts("SELECT street AS text FROM application_versions")
            #expect(before == ["紀尾井町1-3", "紀尾井町1-3"])
            #expect(try await desk.count("SELECT count(*) AS n FROM affiliations") == 4)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM affiliations WHERE known_until = 'infinity'") == 2)
        }
    }

    @Test func whoAppliedAloneIsAffiliatedAndNotFiledAgain() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            #expect(try await desk.enter(1...2) == 2)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
        }
    }

    @Test func aPersonTwiceInOneFileIsFiledOnceAndToldOnce() async throws {
        try await withOffice { desk in
            let planned = try await desk.upload([1, 2, 1])
            #expect(planned.plan?.count(.repeated) == 1)
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 2))
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
            try await desk.move(by: 900)
            let letters = try await desk.sendLetters().map(\.messageID)
            #expect(letters.count == 2 && letters.allSatisfy { $0.hasPrefix("receipt-") })
        }
    }

    @Test func aFileOfWrongRowsOnlyHasAPlanThatFilesNobody() async throws {
        try await withOffice { desk in
            let planned = try await desk.upload(
                1...2, at: Invented.Place("1020094", "東京都", "千代田区", "1月2日"))
            #expect(planned.plan?.count(.error) == 2)
            let number = try #require(planned.number)
            #expect(try await desk.office.errorFile(of: number) != nil)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 0))
        }
    }

    @Test func aLostZeroIsGivenBackByTheListThatIsLoaded() async throws {
        try await withOffice { desk in
            let planned = try await desk.upload(
                1...2, at: Invented.Place("600001", "北海道", "札幌市中央区", "北一条西2-1"))
            let plan = try #require(planned.plan)
            #expect(
                plan.lines.allSatisfy {
                    $0.problems.contains { $0.code == .postalCodeZeroSupplied }
                })
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 2))
            #expect(
                try await desk.texts("SELECT DISTINCT postal_code AS text FROM applications")
                    == ["0600001"])
        }
    }

    @Test func aPlanOfAnotherDayIsAppliedIfItStillSaysTheSame() async throws {
        try await withOffice { desk in
            let number = try #require(try await desk.upload(1...2).number)
            try await desk.move(by: 86_400)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 2))
            #expect(try await desk.count("SELECT count(*) AS n FROM group_files") == 1)
        }
    }

    @Test func aPlanOfAnotherDayThatSaysSomethingElseIsShownAndNothingIsDone() async throws {
        try await withOffice { desk in
            let number = try #require(try await desk.upload(1...3).number)
            try await desk.move(by: 86_400)
            #expect(try await desk.enter([2]) == 1)
            let result = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            guard case .changed(let newPlan) = result else {
                Issue.record("applied a plan that no longer holds")
                return
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 1)
            let old = try await desk.office.reading.groupFile(number: number)
            #expect(old?.state == .replaced)
            let new = try #require(try await desk.office.reading.groupFile(number: newPlan))
            #expect((new.counts[.new], new.counts[.unchanged]) == (2, 1))
            #expect(new.coordinator.attests && new.fileName == old?.fileName)
            #expect(
                try await desk.office.applyGroup(newPlan, by: .operator("coordinator"))
                    == .applied(count: 2))
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 3)
        }
    }

    @Test func aPlanOfAYearThatIsOverIsRefused() async throws {
        try await withOffice { desk in
            let number = try #require(try await desk.upload(1...2).number)
            try await desk.move(by: 200 * 86_400)
            await #expect(throws: Refusal.conflict(.fileCannotBePlanned)) {
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
            }
            #expect(try await desk.office.reading.groupFile(number: number)?.state == .planned)
        }
    }

    @Test func theWorkerAppliesWhatWasAskedForOnceOrSaysWhyNot() async throws {
        try await withOffice { desk in
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let body = try #require(
                try await desk.office.currentRules().organization(code: "demo-hospital"))
            let number = try #require(try await desk.upload(1...2).number)
            for _ in 1...2 {
                try await desk.office.askToApplyGroup(
                    number, of: OrganizationScope(body.id), by: .operator("coordinator"))
            }
            #expect(try await desk.office.doOneJob(logger: logger))
            #expect(try await !desk.office.doOneJob(logger: logger))
            #expect(try await desk.office.groupJob(number)?.state == .done)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)

            let late = try #require(try await desk.upload(3...4).number)
            try await desk.office.askToApplyGroup(
                late, of: OrganizationScope(body.id), by: .operator("coordinator"))
            try await desk.move(by: 86_400)
            #expect(try await desk.enter([3]) == 1)
            #expect(try await desk.office.doOneJob(logger: logger))
            let job = try #require(try await desk.office.groupJob(late))
            guard case .changed(let newPlan) = job.failure else { throw Refusal.notFound }
            #expect(job.state == .failed && newPlan.hasPrefix("G-"))
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 3)
        }
    }

    @Test func anOrganizationCannotTouchAnothersFile() async throws {
        try await withOffice { desk in
            let number = try #require(try await desk.upload(1...2).number)
            let clinic = try #require(
                try await desk.office.currentRules().organization(code: "demo-clinic"))
            await #expect(throws: Refusal.notFound) {
                try await desk.office.askToApplyGroup(
                    number, of: OrganizationScope(clinic.id), by: .operator("coordinator"))
            }
        }
    }
}
