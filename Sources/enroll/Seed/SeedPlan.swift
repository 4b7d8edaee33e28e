import Enrollment

/// Who applies when: organizations in the letter's proportions, spread over the months since April.
struct SeedPlan {
    /// A file that an organization sends.
    struct File {
        let organization: String
        let month: Int
        /// Numbers of people, some of whom another organization has sent before.
        let people: [Int]
    }

    let files: [File]
    /// Numbers of those who apply alone, by month.
    let individuals: [[Int]]

    /// How many each organization has sent first, by its code; nobody is counted twice.
    let shares: [String: Int]

    init(_ organizations: [SeedTables.Organization], people: Int, months: Int) {
        let shares = Self.shares(organizations.map(\.people), of: people)
        var next = 1
        var files: [File] = []
        var individuals = Array(repeating: [Int](), count: months)
        // Who is named by a second organization: people of the first one, each by one other
        // organization only.
        var lent = 0
        for (index, (organization, share)) in zip(organizations, shares).enumerated()
        where share > 0 {
            let numbers = Array(next..<next + share)
            next += share
            guard !organization.isNone else {
                for number in numbers { individuals[number % months].append(number) }
                continue
            }
            let count = index > 0 && organization.invented != nil ? max(1, share / 20) : 0
            let twice = Array(lent..<lent + count).map { $0 % max(1, shares[0]) + 1 }
            lent += count
            let first = index % min(months, 6)
            files += Self.files(of: organization.code, numbers, twice, first: first, months)
        }
        self.files = files
        self.individuals = individuals
        self.shares = Dictionary(uniqueKeysWithValues: zip(organizations.map(\.code), shares))
    }

    /// Every fourth of those who apply alone is a よびかけ員.
    static func isCaller(_ number: Int) -> Bool { number % 4 == 0 }

    /// Most come with an organization's first file, the rest two months later, with those whom
    /// another organization has sent already; all at once where the year is too young for that.
    private static func files(
        of organization: String, _ people: [Int], _ twice: [Int], first: Int, _ months: Int
    ) -> [File] {
        guard first + 2 < months else {
            return [File(organization: organization, month: first, people: people + twice)]
        }
        let head = people.count - people.count / 31
        return [
            File(organization: organization, month: first, people: Array(people[..<head])),
            File(
                organization: organization, month: first + 2, people: Array(people[head...]) + twice
            ),
        ].filter { !$0.people.isEmpty }
    }

    /// `total` in the proportions of `weights`, nobody lost to rounding.
    private static func shares(_ weights: [Int], of total: Int) -> [Int] {
        let sum = weights.reduce(0, +)
        var taken = 0
        var seen = 0
        return weights.map { weight in
            seen += weight
            let share = total * seen / sum - taken
            taken += share
            return share
        }
    }
}
