import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What is taken back again, and what two persons become who are one.
extension YearsPlay {
    /// One act of a day.
    mutating func takeSomethingBack(_ desk: isolated OfficeDesk) async throws {
        switch chance.below(9) {
        case 0, 1: try await sendAndTakeBack(desk)
        case 2: try await merge(desk)
        case 3: try await separate(desk)
        case 4: try await leave(desk)
        case 5: try await sendBack(desk)
        case 6: try await answerWhatWasSentBack(desk)
        case 7: try await appointSome(desk)
        default: try await undoAppointments(desk)
        }
    }

    /// The hospital sends some whom nobody knows and some who are known and have moved, and takes
    /// the file back: all is as it was before.
    private mutating func sendAndTakeBack(_ desk: isolated OfficeDesk) async throws {
        let before = try await desk.said()
        let first = hospital.lowerBound + chance.below(hospital.count - 4)
        let strangers = hospital.upperBound..<hospital.upperBound + 3
        let planned = try await desk.upload(
            Array(first..<first + 4) + Array(strangers), at: .nara,
            seenOn: desk.office.today.description)
        let number = try #require(planned.number)
        _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
        try await desk.move(by: 60)
        let plan = try await desk.office.planUndo(
            ofGroup: number, within: nil, by: .operator("coordinator"))
        let done = try await desk.office.applyUndo(plan.number, by: .operator("coordinator"))
        try await desk.move(by: 60)
        let lines = try await desk.office.reading.undoLines(of: plan.id)
        #expect(lines.count { $0.outcome.group == .failed } == 0)
        guard case .applied(let count) = done, count == lines.count else { return }
        #expect(try await desk.said() == before, "\(desk.office.today): \(number)")
        played["a file taken back", default: 0] += count
    }

    /// Two who applied alone are found to be one.
    private mutating func merge(_ desk: isolated OfficeDesk) async throws {
        let people = try await desk.rows(
            """
            SELECT DISTINCT person_id AS id FROM applications
            WHERE route = 'individual' AND fiscal_year = \(desk.office.year.startYear)
            ORDER BY person_id
            """
        ).map { try $0.int("id") }
        guard people.count > 1 else { return }
        let (stays, other) = (
            people[chance.below(people.count)], people[chance.below(people.count)]
        )
        guard stays != other else { return }
        do {
            let plan = try await desk.office.planMerge(of: other, into: stays)
            let id = try await desk.office.mergePeople(
                other, into: stays, seen: plan.mark, because: "本人に確かめた",
                by: .operator("office"))
            merges.append(id)
            played["merged", default: 0] += 1
        } catch Refusal.conflict(.survivorHasNoNumber), Refusal.conflict(.isOnePersonAlready) {
            played["two who are not merged", default: 0] += 1
        }
        try await desk.move(by: 60)
    }

    /// One of the merges was a mistake, unless more was built on it.
    private mutating func separate(_ desk: isolated OfficeDesk) async throws {
        guard !merges.isEmpty else { return }
        let id = merges.remove(at: chance.below(merges.count))
        do {
            let plan = try await desk.office.planSeparation(id)
            try await desk.office.separatePeople(
                id, seen: plan.mark, giving: [], because: "別人だった", by: .operator("office"))
            played["separated", default: 0] += 1
        } catch Refusal.conflict(.survivorWasMerged) {
            played["a merge that stays", default: 0] += 1
        }
        try await desk.move(by: 60)
    }

    /// Some have left the hospital; half of the time they have not.
    private mutating func leave(_ desk: isolated OfficeDesk) async throws {
        let body = try #require(
            try await desk.office.currentRules().organization(code: "demo-hospital"))
        let scope = OrganizationScope(body.id)
        let members = try await desk.office.reading.members(
            of: scope, in: desk.office.year, limit: 400
        ).members.map(\.id)
        guard members.count > 3 else { return }
        let first = chance.below(members.count - 2)
        let who = Array(members[first..<first + 2])
        let plan = try await desk.office.planLeaving(of: who, within: scope)
        guard plan.leavers.count == who.count else { return }
        _ = try await desk.office.leave(
            who, Leaving(.retired, on: desk.office.today), within: scope, seen: plan.mark,
            by: .operator("coordinator"))
        played["left", default: 0] += who.count
        let said = desk.office.now
        try await desk.move(by: 60)
        guard chance.below(2) == 0 else { return }
        _ = try await desk.office.takeBackLeaving(
            saidAt: said, within: scope, by: .operator("coordinator"))
        played["a leaving taken back", default: 0] += who.count
        try await desk.move(by: 60)
    }

    private mutating func sendBack(_ desk: isolated OfficeDesk) async throws {
        guard let id = try await oneOf(desk, [.submitted, .reviewing]) else { return }
        var questions = ApplicationDraft()
        questions[.street] = "番地を確かめてください。"
        try await desk.office.askAmendment(
            AmendmentNote(questions, dueOn: desk.office.today.adding(days: 14)),
            ofApplication: id, seen: nil, by: .operator("office"))
        played["sent back", default: 0] += 1
    }

    /// It is answered, or the office takes its question back; what is forgotten expires.
    private mutating func answerWhatWasSentBack(_ desk: isolated OfficeDesk) async throws {
        _ = try await desk.office.tendAmendments()
        guard let id = try await oneOf(desk, [.correcting]),
            let open = try await desk.office.reading.amendments(of: id).first(where: {
                $0.state == .open
            }), let own = try await desk.office.ownAnswers(ofApplication: id)
        else { return }
        guard chance.below(3) > 0 else {
            try await desk.office.takeBackAmendment(
                open.id, ofApplication: id, by: .operator("office"))
            played["a question taken back", default: 0] += 1
            return
        }
        var typed = ApplicationDraft()
        typed[.street] = "紀尾井町\(chance.below(9) + 2)-9"
        _ = try await desk.office.answerAmendment(
            open.id, ofApplication: id, typed, seen: own.mark, by: .applicant)
        played["answered what was asked", default: 0] += 1
    }

    /// A decision about one kind of those who applied alone.
    private mutating func appointSome(_ desk: isolated OfficeDesk) async throws {
        let scope = DecisionScope(
            kind: chance.below(2) == 0 ? .caller : .promoter, applicants: [.alone])
        let plan = try await desk.office.planAppointments(
            by: desk.decision, of: scope, by: .operator("office"))
        let before = try await desk.count("SELECT count(*) AS n FROM appointments")
        _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
        let after = try await desk.count("SELECT count(*) AS n FROM appointments")
        #expect(after - before == plan.count.appoint)
        played["appointed by a decision about some", default: 0] += plan.count.appoint
    }

    /// The last plan that appointed somebody in the year was a mistake: whoever is taken back is as
    /// before it, whoever is not is named, and what is known of the days before stays. Half of the
    /// time they are appointed anew, with other numbers.
    private mutating func undoAppointments(_ desk: isolated OfficeDesk) async throws {
        let plans = try await desk.office.reading.plans(.appoint).filter {
            $0.state == .applied && $0.year == desk.office.year
        }
        guard let plan = plans.first,
            let undoing = try? await desk.office.planAppointmentUndo(
                of: plan.number, by: .operator("office"))
        else { return }
        try await desk.move(by: 60)
        let known = desk.office.now
        let before = try await Self.terms(known: known, desk)
        guard
            case .applied(let count) = try await desk.office.undoAppointments(
                undoing.number, because: "決裁の誤り", by: .operator("office"))
        else {
            Issue.record("an undo of this moment was refused")
            return
        }
        try await desk.move(by: 60)
        #expect(try await Self.terms(known: known, desk) == before)
        let counts = try await desk.office.reading.outcomes(of: undoing.id)
        #expect(counts[.undoing(.takenBack)] ?? 0 == count)
        let standing = try await desk.count(
            """
            SELECT count(*) AS n FROM appointments p
            JOIN applications a ON a.id = p.application_id
            JOIN appointment_terms t ON t.appointment_id = p.id AND t.known_until = 'infinity'
            WHERE p.undone_by = \(undoing.id) AND a.state = 'approved'
              AND NOT a.appointment_ended AND t.end_reason = 'cancelled'
            """)
        #expect(standing == count)
        played["appointments taken back with their plan", default: 0] += count
        guard chance.below(2) == 0 else { return }
        let numbers = try await desk.count("SELECT count(*) AS n FROM appointments")
        let again = try await desk.office.planAppointments(
            by: desk.decision, by: .operator("office"))
        _ = try await desk.office.applyAppointments(again.number, by: .operator("office"))
        let given = try await desk.count("SELECT count(*) AS n FROM appointments")
        #expect(given - numbers == again.count.appoint)
        played["appointed anew", default: 0] += again.count.appoint
    }

    /// The terms as they were known at a moment.
    private static func terms(
        known moment: Instant, _ desk: isolated OfficeDesk
    ) async throws -> [String] {
        let seconds = Int(moment.microseconds / 1_000_000)
        return try await desk.texts(
            """
            SELECT concat_ws(' ', appointment_id, person_id, true_from, ends_on, end_reason)
                     AS text
            FROM appointment_terms
            WHERE known_from < to_timestamp(\(seconds)) AND known_until >= to_timestamp(\(seconds))
            ORDER BY appointment_id, id
            """)
    }
}
