import Enrollment
import Postgres
import Store
import TestSupport

extension StoreTable {
    /// Two persons become one and two again.
    func mergedPeople() async throws {
        chapter("People who are one")
        guard let (one, other) = people[1].flatMap({ one in people[2].map { (one, $0) } }),
            let first = applications[1], let second = applications[2]
        else { throw Unfit() }
        let number = try await database.rows(
            "SELECT member_number AS number FROM people WHERE id = \(other)"
        ).first?.optionalString("number")
        try await read("mergingParts(ofPerson:isSurvivors:)") {
            try await $0.mergingParts(ofPerson: other, isSurvivors: false)
        }
        try await write("hold(people:)") { try await $0.hold(people: [one, other]) }
        let before = MergedApplication(
            applicationID: second, personID: other, state: .appointed, ledInto: first)
        let id = try await write("addMerge(of:into:_:at:)") {
            try await $0.addMerge(of: other, into: one, [before], at: self.stamp(200))
        }
        try await write("restate(_:at:)") {
            try await $0.restate(
                [
                    TermOwner(
                        applicationID: second, personID: one, endsOn: self.day,
                        reason: .resigned)
                ], at: self.at(200))
        }
        try await write("give(_:to:)") { try await $0.give([second], to: one) }
        try await write("lead(_:into:endsApplication:at:)") {
            try await $0.lead(
                second, into: first, endsApplication: false, at: self.stamp(200))
        }
        try await write("moveWaitingLetters(of:to:)") {
            try await $0.moveWaitingLetters(of: other, to: one)
        }
        try await read("personID(memberNumber:)") {
            try await $0.personID(memberNumber: number ?? "")
        }
        try await separated(id, second, from: first)
    }

    private func separated(_ id: Int, _ second: Int, from first: Int) async throws {
        let found = try await read("personMerge(_:)") { try await $0.personMerge(id) }
        guard let merge = found else { throw Unfit() }
        try await read("personMerges(ofPerson:)") {
            try await $0.personMerges(ofPerson: merge.survivorID)
        }
        try await read("personMerges(limit:)") { try await $0.personMerges(limit: 5) }
        try await read("applications(since:)") { try await $0.applications(since: merge) }
        try await read("mergedApplications(by:)") { try await $0.mergedApplications(by: id) }
        try await write("termsBefore(_:of:)") {
            try await $0.termsBefore(merge.mergedAt, of: [second])
        }
        try await write("undoRevocations(at:of:now:)") {
            try await $0.undoRevocations(at: merge.mergedAt, of: [second], now: self.at(210))
        }
        try await write("unlead(_:from:ledAt:at:)") {
            try await $0.unlead(second, from: first, ledAt: merge.mergedAt, at: self.stamp(210))
        }
        try await write("undoMerge(_:at:)") {
            try await $0.undoMerge(merge, at: self.stamp(210))
        }
    }
}
