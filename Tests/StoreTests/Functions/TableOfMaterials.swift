import Enrollment
import Store
import TestSupport

extension StoreTable {
    /// An organization asks for 資材, puts it right, and the office sends it.
    func materials() async throws {
        chapter("Materials")
        guard let hospital = rules.organization(code: "demo-hospital") else { throw Unfit() }
        let scope = OrganizationScope(hospital.id)
        let address = ShippingAddress(
            Address(
                postalCode: "1020094", prefectureCode: "13", municipalityCode: "131016", ward: "",
                street: "紀尾井町1-3"), building: "", addressee: "総務課", phone: "")
        let order = MaterialOrder(MaterialCounts(stickers: 1, nametags: 3), to: address)
        let new = NewMaterialRequest(order, of: hospital.id, at: nil, in: year, onceKey: "once")
        let number = try await write("ask(_:at:)") { try await $0.ask(new, at: self.stamp(30)) }
        guard let number else { throw Unfit() }
        try await write("ask(_:at:)") { try await $0.ask(new, at: self.stamp(30)) }
        try await read("material(onceKey:of:)") {
            try await $0.material(onceKey: "once", of: hospital.id)
        }
        let held = try await write("hold(materials:)") { try await $0.hold(materials: [number]) }
        let other = MaterialOrder(MaterialCounts(materials: 2), to: address)
        try await write("correct(_:to:at:)") {
            try await $0.correct(held[0], to: other, at: self.stamp(31))
        }
        try await read("materialNeeds(of:in:)") {
            try await $0.materialNeeds(of: scope, in: self.year)
        }
        try await read("materialSums(_:named:)") {
            try await $0.materialSums(.waiting, named: self.year)
        }
        let now = try await read("materials(numbered:)") {
            try await $0.materials(numbered: [number])
        }
        try await write("move(materials:to:sentOn:returnedOn:at:)") {
            try await $0.move(materials: now, to: .sent, sentOn: self.day, at: self.stamp(32))
        }
        try await read("materials(_:)") {
            var filter = MaterialFilter(year: self.year)
            filter.state = .sent
            return try await $0.materials(filter)
        }
        try await read("shippingActs(limit:)") {
            try await $0.shippingActs(limit: 5)
        }
        try await read("materials(sentBy:)") { try await $0.materials(sentBy: self.at(32)) }
        try await read("isTakenBack(shippingAt:)") {
            try await $0.isTakenBack(shippingAt: self.at(32))
        }
    }
}
