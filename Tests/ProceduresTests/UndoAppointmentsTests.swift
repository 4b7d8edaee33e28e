import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命の取消し of all that a plan of appointments did.
@Suite struct UndoAppointmentsTests {
    private static let officer = Actor.operator("office")

    /// Three who applied are appointed by one plan; gives their applications and its number.
    private static func appointed(
        _ desk: isolated OfficeDesk, isTold: Bool = true
    ) async throws -> (ids: [Int], plan: String) {
        var ids: [Int] = []
        for number in 1...3 { ids.append(try await desk.approved(number)) }
        let plan = try await appoint(desk)
        if isTold { _ = try await desk.sendLetters() }
        try await desk.move(by: 3_600)
        return (ids, plan)
    }

    private static func appoint(_ desk: isolated OfficeDesk) async throws -> String {
        let plan = try await desk.office.planAppointments(by: desk.decision, by: officer)
        _ = try await desk.office.applyAppointments(plan.number, by: officer)
        return plan.number
    }

    @discardableResult
    private static func undo(
        _ plan: String, because reason: String = "決裁の対象を誤ったため", _ desk: isolated OfficeDesk
    ) async throws -> (plan: PlanRecord, result: AppliedPlan) {
        let undoing = try await desk.office.planAppointmentUndo(of: plan, by: officer)
        let result = try await desk.office.undoAppointments(
            undoing.number, because: reason, by: officer)
        try await desk.move(by: 60)
        return (undoing, result)
    }

    private static func kinds(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.sendLetters().map { String($0.messageID.prefix { $0 != "-" }) }
    }

    private static func reasons(
        of plan: PlanRecord, _ desk: isolated OfficeDesk
    ) async throws -> [Int: PlanReason] {
        let lines = try await desk.office.reading.planLines(
            of: plan.id, outcome: .undoing(.stays))
        return Dictionary(
            uniqueKeysWithValues: lines.compactMap { line in
                line.reason.map { (line.applicationID, $0) }
            })
    }

    @Test func theyStandAsBeforeAndWhatWasCountedBeforeStays() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            let (ids, plan) = try await Self.appointed(desk)
            let before = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let shown = try await desk.office.numbers(on: before)
            let roster = try await desk.lines(of: "08", before)
            let tokens = try await desk.texts("SELECT token AS text FROM badges ORDER BY id")
            try await desk.move(by: 3_600)
            let done = try await Self.undo(plan, desk)
            #expect(done.result == .applied(count: 3))
            for id in ids {
                let record = try #require(try await desk.office.reading.application(id: id))
                #expect(record.state == .approved)
                #expect(try await desk.office.reading.appointment(ofApplication: id) == nil)
            }
            let after = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let numbers = try await desk.office.numbers(on: after)
            #expect(numbers.totals.values.allSatisfy { $0.active == 0 && $0.appointed == 0 })
            #expect(numbers.totals.values.allSatisfy { $0.ended == 0 })
            #expect(numbers.differences.isEmpty)
            #expect(try await desk.office.numbers(on: before).totals == shown.totals)
            #expect(try await desk.lines(of: "08", before) == roster)
            for token in tokens {
                #expect(try await desk.office.assertion(token: token).isRevoked)
            }
            #expect(!tokens.isEmpty)
            #expect(try await Self.kinds(desk).count { $0 == "cancellation" } == 3)
        }
    }

    @Test func whoWasNotToldYetHearsNothingOfIt() async throws {
        try await withOffice { desk in
            let (_, plan) = try await Self.appointed(desk, isTold: false)
            try await Self.undo(plan, desk)
            let kinds = try await Self.kinds(desk)
            #expect(!kinds.contains("appointment") && !kinds.contains("cancellation"))
        }
    }

    @Test func theyAreAppointedAnewWithNumbersOfTheirOwn() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            try await Self.undo(plan, desk)
            let again = try await Self.appoint(desk)
            #expect(again != plan)
            let found = try await desk.texts(
                "SELECT number || ' ' || history AS text FROM appointments ORDER BY id")
            #expect(found.count == 6 && Set(found).count == 6)
            #expect(found.allSatisfy { $0.hasSuffix(" new") })
            for id in ids {
                let held = try await desk.office.reading.appointment(ofApplication: id)
                #expect(held?.term.endReason == nil && held != nil)
                let states = try await desk.office.reading.states(of: id).map(\.state)
                #expect(states.suffix(4) == [.approved, .appointed, .approved, .appointed])
                let person = try #require(try await desk.office.reading.application(id: id))
                    .personID
                let trail = try await desk.rows(
                    "SELECT number FROM appointments WHERE person_id = \(person)")
                #expect(trail.count == 2)
            }
            try await Self.undo(again, desk)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM applications WHERE state = 'approved'") == 3)
            await #expect(throws: Refusal.conflict(.nothingToUndo)) {
                try await Self.undo(plan, desk)
            }
        }
    }

    @Test func whoeverHasLeftOrWasCancelledStaysAndIsNamed() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            try await desk.office.resign(application: ids[0], by: .applicant)
            let held = try #require(
                try await desk.office.reading.appointment(ofApplication: ids[1]))
            try await desk.office.cancel(
                appointmentOfApplication: ids[1], seen: held.knownFrom, because: "誤り",
                by: Self.officer)
            let done = try await Self.undo(plan, desk)
            #expect(done.result == .applied(count: 1))
            let reasons = try await Self.reasons(of: done.plan, desk)
            #expect(reasons == [ids[0]: .stays(.resigned), ids[1]: .stays(.cancelled)])
            let states = try await desk.texts("SELECT state AS text FROM applications ORDER BY id")
            #expect(states == ["appointed", "appointed", "approved"])
        }
    }

    @Test func whatWasBuiltOnItSinceThePlanMakesANewPlan() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            let undoing = try await desk.office.planAppointmentUndo(of: plan, by: Self.officer)
            try await desk.office.resign(application: ids[0], by: .applicant)
            let result = try await desk.office.undoAppointments(
                undoing.number, because: "理由", by: Self.officer)
            guard case .changed(let number) = result else { throw Unfit() }
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM applications WHERE state = 'appointed'") == 3)
            let newer = try #require(try await desk.office.reading.plan(number: number))
            #expect(newer.because == "理由" && newer.undoes == undoing.undoes)
            let differences = try await desk.office.reading.differences(of: newer.id)
            #expect(differences == PlanDifferences(came: 0, left: 0, changed: 1))
        }
    }

    private static func merge(
        _ other: Int, into stays: Int, _ desk: isolated OfficeDesk
    ) async throws -> Int {
        let planned = try await desk.office.planMerge(of: other, into: stays)
        return try await desk.office.mergePeople(
            other, into: stays, seen: planned.mark, because: "同じ人", by: officer)
    }

    /// Whose the appointments are that were taken back, as appointment and term say.
    private static func owners(_ desk: isolated OfficeDesk) async throws -> [Int] {
        try await desk.rows(
            """
            SELECT p.person_id AS id FROM appointments p
            JOIN appointment_terms t ON t.appointment_id = p.id
              AND t.known_until = 'infinity' AND t.person_id = p.person_id
              AND t.end_reason = 'cancelled' ORDER BY p.id
            """
        ).map { try $0.int("id") }
    }

    @Test func aMergeHoldsItAndComesApartWithIt() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            let people = try await desk.rows("SELECT person_id AS id FROM applications ORDER BY id")
                .map { try $0.int("id") }
            let merged = try await Self.merge(people[1], into: people[0], desk)
            try await desk.move(by: 60)
            let undoing = try await desk.office.planAppointmentUndo(of: plan, by: Self.officer)
            let reasons = try await Self.reasons(of: undoing, desk)
            #expect(reasons[ids[0]] == .stays(.merged) && reasons[ids[1]] == .stays(.merged))
            let apart = try await desk.office.planSeparation(merged)
            try await desk.office.separatePeople(
                merged, seen: apart.mark, giving: [], because: "別人", by: Self.officer)
            try await desk.move(by: 60)
            #expect(try await Self.undo(plan, desk).result == .applied(count: 3))
            // What was taken back goes with its application, there and back.
            let second = try await Self.merge(people[1], into: people[0], desk)
            #expect(try await Self.owners(desk) == [people[0], people[0], people[2]])
            try await desk.move(by: 60)
            let parting = try await desk.office.planSeparation(second)
            try await desk.office.separatePeople(
                second, seen: parting.mark, giving: [], because: "別人", by: Self.officer)
            #expect(try await Self.owners(desk) == people)
        }
    }

    /// A よびかけ員 who became 推進委員 by the plan is よびかけ員 again, with the badge.
    @Test func whatGaveWayHoldsAgain() async throws {
        try await withOffice { desk in
            let caller = try await desk.id(
                of: desk.apply(1) {
                    $0["applicant_kind"] = "caller"
                    $0["eligibility_category"] = "community_caller"
                })
            try await desk.approveAll()
            _ = try await Self.appoint(desk)
            let before = try await desk.office.reading.appointment(ofApplication: caller)
            try await desk.move(by: 86_400)
            let promoter = try await desk.approved(1)
            let plan = try await Self.appoint(desk)
            let ended = try await desk.office.reading.appointment(ofApplication: caller)
            #expect(ended?.term.endReason == .superseded)
            try await desk.move(by: 86_400)
            #expect(try await Self.undo(plan, desk).result == .applied(count: 1))
            let after = try await desk.office.reading.appointment(ofApplication: caller)
            #expect(after?.term == before?.term)
            let token = try await desk.office.reading.badgeToken(ofApplication: caller)
            if let token {
                #expect(try await !desk.office.assertion(token: token).isRevoked)
            }
            #expect(
                try await desk.office.reading.application(id: promoter)?.state == .approved)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM applications WHERE appointment_ended") == 0)
        }
    }

    @Test func whatWasTakenBackCannotBeResumed() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            let held = try #require(
                try await desk.office.reading.appointment(ofApplication: ids[0]))
            try await Self.undo(plan, desk)
            await #expect(throws: Refusal.conflict(.noEndToTakeBack)) {
                try await desk.office.resume(
                    appointmentOfApplication: ids[0], seen: held.knownFrom, by: Self.officer)
            }
        }
    }

    /// Whoever comes second is told that another reason counts, before and after it is done.
    @Test func theSlowerOfTwoReasonsIsRefused() async throws {
        try await withOffice { desk in
            let (_, plan) = try await Self.appointed(desk)
            let undoing = try await desk.office.planAppointmentUndo(of: plan, by: Self.officer)
            let isTaken = try await desk.office.askToUndoAppointments(
                undoing.number, because: "一", by: Self.officer)
            #expect(isTaken)
            await #expect(throws: Refusal.conflict(.takenBackForAnotherReason)) {
                try await desk.office.undoAppointments(
                    undoing.number, because: "二", by: Self.officer)
            }
            #expect(try await desk.office.reading.plan(number: undoing.number)?.because == "一")
            let done = try await desk.office.undoAppointments(
                undoing.number, because: "一", by: Self.officer)
            #expect(done == .applied(count: 3))
            await #expect(throws: Refusal.conflict(.takenBackForAnotherReason)) {
                try await desk.office.undoAppointments(
                    undoing.number, because: "二", by: Self.officer)
            }
            let states = try await desk.texts(
                "SELECT DISTINCT reason AS text FROM application_states WHERE reason IN ('一', '二')")
            #expect(states == ["一"])
        }
    }

    @Test func thereIsAReasonAndAPlanThatWasApplied() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            let plan = try await desk.office.planAppointments(by: desk.decision, by: Self.officer)
            await #expect(throws: Refusal.conflict(.nothingToUndo)) {
                try await desk.office.planAppointmentUndo(of: plan.number, by: Self.officer)
            }
            _ = try await desk.office.applyAppointments(plan.number, by: Self.officer)
            let undoing = try await desk.office.planAppointmentUndo(
                of: plan.number, by: Self.officer)
            await #expect(throws: Refusal.conflict(.reasonIsMissing)) {
                try await desk.office.askToUndoAppointments(
                    undoing.number, because: "", by: Self.officer)
            }
            await #expect(throws: Refusal.notFound) {
                try await desk.office.askToUndoAppointments(
                    plan.number, because: "理由", by: Self.officer)
            }
        }
    }
}
