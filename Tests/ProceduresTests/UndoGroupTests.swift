import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 送信の取消し: what an organization's file did is taken back.
@Suite struct UndoGroupTests {
    private static let clerk = Actor.operator("coordinator")

    /// Sends a file, and lets a minute pass; gives its number.
    private static func send(
        _ numbers: some Sequence<Int>, _ desk: isolated OfficeDesk,
        to code: String = "demo-hospital",
        at place: Invented.Place = .tokyo, unit: String = "",
        _ change: (inout [String]) -> Void = { _ in }
    ) async throws -> String {
        let planned = try await desk.upload(numbers, to: code, at: place, unit: unit, change)
        let number = try #require(planned.number)
        _ = try await desk.office.applyGroup(number, by: clerk)
        try await desk.move(by: 60)
        return number
    }

    private static func plan(
        _ file: String, _ desk: isolated OfficeDesk
    ) async throws -> PlanRecord {
        try await desk.office.planUndo(ofGroup: file, within: nil, by: clerk)
    }

    /// Takes a file back; gives what was said of each row.
    @discardableResult
    private static func undo(
        _ file: String, _ desk: isolated OfficeDesk
    ) async throws -> [UndoOutcome] {
        let plan = try await plan(file, desk)
        let done = try await desk.office.applyUndo(plan.number, by: clerk)
        let lines = try await desk.office.reading.undoLines(of: plan.id)
        let reversed = lines.count { $0.outcome.group == .reversed }
        #expect(done == .applied(count: reversed))
        try await desk.move(by: 60)
        return lines.map(\.outcome)
    }

    private static func letters(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.sendLetters().map { String($0.messageID.prefix { $0 != "-" }) }
    }

    @Test func atOnceNobodyIsToldAndTheSameFileIsNewAgain() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...3, desk)
            #expect(try await Self.letters(desk).isEmpty)
            let done = try await Self.undo(file, desk)
            #expect(done == Array(repeating: .reversed(.takeBack), count: 3))
            #expect(try await desk.said().isEmpty)
            try await desk.move(by: 86_400)
            #expect(try await Self.letters(desk).isEmpty)
            let again = try await desk.upload(1...3)
            #expect(again.plan?.count(.new) == 3 && again.fileProblems.isEmpty)
            _ = try await desk.office.applyGroup(try #require(again.number), by: Self.clerk)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM applications WHERE state = 'submitted'") == 3)
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 3)
            try await desk.move(by: 86_400)
            #expect(try await Self.letters(desk) == ["receipt", "receipt", "receipt"])
        }
    }

    @Test func theLettersOfAFileWaitAsLongAsTheDataSays() async throws {
        try await withOffice { desk in
            _ = try await Self.send([1], desk)
            try await desk.move(by: 60 * 14 - 1)
            #expect(try await Self.letters(desk).isEmpty)
            try await desk.move(by: 1)
            #expect(try await Self.letters(desk) == ["receipt"])
        }
    }

    @Test func whoeverWasToldIsToldThatItIsTakenBack() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...2, desk)
            try await desk.move(by: 900)
            #expect(try await Self.letters(desk) == ["receipt", "receipt"])
            try await Self.undo(file, desk)
            let letters = try await desk.sendLetters().suffix(2)
            #expect(letters.allSatisfy { $0.messageID.hasPrefix("taken_back-") })
            #expect(letters.map(\.recipient) == [Invented.email(1), Invented.email(2)])
            #expect(letters.allSatisfy { $0.body.contains("名簿の送信を取り消しました") })
        }
    }

    @Test func aLetterThatIsBeingSentCountsAsTold() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...2, desk)
            _ = try await desk.rows(
                """
                UPDATE outbox SET lease_until = 'infinity', lease_token = 'x'
                WHERE recipient = \(Invented.email(1))
                """)
            try await Self.undo(file, desk)
            let told = try await desk.texts(
                """
                SELECT letter || ' ' || recipient || ' ' || state AS text FROM outbox
                ORDER BY letter, recipient
                """)
            let (one, two) = (Invented.email(1), Invented.email(2))
            #expect(
                told == [
                    "receipt \(one) waiting", "receipt \(two) suppressed",
                    "taken_back \(one) waiting",
                ])
        }
    }

    /// The address, by which somebody is known, with all that is made of it.
    @Test func whatWasSaidBeforeComesBackToTheLetter() async throws {
        try await withOffice { desk in
            _ = try await Self.send(1...2, desk, unit: "内科")
            let before = try await desk.said()
            func sendAnother() async throws -> String {
                try await Self.send(1...3, desk, unit: "外科") { row in
                    if row[0] == "2" { row[9] = "moved2@example.jp" }
                }
            }
            let file = try await sendAnother()
            let changed = try await desk.said()
            #expect(
                changed.contains { $0.contains("moved2@example.jp|") || $0.contains("|moved2") })
            let done = try await Self.undo(file, desk)
            #expect(done == [.reversed(.restore), .reversed(.restore), .reversed(.takeBack)])
            #expect(try await desk.said() == before)
            _ = try await sendAnother()
            #expect(try await desk.said().count == changed.count)
        }
    }

    @Test func filesAreTakenBackOneAfterTheOtherAndNotAcross() async throws {
        try await withOffice { desk in
            let first = try await Self.send([1], desk)
            let once = try await desk.said()
            let second = try await Self.send([1], desk, at: .nara)
            let twice = try await desk.said()
            let third = try await Self.send([1], desk, unit: "外科")
            #expect(try await Self.undo(first, desk) == [.kept(.changed)])
            #expect(try await Self.undo(second, desk) == [.kept(.changed)])
            #expect(try await Self.undo(third, desk) == [.reversed(.restore)])
            #expect(try await desk.said() == twice)
            #expect(try await Self.undo(second, desk) == [.reversed(.restore)])
            #expect(try await desk.said() == once)
            #expect(try await Self.undo(first, desk) == [.reversed(.takeBack)])
            #expect(try await desk.said().isEmpty)
        }
    }

    @Test func whatSomebodyHasBuiltOnIsKeptWithTheReason() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...7, desk)
            let ids = try await desk.rows("SELECT id FROM applications ORDER BY id").map {
                try $0.int("id")
            }
            _ = try await desk.rows(
                "UPDATE applications SET mail_confirmed_at = received_at WHERE id = \(ids[0])")
            _ = try await desk.office.approve([ids[1]], by: .operator("office"))
            try await desk.appointAll()
            _ = try await desk.office.approve([ids[2]], by: .operator("office"))
            try await desk.office.reject(ids[3], because: "理由", by: .operator("office"))
            try await desk.office.withdraw(application: ids[4], by: .applicant)
            _ = try await Self.send([6], desk, at: .nara)
            let before = try await desk.said()
            let done = try await Self.undo(file, desk)
            #expect(
                done == [
                    .kept(.confirmed), .kept(.appointed), .kept(.approved), .kept(.rejected),
                    .kept(.withdrawn), .kept(.changed), .reversed(.takeBack),
                ])
            let after = try await desk.said()
            #expect(Set(after).isSubset(of: before) && after.count == before.count - 4)
        }
    }

    /// What was approved can be taken back after all, once the office looks at it again.
    @Test func theRestIsTakenBackLater() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...2, desk)
            let id = try await desk.count("SELECT min(id) AS n FROM applications")
            _ = try await desk.office.approve([id], by: .operator("office"))
            #expect(try await Self.undo(file, desk) == [.kept(.approved), .reversed(.takeBack)])
            try await desk.office.reopen(id, seen: .approved, by: .operator("office"))
            #expect(try await Self.undo(file, desk) == [.reversed(.takeBack)])
            #expect(try await desk.said().isEmpty)
            await #expect(throws: Refusal.conflict(.nothingToUndo)) {
                try await Self.plan(file, desk)
            }
        }
    }

    @Test func whomAnotherOrganizationCountsOnIsKept() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...2, desk)
            let before = try await desk.said()
            let other = try await Self.send([2], desk, to: "demo-clinic")
            #expect(try await Self.undo(file, desk) == [.reversed(.takeBack), .kept(.changed)])
            #expect(try await Self.undo(other, desk) == [.reversed(.leave)])
            #expect(Set(try await desk.said()).isSubset(of: before))
            #expect(try await Self.undo(file, desk) == [.reversed(.takeBack)])
        }
    }

    @Test func whoeverAppliedAloneIsAsBefore() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let before = try await desk.said()
            let file = try await Self.send([1], desk, at: .nara, unit: "外科")
            #expect(try await desk.said().count == before.count + 2)
            _ = try await desk.office.approve(
                [try await desk.id(of: receipt)], by: .operator("office"))
            #expect(try await Self.undo(file, desk) == [.reversed(.leave)])
            let state = try await desk.texts("SELECT state AS text FROM applications")
            #expect(state == ["approved"])
            #expect(try await desk.said().count == before.count)
        }
    }

    /// 部署 is the organization's own, also of somebody who is appointed.
    @Test func theUnitComesBackWhateverBecameOfTheRest() async throws {
        try await withOffice { desk in
            _ = try await Self.send([1], desk, unit: "内科")
            try await desk.approveAll()
            try await desk.appointAll()
            let before = try await desk.said()
            let file = try await Self.send([1], desk, unit: "外科")
            #expect(try await desk.said() != before)
            #expect(try await Self.undo(file, desk) == [.reversed(.restore)])
            #expect(try await desk.said() == before)
        }
    }

    @Test func nobodyIsAskedAboutRowsThatWereTakenBack() async throws {
        try await withOffice { desk in
            var seen = 0
            let file = try await Self.send([1, 1], desk) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            let doubt = try #require(try await desk.office.openDoubts(DoubtFilter()).first).doubt
            #expect(
                try await Self.undo(file, desk) == [.reversed(.takeBack), .reversed(.unask)])
            #expect(try await desk.office.openDoubts(DoubtFilter()).isEmpty)
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.decideDoubt(doubt.id, as: .different, by: .account(1))
            }
            seen = 0
            _ = try await Self.send([1, 1], desk) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            #expect(try await desk.office.openDoubts(DoubtFilter()).count == 1)
        }
    }

    /// A row that the office let in later is taken back with its file.
    @Test func whatTheOfficeLetInIsTakenBackToo() async throws {
        try await withOffice { desk in
            var seen = 0
            let file = try await Self.send([1, 1], desk) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            let doubt = try #require(try await desk.office.openDoubts(DoubtFilter()).first).doubt
            try await desk.office.decideDoubt(doubt.id, as: .different, by: .account(1))
            try await desk.move(by: 60)
            #expect(
                try await Self.undo(file, desk)
                    == [.reversed(.takeBack), .reversed(.takeBack)])
            #expect(try await desk.said().isEmpty)
        }
    }

    /// What was filed by an answer that was taken back is in doubt again; it goes with its file, and
    /// nobody opens the question any more.
    @Test(arguments: [true, false])
    func aQuestionAboutARowThatWasTakenBackStaysClosed(takesBackAnswer: Bool) async throws {
        try await withOffice { desk in
            var seen = 0
            let file = try await Self.send([1, 1], desk) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            let doubt = try #require(try await desk.office.openDoubts(DoubtFilter()).first)
            let (id, decided) = (doubt.doubt.id, desk.office.now)
            try await desk.office.decideDoubt(id, as: .different, by: .account(1))
            try await desk.move(by: 60)
            if takesBackAnswer {
                try await desk.office.takeBackDoubt(id, seen: decided, by: .account(1))
                try await desk.move(by: 60)
            }
            #expect(
                try await Self.undo(file, desk) == [.reversed(.takeBack), .reversed(.takeBack)])
            #expect(try await desk.office.openDoubts(DoubtFilter()).isEmpty)
            await #expect(throws: Refusal.self) {
                try await desk.office.takeBackDoubt(id, seen: decided, by: .account(1))
            }
            #expect(try await desk.said().isEmpty)
        }
    }

    @Test func afterItsDaysNothingIsTakenBack() async throws {
        try await withOffice { desk in
            let file = try await Self.send([1], desk)
            let applied = desk.office.today
            try await desk.move(to: Instant(startOf: applied.adding(days: 31)).adding(seconds: -1))
            let plan = try await Self.plan(file, desk)
            try await desk.move(by: 1)
            let late = Refusal.conflict(.undoIsOver(applied.adding(days: 30)))
            await #expect(throws: late) { try await Self.plan(file, desk) }
            await #expect(throws: late) {
                try await desk.office.applyUndo(plan.number, by: Self.clerk)
            }
            await #expect(throws: late) {
                try await desk.office.askToUndo(plan.number, within: nil, by: Self.clerk)
            }
        }
    }

    @Test func whatChangedSinceThePlanIsShownBeforeAnythingIsDone() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...2, desk)
            let plan = try await Self.plan(file, desk)
            let id = try await desk.count("SELECT min(id) AS n FROM applications")
            _ = try await desk.office.approve([id], by: .operator("office"))
            let before = try await desk.said()
            guard
                case .changed(let newPlan) = try await desk.office.applyUndo(
                    plan.number, by: Self.clerk)
            else { throw Unfit() }
            #expect(try await desk.said() == before)
            #expect(
                try await desk.office.applyUndo(newPlan, by: Self.clerk) == .applied(count: 1))
        }
    }

    @Test func whoeverPressesTwiceTakesItBackOnce() async throws {
        try await withOffice { desk in
            let file = try await Self.send(1...2, desk)
            let (plan, other) = (
                try await Self.plan(file, desk), try await Self.plan(file, desk)
            )
            _ = try await desk.office.applyUndo(plan.number, by: Self.clerk)
            await #expect(throws: Refusal.conflict(.planIsApplied)) {
                try await desk.office.applyUndo(plan.number, by: Self.clerk)
            }
            guard case .changed = try await desk.office.applyUndo(other.number, by: Self.clerk)
            else { throw Unfit() }
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM application_states WHERE state = 'withdrawn'") == 2)
        }
    }

    @Test func anotherOrganizationSeesNoFileToTakeBack() async throws {
        try await withOffice { desk in
            let file = try await Self.send([1], desk)
            let clinic = try #require(
                try await desk.office.currentRules().organization(code: "demo-clinic")
            ).id
            let scope = OrganizationScope(clinic)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.planUndo(ofGroup: file, within: scope, by: Self.clerk)
            }
            let plan = try await Self.plan(file, desk)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.askToUndo(plan.number, within: scope, by: Self.clerk)
            }
        }
    }

    @Test func aNumberAsItWasKnownStays() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            let file = try await Self.send(1...3, desk)
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let shown = try await desk.office.numbers(on: basis).totals
            let sheets = (
                try await desk.lines(of: "02", basis), try await desk.lines(of: "03", basis)
            )
            try await desk.move(by: 60)
            try await Self.undo(file, desk)
            #expect(try await desk.office.numbers(on: basis).totals == shown)
            #expect(try await desk.lines(of: "02", basis) == sheets.0)
            #expect(try await desk.lines(of: "03", basis) == sheets.1)
        }
    }

    @Test func theJournalSaysWhoTookWhatBack() async throws {
        try await withOffice { desk in
            _ = try await Self.send([1], desk, unit: "内科")
            let file = try await Self.send(1...2, desk, at: .nara, unit: "外科")
            let before = try await desk.count("SELECT max(id) AS n FROM events")
            try await Self.undo(file, desk)
            let acts = try await desk.texts(
                """
                SELECT act || ' ' || split_part(subject, ':', 1) AS text FROM events
                WHERE id > \(before) ORDER BY id
                """)
            #expect(
                acts == [
                    "plan_undo plan", "withdraw application", "correct application",
                    "change_affiliation application", "apply_undo group_file",
                    "apply_undo plan",
                ])
            let what = try await desk.texts(
                """
                SELECT (d.before ->> 'unit') || (d.after ->> 'unit') AS text FROM events e
                JOIN event_details d ON d.event_id = e.id
                WHERE e.id > \(before) AND e.act = 'change_affiliation'
                """)
            #expect(what == ["外科内科"])
        }
    }
}
