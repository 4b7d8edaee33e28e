import Enrollment
import Postgres
import Store
import TestSupport

extension StoreTable {
    func review() async throws {
        chapter("Review")
        let waiting = try await read("waitingOrganizations(in:_:)") {
            try await $0.waitingOrganizations(in: self.year)
        }
        try await read("waiting(of:in:upTo:)") {
            try await $0.waiting(of: nil, in: self.year, upTo: waiting[0].lastID)
        }
        try await read("waiting(among:limit:)") {
            try await $0.waiting(among: Array(self.applications.values), limit: 2)
        }
        try await read("queue(_:)") { try await $0.queue(QueueFilter(year: self.year)) }
        try await read("queueCounts(in:)") { try await $0.queueCounts(in: self.year) }
        try await read("doubted(among:)") {
            try await $0.doubted(among: Array(self.applications.values))
        }
        try await read("leavings(among:)") {
            try await $0.leavings(among: Array(self.applications.values)).count
        }
        try await read("spot(of:in:)") {
            var filter = QueueFilter(year: self.year)
            filter.order = .doubted
            return try await $0.spot(of: self.applications[2] ?? 0, in: filter)
        }
        let ids = (1...5).compactMap { applications[$0] }
        try await write("move(_:_:at:)") {
            try await $0.move(
                ids, StateChange(from: [.submitted], to: .approved), at: self.stamp(20))
        }
        try await read("approvals(in:limit:)") {
            try await $0.approvals(in: self.year, limit: 5)
        }
        let approved = try await read("approved(at:in:)") {
            try await $0.approved(at: self.stamp(20).now, in: self.year)
        }
        try await read("applications(among:limit:)") {
            try await $0.applications(among: approved, limit: 1)
        }
        try await read("states(of:)") { try await $0.states(of: ids[0]) }
        try await read("stateCounts(in:)") { try await $0.stateCounts(in: self.year) }
        try await read("undecided(before:limit:)") {
            try await $0.undecided(before: self.year.next, limit: 5)
        }
    }

    /// The plan before named 4, this one does not; 1, 2, 3 and 5 are appointed, of 2 both said the
    /// same.
    func appointments() async throws {
        chapter("Appointments")
        let candidates = try await read("appointmentCandidates(in:)") {
            try await $0.appointmentCandidates(in: self.year)
        }
        let lines = candidates.map { PlanLine($0, in: self.year, nil) }
        tell("PlanLine.compared(with:)", lines[0].compared(with: nil))
        tell("PlanOutcome.all(of:)", PlanOutcome.all(of: .appoint))
        let old = try await plan("A-1", lines: [lines[1], lines[3]])
        let new = lines.enumerated().map { index, line in
            index == 3 ? line.nowGone : line.compared(with: index == 1 ? line : nil)
        }
        let plan = try await plan("A-2", lines: new, replacing: old.id)
        try await write("keep(_:of:)") {
            try await $0.keep(
                DecisionScope(
                    kind: .promoter, applicants: [.alone],
                    leavingOut: [candidates[0].applicationID]), of: plan.id)
        }
        try await read("decisionScope(of:)") { try await $0.decisionScope(of: plan.id) }
        try await readPlan(plan)
        try await number(plan)
        try await badges()
    }

    func plan(
        _ number: String, _ act: PlanAct = .appoint, lines: [PlanLine], in year: FiscalYear? = nil,
        replacing old: Int? = nil
    ) async throws -> PlanRecord {
        let id = try await write("add(_:at:)") {
            try await $0.add(
                NewPlan(act, number, in: year ?? self.year, digest: "digest", replacing: old),
                at: self.stamp(30))
        }
        try await write("addLines(_:to:)") { try await $0.addLines(lines, to: id) }
        if let old { try await write("replacePlan(_:)") { try await $0.replacePlan(old) } }
        try await write("decide(_:by:)") { try await $0.decide(id, by: self.decision) }
        try await write("attest(_:)") { try await $0.attest(id) }
        try await write("lockPlan(_:)") { try await $0.lockPlan(number) }
        let claimed = try await write("claimPlan(_:act:)") {
            try await $0.claimPlan(number, act: act)
        }
        guard let claimed else { throw Unfit() }
        return claimed
    }

    var decision: Decision { Decision(decidedOn: day, number: "デ推第1号") }

    private func readPlan(_ plan: PlanRecord) async throws {
        try await read("plan(number:)") { try await $0.plan(number: plan.number) }
        try await read("plan(replacing:)") { try await $0.plan(replacing: plan.replaces ?? 0) }
        try await read("plans(_:limit:)") { try await $0.plans(.appoint) }
        try await read("outcomes(of:)") { try await $0.outcomes(of: plan.id) }
        try await read("planLines(of:outcome:after:limit:)") {
            try await $0.planLines(of: plan.id, outcome: .appointing(.appoint))
        }
        try await read("differingLines(of:after:limit:)") {
            try await $0.differingLines(of: plan.id)
        }
        try await read("differences(of:)") { try await $0.differences(of: plan.id) }
        try await read("lines(of:)") { try await $0.lines(of: plan.id) }
    }

    private func number(_ plan: PlanRecord) async throws {
        let planned = try await write("plannedAppointments(of:)") {
            try await $0.plannedAppointments(of: plan.id)
        }
        let first = try await write("takeNumbers(_:of:)") {
            try await $0.takeNumbers(planned.count, of: "table")
        }
        let people = try await write("peopleWithoutNumber(_:)") {
            try await $0.peopleWithoutNumber(planned.map(\.personID))
        }
        try await write("number(_:as:)") {
            try await $0.number(
                people, as: people.indices.map { MemberNumber(sequence: $0 + 1).description })
        }
        let numbered = planned.enumerated().map { index, one in
            (one, number: self.number(one.kind, first + index))
        }
        try await write("appoint(_:under:by:from:at:)") {
            try await $0.appoint(
                numbered, under: plan, by: self.decision, from: self.day, at: self.stamp(31))
        }
        try await write("closePlan(_:at:)") { try await $0.closePlan(plan.id, at: self.at(31)) }
        let appointed = try await read("appointed(by:)") { try await $0.appointed(by: plan.id) }
        try await read("appointment(ofApplication:)") {
            try await $0.appointment(ofApplication: appointed.min() ?? 0)
        }
    }

    func number(_ kind: Kind, _ sequence: Int) -> String {
        AppointmentNumber(year, kind, sequence: sequence).description
    }

    private func badges() async throws {
        let (first, second) = (applications[1] ?? 0, applications[2] ?? 0)
        let numbers = try await database.rows(
            """
            SELECT number FROM appointments WHERE application_id IN (\(first), \(second))
            ORDER BY application_id
            """
        ).map { try $0.string("number") }
        let tokens = ["a", "b"].map { String(repeating: $0, count: 43) }
        try await write("issue(_:at:)") {
            try await $0.issue(
                zip(tokens, numbers).map {
                    NewBadge(
                        token: $0, appointmentNumber: $1, slug: "promoter-2026", salt: "salt",
                        identity: "identity")
                }, at: self.at(32))
        }
        try await write("revokeBadge(of:reason:at:)") {
            try await $0.revokeBadge(of: numbers[1], reason: .resigned, at: self.at(33))
        }
        try await read("badge(token:)") { try await $0.badge(token: tokens[1]) }
        try await read("publicName(ofBadge:)") { try await $0.publicName(ofBadge: tokens[0]) }
        try await read("term(ofBadge:)") { try await $0.term(ofBadge: tokens[0]) }
        try await read("badgeToken(ofApplication:)") {
            try await $0.badgeToken(ofApplication: first)
        }
        try await read("application(ofBadge:)") {
            try await $0.application(ofBadge: tokens[0])
        }
    }

    /// 2 resigns, 3 becomes a promoter, 1 says no and yes again; the others go on.
    func nextYear() async throws {
        chapter("The next year")
        let next = year.next
        try await ends()
        try await write("openYear(_:at:)") { try await $0.openYear(next, at: self.at(42)) }
        try await read("awaitsRenewal(_:)") { try await $0.awaitsRenewal(next) }
        let all = try await read("renewalCandidates(for:)") {
            try await $0.renewalCandidates(for: next)
        }
        try await read("renewalCandidates(for:ofPeople:)") {
            try await $0.renewalCandidates(for: next, ofPeople: [all[0].personID])
        }
        try await read("renewalCandidate(for:of:)") {
            try await $0.renewalCandidate(for: next, of: all[0].applicationID)
        }
        try await read("lastingApplications(of:in:)") {
            try await $0.lastingApplications(of: all.map(\.personID), in: self.year)
        }
        let lines = all.enumerated().map { index, one in
            PlanLine(one, index == 0 ? .continues : .lacksVideo, missing: index == 0 ? [] : [1])
        }
        let plan = try await plan("N-1", .renew, lines: lines, in: next)
        try await renew(all[0], under: plan)
        try await read("isRenewed(_:)") { try await $0.isRenewed(next) }
        try await read("renewalOutcome(of:_:to:)") {
            try await $0.renewalOutcome(of: all[1].personID, .promoter, to: next)
        }
    }

    private func ends() async throws {
        let hospital = OrganizationScope(try await hospital)
        let (person, third) = (people[2] ?? 0, people[3] ?? 0)
        let first = applications[1] ?? 0
        try await write("endTerm(ofApplication:on:reason:at:)") {
            try await $0.endTerm(
                ofApplication: self.applications[2] ?? 0, on: self.day.adding(days: 5),
                reason: .resigned, at: self.stamp(40))
        }
        try await read("endedRows(ofPeople:to:in:)") {
            try await $0.endedRows(ofPeople: [person], to: hospital, in: self.year)
        }
        try await write("supersedeCallers(_:on:at:)") {
            try await $0.supersedeCallers(
                [third], on: self.day.adding(days: 6), at: self.stamp(41))
        }
        for answer in [ReuseAnswer.no, .yes] {
            try await write("setReuse(_:of:)") { try await $0.setReuse(answer, of: first) }
        }
    }

    private func renew(_ candidate: RenewalCandidate, under plan: PlanRecord) async throws {
        let next = year.next
        try await write("continuing(in:)") { try await $0.continuing(in: plan.id) }
        try await write("notRenewed(in:)") { try await $0.notRenewed(in: plan.id) }
        let receipt = receipt(8, next).description
        let renewed = try await write("submitRenewals(_:in:at:)") {
            try await $0.submitRenewals(
                [(candidate.applicationID, receipt)], in: next, at: self.stamp(44))
        }
        try await write("carryOver(_:under:by:at:)") {
            try await $0.carryOver(
                renewed.map { ($0.old, $0.new.applicationID) }, under: plan, by: self.decision,
                at: self.stamp(44))
        }
        let record = try await record(1)
        try await read("otherApplications(than:)") {
            try await $0.otherApplications(than: record)
        }
        try await write("closePlan(_:at:)") { try await $0.closePlan(plan.id, at: self.at(44)) }
    }
}
