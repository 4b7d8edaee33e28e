/// Finds of each row of a file, or of one form, of whom among those who are known it speaks. Pure:
/// the same rows beside the same people come to the same.
public struct IdentityMatching: Sendable {
    private let rows: [IdentityRecord]
    private let held: [HeldRecord]
    private let names: NameFrequencies
    private let answers: IdentityAnswers
    private var comparison: IdentityComparison

    /// `held` must hold everybody who has the name, mail, telephone, home or a number of a row: how
    /// many hold a thing is counted among them.
    public init(
        _ rows: [IdentityRecord], among held: [HeldRecord], answers: IdentityAnswers,
        names: NameFrequencies, under rules: IdentityRules
    ) {
        self.rows = rows
        self.held = held
        self.names = names
        self.answers = answers
        comparison = IdentityComparison(rows: rows, held: held, under: rules)
    }

    /// One answer a row.
    public func matches() -> [IdentityMatch] {
        let blocks = IdentityBlocks(held)
        var matching = self
        matching.comparison.isRenumbered = isRenumbered(blocks)
        let found = rows.indices.map { matching.candidates($0, blocks) }
        var claims = IdentityClaims(found, answers.same)
        return rows.indices.map { place in
            if let person = answers.same[place] {
                let reason = IdentityReason(names: .same)
                return .same(IdentityCandidate(personID: person, reason: reason))
            }
            return matching.match(place, found[place], &claims)
        }
    }

    private func match(
        _ place: Int, _ found: IdentityFound, _ claims: inout IdentityClaims
    ) -> IdentityMatch {
        if let sure = claims.sure(place, found.same) { return .same(sure) }
        // What makes a row somebody who has more to be another row is a question still.
        let asked = found.asked.filter {
            claims.isFree($0.personID, for: place) && isWorthAsking(place, $0.reason)
        }
        let all = found.same + asked
        return all.isEmpty ? .nobody : .ask(all)
    }

    /// A name that many bear says nothing by itself.
    private func isWorthAsking(_ place: Int, _ reason: IdentityReason) -> Bool {
        guard reason.isOfNameAlone else { return true }
        return names.expectedNamesakes(of: rows[place].name) < comparison.rules.namesakes
    }

    private func candidates(_ place: Int, _ blocks: IdentityBlocks) -> IdentityFound {
        var found = IdentityFound()
        let others = answers.different[place] ?? []
        for other in blocks.places(rows[place], comparison).sorted() {
            let person = held[other].personID
            if others.contains(person) { continue }
            found.take(person, comparison.verdict(rows[place], held[other].says))
        }
        return found
    }

    /// Whether the file's own sure rows say of too many people that their number is another now.
    private func isRenumbered(_ blocks: IdentityBlocks) -> Bool {
        guard rows.contains(where: { !$0.employeeNumber.isEmpty }) else { return false }
        var without = self
        without.comparison.isRenumbered = true
        var (all, others) = (0, 0)
        for place in rows.indices where !rows[place].employeeNumber.isEmpty {
            let same = without.candidates(place, blocks).same
            guard same.count == 1 else { continue }
            let numbers = numbers(of: same[0].personID, like: rows[place], blocks)
            if numbers.isEmpty { continue }
            all += 1
            if !numbers.contains(rows[place].employeeNumber) { others += 1 }
        }
        return others * 100 > all * comparison.rules.renumberedPercent
    }

    /// What numbers a person had by those records that are like a row.
    private func numbers(
        of person: Int, like row: IdentityRecord, _ blocks: IdentityBlocks
    ) -> [String] {
        blocks.places(row, comparison).filter { held[$0].personID == person }
            .map { held[$0].says.employeeNumber }.filter { !$0.isEmpty }
    }
}

/// Who a row may speak of, each person once with the best that is known.
struct IdentityFound {
    private(set) var same: [IdentityCandidate] = []
    private(set) var asked: [IdentityCandidate] = []

    mutating func take(_ person: Int, _ verdict: IdentityVerdict) {
        switch verdict {
        case .same(let reason):
            asked.removeAll { $0.personID == person }
            Self.keep(IdentityCandidate(personID: person, reason: reason), in: &same)
        case .ask(let reason):
            if same.contains(where: { $0.personID == person }) { return }
            Self.keep(IdentityCandidate(personID: person, reason: reason), in: &asked)
        case .different: break
        }
    }

    private static func keep(_ new: IdentityCandidate, in all: inout [IdentityCandidate]) {
        guard let place = all.firstIndex(where: { $0.personID == new.personID }) else {
            return all.append(new)
        }
        if new.reason.outweighs(all[place].reason) { all[place] = new }
    }
}
