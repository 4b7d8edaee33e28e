import Enrollment

/// Who applies when: bodies in the letter's proportions, spread over the months since April.
struct SeedPlan {
    /// A file that a body sends.
    struct File {
        let body: String
        let month: Int
        /// Numbers of people, some of whom another body has sent before.
        let people: [Int]
    }

    let files: [File]
    /// Numbers of those who apply alone, by month.
    let individuals: [[Int]]

    /// How many each body has sent first, by its code; nobody is counted twice.
    let shares: [String: Int]

    init(_ bodies: [SeedTables.Body], people: Int, months: Int) {
        let shares = Self.shares(bodies.map(\.people), of: people)
        var next = 1
        var files: [File] = []
        var individuals = Array(repeating: [Int](), count: months)
        // Who is named by a second body: people of the first one, each by one other body only.
        var lent = 0
        for (index, (body, share)) in zip(bodies, shares).enumerated() where share > 0 {
            let numbers = Array(next..<next + share)
            next += share
            guard !body.isNone else {
                for number in numbers { individuals[number % months].append(number) }
                continue
            }
            let count = index > 0 && body.invented != nil ? max(1, share / 20) : 0
            let twice = Array(lent..<lent + count).map { $0 % max(1, shares[0]) + 1 }
            lent += count
            let first = index % min(months, 6)
            files += Self.files(of: body.code, numbers, twice, first: first, months)
        }
        self.files = files
        self.individuals = individuals
        self.shares = Dictionary(uniqueKeysWithValues: zip(bodies.map(\.code), shares))
    }

    /// Every fourth of those who apply alone is a よびかけ員.
    static func isCaller(_ number: Int) -> Bool { number % 4 == 0 }

    /// Most come with a body's first file, the rest two months later, with those whom another body
    /// has sent already; all at once where the year is too young for that.
    private static func files(
        of body: String, _ people: [Int], _ twice: [Int], first: Int, _ months: Int
    ) -> [File] {
        guard first + 2 < months else {
            return [File(body: body, month: first, people: people + twice)]
        }
        let head = people.count - people.count / 31
        return [
            File(body: body, month: first, people: Array(people[..<head])),
            File(body: body, month: first + 2, people: Array(people[head...]) + twice),
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
