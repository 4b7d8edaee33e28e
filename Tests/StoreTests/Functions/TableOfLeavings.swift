import Enrollment
import Store
import TestSupport

extension StoreTable {
    /// Somebody of an organization leaves it and comes back, and works elsewhere in it.
    func leavings() async throws {
        chapter("Leavings")
        guard let id = applications[7], let hospital = rules.organization(code: "demo-hospital")
        else { throw Unfit() }
        let scope = OrganizationScope(hospital.id)
        try await read("members(among:of:in:)") {
            try await $0.members(among: [id], of: scope, in: self.year)
        }
        try await read("memberCounts(of:in:)") {
            try await $0.memberCounts(of: scope, in: self.year)
                .sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key) \($0.value)" }
        }
        try await write("leave(_:_:_:at:)") {
            try await $0.leave(
                [id], scope.organizationID, Leaving(.retired, on: self.day), at: self.stamp(15))
        }
        try await read("leavingActs(of:in:limit:)") {
            try await $0.leavingActs(of: scope, in: self.year, limit: 5)
        }
        try await read("leavers(saidAt:of:in:)") {
            try await $0.leavers(saidAt: self.at(15), of: scope, in: self.year)
        }
        try await write("stay(_:_:at:)") {
            try await $0.stay([id], scope.organizationID, at: self.stamp(15))
        }
        let record = try await record(7)
        try await write("move(_:in:to:_:at:)") {
            try await $0.move(record, in: scope.organizationID, to: "薬局", nil, at: self.stamp(15))
        }
        try await write("wrote(messageIDs:)") {
            try await $0.wrote(messageIDs: ["receipt-none@enroll.example"])
        }
    }
}
