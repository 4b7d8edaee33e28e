public import Enrollment
internal import Secrets
public import Store
internal import Words

extension Office {
    /// 審査. Approves applications that wait; gives how many there were among those asked for. What
    /// somebody else has moved meanwhile is left as it is.
    public func approve(_ ids: [Int], by actor: String) async throws -> Int {
        let moment = moment(actor)
        return try await write { writing in
            let moved = try await writing.move(
                ids, from: [.submitted, .reviewing], to: .approved, reason: "", at: moment)
            try await writing.record(
                moved.map { Event("approve", on: "application:\($0)") }, at: moment)
            return moved.count
        }
    }

    /// 任命の下見. Plans to appoint everybody approved, under the ministry's decision; writes nothing
    /// but the plan. Gives its number and how many it would appoint.
    public func planAppointments(
        by decision: Decision, by actor: String
    ) async throws -> (number: String, count: Int) {
        _ = try await currentRules()
        guard !decision.number.isEmpty, year.contains(decision.decidedOn),
            decision.decidedOn <= today
        else { throw Refusal.conflict("a decision has a number and a day of this fiscal year") }
        let letters = Base64URL.encode(random.bytes(9)).filter { $0.isLetter || $0.isNumber }
        let number = "A-\(letters.prefix(10))"
        let count = try await write { writing in
            let count = try await writing.planAppointments(
                number, in: year, by: decision, at: moment(actor))
            try await writing.record(
                [Event("plan_appointments", on: "plan:\(number)")], at: moment(actor))
            return count
        }
        return (number, count)
    }

    /// 任命. Does exactly the plan, once, on its own day: numbers, terms of one fiscal year from the
    /// day of the decision, letters. Gives how many were appointed.
    public func applyAppointments(_ number: String, by actor: String) async throws -> Int {
        let moment = moment(actor)
        return try await write { writing in
            guard let plan = try await writing.claimPlan(number, act: "appoint") else {
                throw Refusal.conflict("the plan is applied already, or is none")
            }
            guard plan.plannedOn == moment.day else {
                throw Refusal.conflict("the plan is of another day: plan again")
            }
            let people = try await writing.plannedAppointments(of: plan.id)
            for start in stride(from: 0, to: people.count, by: 500) {
                let chunk = Array(people[start..<min(start + 500, people.count)])
                try await appoint(chunk, under: plan, in: writing, at: moment)
            }
            try await writing.closePlan(plan.id, at: moment.now)
            try await writing.record(
                [Event("apply_appointments", on: "plan:\(number)")], at: moment)
            return people.count
        }
    }

    private func appoint(
        _ people: [PlannedAppointment], under plan: PlanRecord, in writing: Writing,
        at moment: Moment
    ) async throws {
        let first = plan.decision.decidedOn
        var numbered: [(PlannedAppointment, number: String)] = []
        for kind in Kind.allCases {
            let ours = people.filter { $0.kind == kind }
            guard !ours.isEmpty else { continue }
            let counter = "appointment-\(plan.year.startYear)-\(kind.letter)"
            let start = try await writing.takeNumbers(ours.count, of: counter)
            for (offset, person) in ours.enumerated() {
                let number = AppointmentNumber(plan.year, kind, sequence: start + offset)
                numbered.append((person, number.description))
            }
        }
        try await writing.appoint(numbered, under: plan, from: first, at: moment)
        let badges = badges(for: numbered, in: plan.year)
        try await writing.issue(badges, at: moment.now)
        let tokens = Dictionary(
            uniqueKeysWithValues: badges.map { ($0.appointmentNumber, $0.token) })
        _ = try await writing.move(
            people.map(\.applicationID), from: [.approved], to: .appointed,
            reason: plan.decision.number, at: moment)
        let letters = numbered.filter { !$0.0.email.isEmpty }.map { person, number in
            letter(
                "appointment",
                settings.letters.appointment(
                    number, name: person.name, kind: person.kind, from: first,
                    until: plan.year.lastDay, badge: tokens[number]),
                to: person.email, about: number, personID: person.personID)
        }
        try await writing.post(letters, at: moment.now)
        try await writing.record(
            numbered.map { Event("appoint", on: "appointment:\($0.number)") }, at: moment)
    }
}
