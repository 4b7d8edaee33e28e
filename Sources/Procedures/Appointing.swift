internal import Enrollment
internal import Store
internal import Words

/// A plan with the ministry's decision, under which terms begin on a day.
struct DecidedPlan {
    let plan: PlanRecord
    let decision: Decision
    let first: Day
}

extension Office {
    /// Appoints people, whatever plan says so: number, term, badge, letter and event of each, in
    /// the caller's transaction. One table after the other, because a table and its indexes are
    /// then still in memory when the next rows come.
    func appoint(
        _ people: [PlannedAppointment], under decided: DecidedPlan, in writing: WriteTransaction,
        at moment: WriteStamp, _ progress: Progress
    ) async throws {
        let (plan, first) = (decided.plan, decided.first)
        let numbered = try await numbered(people, in: plan.year, writing)
        try await numberMembers(people.map(\.personID), writing)
        if first > plan.year.firstDay {  // before it every term has ended by itself
            let promoters = people.filter { $0.kind == .promoter }.map(\.personID)
            let ended = try await writing.supersedeCallers(promoters, on: first, at: moment)
            record(ended.map { Event(.supersede, $0) }, in: writing, at: moment)
        }
        do {
            try await writing.appoint(
                numbered, under: plan, by: decided.decision, from: first, at: moment)
        } catch StoreConflict.appointedMeanwhile {
            throw Refusal.conflict(.appointedMeanwhile)
        }
        let badges = badges(for: numbered, in: plan.year)
        try await writing.issue(badges, at: moment.now)
        let tokens = Dictionary(
            uniqueKeysWithValues: badges.map { ($0.appointmentNumber, $0.token) })
        let half = people.count / 2
        for (index, part) in numbered.slices(of: 2_000).enumerated() {
            await progress.tell(half + min(half, index * 1_000), people.count)
            let letters = part.filter { !$0.0.email.isEmpty }.map { person, number in
                appointmentLetter(
                    to: person, number, from: first, in: plan.year, badge: tokens[number])
            }
            writing.post(letters, at: moment.now)
        }
        await progress.tell(people.count, people.count)
        let term = Term(from: first, endsOn: plan.year.next.firstDay)
        record(
            numbered.map { Event(appointed: $0.number, of: $0.0.applicationID, term) },
            in: writing, at: moment)
    }

    private func appointmentLetter(
        to person: PlannedAppointment, _ number: String, from first: Day, in year: FiscalYear,
        badge token: String?
    ) -> OutgoingLetter {
        letter(
            .appointment,
            settings.letters.appointment(
                AppointmentNotice(
                    number, receipt: person.receipt, name: person.name, kind: person.kind,
                    from: first, until: year.lastDay, badge: token)),
            to: person.email, about: number, personID: person.personID)
    }

    /// 委員番号 for those who have none yet; it stays theirs for ever.
    private func numberMembers(_ people: [Int], _ writing: WriteTransaction) async throws {
        let strangers = try await writing.peopleWithoutNumber(people)
        guard !strangers.isEmpty else { return }
        let start = try await writing.takeNumbers(strangers.count, of: "member")
        let numbers = strangers.indices.map { MemberNumber(sequence: start + $0).description }
        try await writing.number(strangers, as: numbers)
    }

    /// 任命番号 for each, from the gapless counter of its year and kind.
    private func numbered(
        _ people: [PlannedAppointment], in year: FiscalYear, _ writing: WriteTransaction
    ) async throws -> [(PlannedAppointment, number: String)] {
        var numbered: [(PlannedAppointment, number: String)] = []
        for kind in Kind.allCases {
            let ours = people.filter { $0.kind == kind }
            guard !ours.isEmpty else { continue }
            let counter = "appointment-\(year.startYear)-\(kind.letter)"
            let start = try await writing.takeNumbers(ours.count, of: counter)
            for (offset, person) in ours.enumerated() {
                let number = AppointmentNumber(year, kind, sequence: start + offset)
                numbered.append((person, number.description))
            }
        }
        return numbered
    }
}
