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

    init(_ bodies: [SeedTables.Body], people: Int, months: Int) {
        let shares = Self.shares(bodies.map(\.people), of: people)
        var next = 1
        var files: [File] = []
        var individuals = Array(repeating: [Int](), count: months)
        for (index, (body, share)) in zip(bodies, shares).enumerated() {
            let numbers = Array(next..<next + share)
            next += share
            if body.isNone {
                for number in numbers { individuals[number % months].append(number) }
            } else {
                files += Self.files(of: body, numbers, first: index % min(months, 6), months)
            }
        }
        self.files = files
        self.individuals = individuals
    }

    /// Most come with a body's first file, the rest two months later; hospitals then name some people
    /// whom the first body has sent already.
    private static func files(
        of body: SeedTables.Body, _ people: [Int], first: Int, _ months: Int
    ) -> [File] {
        guard first + 2 < months else {
            return [File(body: body.code, month: first, people: people)]
        }
        let head = people.count - people.count / 30
        let twice = body.name.isEmpty ? [] : Array(1...max(1, people.count / 20))
        return [
            File(body: body.code, month: first, people: Array(people[..<head])),
            File(body: body.code, month: first + 2, people: Array(people[head...]) + twice),
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
