import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// A population that is drawn, living through fiscal years: organizations send files and correct
/// them, people apply alone, are approved, appointed or rejected, change their kind, belong to two
/// organizations, resign, and are renewed on 1 April. The same seed plays the same.
struct YearsPlay: Sendable {
    var chance: Chance
    /// People of the hospital, of the clinic, and alone; each has numbers of its own.
    private(set) var hospital = 1..<1, clinic = 10_001..<10_001, alone = 20_001..<20_001
    /// Whom an act of the play reached, so that the test can say that it played them.
    var played: [String: Int] = [:]
    /// Two persons made one, which nobody has taken back.
    var merges: [Int] = []

    init(seed: UInt64) { chance = Chance(state: seed) }

    /// How many people there are by now.
    var peopleCount: Int { hospital.count + clinic.count + alone.count }

    /// The first day: most people come with their organization's file.
    mutating func begin(_ desk: isolated OfficeDesk) async throws {
        try await send(desk, 500, of: "demo-hospital")
        try await send(desk, 300, of: "demo-clinic")
        try await applyAlone(desk, 150)
        try await desk.approveAll()
        try await desk.appointAll()
    }

    /// None to three acts of a day.
    mutating func act(_ desk: isolated OfficeDesk) async throws {
        for _ in 0..<chance.below(4) {
            switch chance.below(24) {
            case 0, 1: try await applyAlone(desk, 1 + chance.below(4))
            case 2: try await send(desk, 1 + chance.below(9), of: "demo-hospital")
            case 3: try await send(desk, 1 + chance.below(9), of: "demo-clinic")
            case 4: try await correct(desk)
            case 5: try await joinAnotherOrganization(desk)
            case 6, 7: try await desk.approveAll()
            case 8: try await appoint(desk)
            case 9: try await resign(desk)
            case 10: try await becomePromoter(desk)
            case 11: try await becomeCaller(desk)
            case 12: try await applyAgain(desk)
            case 13: try await changeKindOfSomebodyAppointedToday(desk)
            case 14: try await answer(desk)
            case 15: try await endByOffice(desk)
            case 16: try await takeBackAnEnd(desk)
            case 17: try await cancel(desk)
            case 18: try await reopen(desk)
            case 19, 20, 21, 22: try await takeSomethingBack(desk)
            default: try await reject(desk)
            }
        }
    }

    /// Opens the year that has begun and renews it, once.
    mutating func renew(_ desk: isolated OfficeDesk) async throws {
        let year = desk.office.year
        try await desk.office.openFiscalYear(year, by: .operator("office"))
        try await desk.move(by: 1)
        let plan = try await desk.office.planRenewal(
            to: year, by: desk.decision, by: .operator("office"))
        guard
            case .applied(let count) = try await desk.office.applyRenewal(
                plan.number, by: .operator("office"))
        else {
            Issue.record("a plan of this moment was refused")
            return
        }
        played["renewed", default: 0] += count
        let again = try await desk.office.planRenewal(
            to: year, by: desk.decision, by: .operator("office"))
        let counts = try await desk.office.reading.outcomes(of: again.id)
        #expect(counts[.renewing(.continues)] == nil, "renewed twice")
        try await changeKindOfSomebodyAppointedToday(desk)
    }

    /// Under a decision of today or of one of the days before.
    private mutating func appoint(_ desk: isolated OfficeDesk) async throws {
        let today = desk.office.today
        let day = max(today.adding(days: -chance.below(5)), desk.office.year.firstDay)
        let decision = Decision(decidedOn: day, number: "デ推第2号")
        let plan = try await desk.office.planAppointments(by: decision, by: .operator("office"))
        _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
        played["appointed", default: 0] += plan.count.appoint
        played["waited for another decision", default: 0] += plan.count.wait
    }

    /// Both kinds are decided on one day, whatever comes first.
    private mutating func changeKindOfSomebodyAppointedToday(
        _ desk: isolated OfficeDesk
    ) async throws {
        try await becomePromoter(desk)
        try await desk.approveAll()
        try await appoint(desk)
    }

    private mutating func applyAlone(_ desk: isolated OfficeDesk, _ count: Int) async throws {
        let numbers = alone.upperBound..<alone.upperBound + count
        alone = alone.lowerBound..<numbers.upperBound
        let today = desk.office.today
        _ = try await desk.office.submitInvented(
            numbers.map { draft($0, on: today, isCaller: $0 % 5 == 0) })
        played["applied alone", default: 0] += count
    }

    private mutating func send(
        _ desk: isolated OfficeDesk, _ count: Int, of body: String
    ) async throws {
        let isHospital = body == "demo-hospital"
        let known = isHospital ? hospital : clinic
        let numbers = known.upperBound..<known.upperBound + count
        let all = known.lowerBound..<numbers.upperBound
        if isHospital { hospital = all } else { clinic = all }
        let done = try await desk.enter(numbers, to: body, seenOn: desk.office.today.description)
        #expect(done == count)
        played["sent by a body", default: 0] += count
    }

    /// The hospital sends people whom it has sent, some of whom have moved.
    private mutating func correct(_ desk: isolated OfficeDesk) async throws {
        let first = hospital.lowerBound + chance.below(hospital.count - 10)
        let place: Invented.Place = chance.below(2) == 0 ? .nara : .tokyo
        let changed = try await desk.enter(
            first..<first + 10, at: place, seenOn: desk.office.today.description)
        played["corrected", default: 0] += changed
    }

    /// The clinic names people of the hospital: a second organization, the same person.
    private mutating func joinAnotherOrganization(_ desk: isolated OfficeDesk) async throws {
        let first = hospital.lowerBound + chance.below(hospital.count - 3)
        let joined = try await desk.enter(
            first..<first + 3, to: "demo-clinic", seenOn: desk.office.today.description,
            unit: "外来\(chance.below(3))")
        played["joined another body", default: 0] += joined
        let alone = alone.lowerBound + chance.below(alone.count)
        played["listed by a body after applying alone", default: 0] += try await desk.enter(
            [alone], seenOn: desk.office.today.description, unit: "ボランティア室")
    }

    private mutating func resign(_ desk: isolated OfficeDesk) async throws {
        guard let id = try await oneOf(desk, [.appointed]) else { return }
        let term = try await desk.office.reading.appointment(ofApplication: id)?.term
        guard term?.state(on: desk.office.today) == .active else { return }
        try await desk.office.resign(application: id, by: .applicant)
        played["resigned", default: 0] += 1
    }

    /// The office ends somebody's appointment as of one of the days before.
    private mutating func endByOffice(_ desk: isolated OfficeDesk) async throws {
        guard let id = try await oneOf(desk, [.appointed]),
            let term = try await desk.office.reading.appointment(ofApplication: id)?.term,
            let days = AppointmentEnding.days(of: term, on: desk.office.today)
        else { return }
        let day = max(days.lowerBound, days.upperBound.adding(days: -chance.below(5)))
        let reason = AppointmentEnding.reasons[chance.below(AppointmentEnding.reasons.count)]
        try await desk.office.end(
            appointmentOfApplication: id, AppointmentEnding(reason, on: day, because: "理由"),
            by: .operator("office"))
        played["ended by the office", default: 0] += 1
    }

    /// An appointment was wrong from the start.
    private mutating func cancel(_ desk: isolated OfficeDesk) async throws {
        guard let id = try await oneOf(desk, [.appointed]),
            let held = try await desk.office.reading.appointment(ofApplication: id),
            AppointmentEnding.mayCancel(held.term)
        else { return }
        try await desk.office.cancel(
            appointmentOfApplication: id, seen: held.knownFrom, because: "理由",
            by: .operator("office"))
        played["cancelled", default: 0] += 1
    }

    /// What was approved or refused is looked at once more.
    private mutating func reopen(_ desk: isolated OfficeDesk) async throws {
        guard let id = try await oneOf(desk, [.approved, .rejected]),
            let record = try await desk.office.reading.application(id: id),
            record.route != .renewal
        else { return }
        do {
            try await desk.office.reopen(id, seen: record.state, by: .operator("office"))
            played["reopened", default: 0] += 1
        } catch Refusal.conflict(.appliedMeanwhile) {
            played["a refusal that stays", default: 0] += 1
        }
    }

    /// And finds that it was wrong, unless somebody has applied again since.
    private mutating func takeBackAnEnd(_ desk: isolated OfficeDesk) async throws {
        let ended = try await desk.rows(
            """
            SELECT a.application_id AS id FROM appointments a
            JOIN appointment_terms t ON t.appointment_id = a.id
            WHERE t.known_until = 'infinity' AND t.end_reason IN ('resigned', 'revoked', 'deceased', 'cancelled')
              AND a.fiscal_year = \(desk.office.year.startYear)
              AND a.undone_by IS NULL ORDER BY a.id
            """
        )
        guard !ended.isEmpty else { return }
        let id = try ended[chance.below(ended.count)].int("id")
        let found = try await desk.office.reading.appointment(ofApplication: id)
        let seen = try #require(found).knownFrom
        do {
            try await desk.office.resume(
                appointmentOfApplication: id, seen: seen, by: .operator("office"))
            played["took an end back", default: 0] += 1
        } catch Refusal.conflict(let conflict)
            where [.appliedMeanwhile, .appointedMeanwhile].contains(conflict)
        { played["an end that stays", default: 0] += 1 }
    }

    /// Somebody appointed says whether what they typed may be used for the next year.
    private mutating func answer(_ desk: isolated OfficeDesk) async throws {
        guard let id = try await oneOf(desk, [.appointed]),
            try await desk.office.renewalOutlook(ofApplication: id) != nil
        else { return }
        let answer: ReuseAnswer = chance.below(3) == 0 ? .yes : .no
        try await desk.office.answerReuse(answer, ofApplication: id, by: .applicant)
        played["said \(answer.rawValue)", default: 0] += 1
    }

    private mutating func reject(_ desk: isolated OfficeDesk) async throws {
        guard let id = try await oneOf(desk, [.submitted, .reviewing]) else { return }
        try await desk.office.reject(id, because: "要件を満たしません。", by: .operator("office"))
        played["rejected", default: 0] += 1
    }

    /// A よびかけ員 of before becomes 推進委員.
    private mutating func becomePromoter(_ desk: isolated OfficeDesk) async throws {
        let number = alone.lowerBound / 5 * 5 + 5 * (1 + chance.below(alone.count / 5 - 1))
        _ = try await desk.office.submitInvented(
            [draft(number, on: desk.office.today, isCaller: false)])
        played["became promoter", default: 0] += 1
    }

    /// A 推進委員 of before wants to be よびかけ員 instead.
    private mutating func becomeCaller(_ desk: isolated OfficeDesk) async throws {
        let number = alone.lowerBound + chance.below(alone.count)
        _ = try await desk.office.submitInvented(
            [draft(number, on: desk.office.today, isCaller: true)])
        played["became caller", default: 0] += 1
    }

    /// Somebody who resigned, or was rejected, applies alone once more.
    private mutating func applyAgain(_ desk: isolated OfficeDesk) async throws {
        let ended = try await desk.texts(
            """
            SELECT email AS text FROM applications
            WHERE fiscal_year = \(desk.office.year.startYear)
              AND (appointment_ended OR state = 'rejected') ORDER BY id
            """)
        guard !ended.isEmpty else { return }
        let email = ended[chance.below(ended.count)]
        guard let number = Int(email.filter(\.isWholeNumber)) else { return }
        _ = try await desk.office.submitInvented(
            [draft(number, on: desk.office.today, isCaller: chance.below(6) == 0)])
        played["applied again", default: 0] += 1
    }

    mutating func oneOf(
        _ desk: isolated OfficeDesk, _ states: [ApplicationState]
    ) async throws -> Int? {
        var filter = QueueFilter(year: desk.office.year)
        filter.states = states
        filter.limit = 400
        let found = try await desk.office.reading.queue(filter)
        return found.isEmpty ? nil : found[chance.below(found.count)].id
    }

    private func draft(_ number: Int, on today: Day, isCaller: Bool) -> ApplicationDraft {
        Invented.draft(number) {
            $0["applicant_kind"] = isCaller ? "caller" : "promoter"
            $0["eligibility_category"] = isCaller ? "community_caller" : "agency_approved"
            $0["view_1_on"] = today.description
            $0["view_2_on"] = today.description
        }
    }
}

/// Numbers that look drawn and come again with the same seed (SplitMix64).
struct Chance {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(limit, 1)))
    }
}
