/// Which known person is surely which row: whoever is, is nobody else's candidate.
struct IdentityClaims {
    private struct Claim {
        let place: Int
        let reason: IdentityReason
        /// Another row has as good a claim: then neither has it.
        var isContested = false
    }

    /// By person.
    private var claims: [Int: Claim] = [:]

    /// `answered` are rows of which people have said who they are. They take nobody from another
    /// row: the answer may be that both name one person.
    init(_ found: [IdentityFound], _ answered: [Int: Int]) {
        for place in found.indices where answered[place] == nil {
            if let best = Self.best(found[place].same) { claim(best, place) }
        }
    }

    /// The one candidate whom a row surely is. A row whose best candidate is surely another row may
    /// be the next best, if there is but one.
    mutating func sure(_ place: Int, _ same: [IdentityCandidate]) -> IdentityCandidate? {
        guard let best = Self.best(same.filter { isFree($0.personID, for: place) }) else {
            return nil
        }
        if claims[best.personID]?.isContested == true { return nil }
        claims[best.personID] = Claim(place: place, reason: best.reason)
        return best
    }

    func isFree(_ person: Int, for place: Int) -> Bool {
        guard let claim = claims[person] else { return true }
        return claim.isContested || claim.place == place
    }

    private mutating func claim(_ candidate: IdentityCandidate, _ place: Int) {
        guard let claim = claims[candidate.personID] else {
            claims[candidate.personID] = Claim(place: place, reason: candidate.reason)
            return
        }
        let held = claim.reason
        if held.outweighs(candidate.reason) { return }
        let wins = candidate.reason.outweighs(held)
        claims[candidate.personID] = Claim(
            place: wins ? place : claim.place, reason: wins ? candidate.reason : held,
            isContested: !wins)
    }

    /// The one that says more than each of the others.
    private static func best(_ same: [IdentityCandidate]) -> IdentityCandidate? {
        same.first { one in
            same.allSatisfy { $0 == one || one.reason.outweighs($0.reason) }
        }
    }
}
