extension IdentityComparison {
    /// Counts who holds what, among the rows of a file and among those who are known: each for
    /// itself, because whoever is in both is one holder.
    init(rows: [IdentityRecord], held: [HeldRecord], under rules: IdentityRules) {
        self.init(under: rules)
        sharedMails = Self.shared(rows, held, from: rules.mailHolders) { $0.mail }
        sharedPhones = Self.shared(rows, held, from: rules.phoneHolders) { $0.phone }
        sharedHomes = Self.shared(rows, held, from: rules.homeHolders) { $0.home }
        ownDomains = Self.ownDomains(rows, under: rules)
    }

    private static func shared(
        _ rows: [IdentityRecord], _ held: [HeldRecord], from limit: Int,
        _ key: @escaping (IdentityRecord) -> String
    ) -> Set<String> {
        shared(rows.lazy.map { (key($0), $0.name.whole) }, from: limit)
            .union(shared(held.lazy.map { (key($0.says), $0.personID) }, from: limit))
    }

    private static func shared<Holder: Hashable>(
        _ pairs: some Sequence<(String, Holder)>, from limit: Int
    ) -> Set<String> {
        var holders: [String: Set<Holder>] = [:]
        for (key, holder) in pairs where !key.isEmpty {
            holders[key, default: []].insert(holder)
        }
        return Set(holders.lazy.filter { $0.value.count >= limit }.map(\.key))
    }

    /// Of the organization whose file it is.
    private static func ownDomains(
        _ rows: [IdentityRecord], under rules: IdentityRules
    ) -> Set<String> {
        var counts: [String: Int] = [:]
        for row in rows where !row.mail.isEmpty { counts[row.mailDomain, default: 0] += 1 }
        let all = counts.values.reduce(0, +)
        return Set(
            counts.lazy.filter { domain, count in
                count >= rules.ownDomainAddresses && count * 100 >= all * rules.ownDomainPercent
                    && !rules.privateDomains.contains(domain)
            }.map(\.key))
    }
}
