/// Held records by what could make them one with a row, so that nobody is compared with everybody.
struct IdentityBlocks {
    /// Records with the same key, each leading to the one before.
    private struct Chains {
        private var heads: [String: Int32] = [:]
        private var next: [Int32] = []

        init(_ held: [HeldRecord], by key: (IdentityRecord) -> String) {
            next = Array(repeating: -1, count: held.count)
            for index in held.indices {
                let key = key(held[index].says)
                if key.isEmpty { continue }
                next[index] = heads[key] ?? -1
                heads[key] = Int32(index)
            }
        }

        func each(_ key: String, _ body: (Int) -> Void) {
            var place = key.isEmpty ? -1 : heads[key] ?? -1
            while place >= 0 {
                body(Int(place))
                place = next[Int(place)]
            }
        }
    }

    private let byName: Chains
    private let byMail: Chains
    private let byPhone: Chains
    private let byHome: Chains
    private let byEmployeeNumber: Chains
    private let byMemberNumber: Chains

    init(_ held: [HeldRecord]) {
        byName = Chains(held) { $0.name.whole }
        byMail = Chains(held) { $0.mail }
        byPhone = Chains(held) { $0.phone }
        byHome = Chains(held) { $0.home }
        byEmployeeNumber = Chains(held) { $0.employeeNumber }
        byMemberNumber = Chains(held) { $0.memberNumber }
    }

    /// The places of those who have anything in common with a record but what is shared by many.
    func places(_ record: IdentityRecord, _ comparison: IdentityComparison) -> Set<Int> {
        var places: Set<Int> = []
        func take(_ place: Int) { places.insert(place) }
        byName.each(record.name.whole, take)
        byName.each(record.name.swapped, take)
        if !comparison.sharedMails.contains(record.mail) { byMail.each(record.mail, take) }
        if !comparison.sharedPhones.contains(record.phone) { byPhone.each(record.phone, take) }
        if !comparison.sharedHomes.contains(record.home) { byHome.each(record.home, take) }
        byEmployeeNumber.each(record.employeeNumber, take)
        byMemberNumber.each(record.memberNumber, take)
        return places
    }
}
