import Enrollment

/// What of a population is one person's, so that a row that has it can be led to them.
struct InventedTraces {
    private var holders: [String: Set<Int>] = [:]

    init(of population: InventedPopulation) {
        for one in population.held { note(one.says, of: one.personID) }
        for row in population.lists.joined() { note(row.says, of: row.person) }
    }

    func lead(from row: IdentityRecord, to record: IdentityRecord) -> Bool {
        let found = Set(Self.traces(row)).intersection(Self.traces(record))
        return found.contains { (holders[$0] ?? []).count < ($0.hasPrefix("home") ? 6 : 2) }
    }

    private mutating func note(_ record: IdentityRecord, of person: Int) {
        for trace in Self.traces(record) { holders[trace, default: []].insert(person) }
    }

    private static func traces(_ record: IdentityRecord) -> [String] {
        [
            ("mail", record.mail), ("phone", record.phone), ("home", record.home),
            ("number", record.employeeNumber),
        ].filter { !$0.1.isEmpty }.map { $0.0 + $0.1 }
    }
}
