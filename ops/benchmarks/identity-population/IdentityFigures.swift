public import Enrollment

/// What came of matching the lists of a population whose truth is known.
public struct IdentityFigures {
    public private(set) var rows = 0
    /// Rows that were taken for somebody whom they do not speak of.
    public private(set) var falseJoins = 0
    /// Rows of whoever is known that would make a second person, and nobody asked.
    public private(set) var silentSeconds = 0
    /// The same where the year left nothing of the person but the name, or not even that: no rule
    /// can find them.
    public private(set) var untraceable = 0
    public private(set) var questions = 0
    /// Of those, whoever has more than the name in common.
    public private(set) var questionsOnEvidence = 0
    /// Of the questions on evidence, those in which nobody asked about was it.
    public private(set) var useless = 0
    /// The same of questions on the name alone.
    public private(set) var uselessOnName = 0
    /// How often each rule joined or asked, and how often rightly.
    public private(set) var rules: [String: (count: Int, right: Int)] = [:]
    private let held: [Int: [IdentityRecord]]
    private let traces: InventedTraces

    public init(of population: InventedPopulation, under rules: IdentityRules) {
        held = Dictionary(grouping: population.held, by: \.personID).mapValues { $0.map(\.says) }
        traces = InventedTraces(of: population)
        let names = population.frequencies
        for list in population.lists {
            let matches = IdentityMatching(
                list.map(\.says), among: population.held, answers: IdentityAnswers(),
                names: names, under: rules
            ).matches()
            for (row, match) in zip(list, matches) { take(match, row.says, truly: row.person) }
        }
    }

    private mutating func take(
        _ match: IdentityMatch, _ row: IdentityRecord, truly person: Int
    ) {
        rows += 1
        switch match {
        case .nobody:
            guard let records = held[person] else { return }
            let isTraceable = records.contains { traces.lead(from: row, to: $0) }
            silentSeconds += isTraceable ? 1 : 0
            untraceable += isTraceable ? 0 : 1
        case .same(let one):
            falseJoins += one.personID == person ? 0 : 1
            note("same", one, truly: person)
        case .ask(let some):
            let isOnEvidence = !some.allSatisfy(\.reason.isOfNameAlone)
            let isUseless = !some.contains { $0.personID == person }
            questions += 1
            questionsOnEvidence += isOnEvidence ? 1 : 0
            useless += isUseless && isOnEvidence ? 1 : 0
            uselessOnName += isUseless && !isOnEvidence ? 1 : 0
            for one in some { note("ask", one, truly: person) }
        }
    }

    private mutating func note(_ word: String, _ one: IdentityCandidate, truly person: Int) {
        let rule = "\(word) \(one.reason.names.rawValue) \(one.reason.agreeing.isEmpty ? "name" : "")"
        let count = one.reason.agreeing.count
        let key = count > 1 ? rule + "several" : count == 1 ? rule + one.reason.item : rule
        let before = rules[key] ?? (0, 0)
        rules[key] = (before.count + 1, before.right + (one.personID == person ? 1 : 0))
    }
}

extension IdentityReason {
    fileprivate var item: String { code.split(separator: ":").last.map(String.init) ?? "" }
}
