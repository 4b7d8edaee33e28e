// Matches the lists of an invented population with those who are held, and tells what came of it:
// `identity-bench figures PEOPLE SEED RULES.csv`. `identity-bench time …` only measures 20,000 rows.
import Enrollment
import Foundation
import IdentityPopulation

/// The rules as `identity.csv` has them.
func rules(_ path: String) throws -> IdentityRules? {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    var values: [IdentityRules.Name: String] = [:]
    for line in lines {
        let cells = line.split(separator: ",", maxSplits: 3).map(String.init)
        guard cells.count == 4, let name = IdentityRules.Name(rawValue: cells[0]) else { continue }
        values[name] = cells[2]
    }
    return IdentityRules(values)
}

func tell(_ name: String, _ value: some CustomStringConvertible) { print("\(name)\t\(value)") }

func tell(_ figures: IdentityFigures) {
    tell("rows", figures.rows)
    tell("false_joins", figures.falseJoins)
    tell("silent_seconds", figures.silentSeconds)
    tell("questions", figures.questions)
    tell("questions_on_evidence", figures.questionsOnEvidence)
    tell("useless", figures.useless)
    tell("useless_on_name", figures.uselessOnName)
    tell("untraceable", figures.untraceable)
    for (rule, found) in figures.rules.sorted(by: { $0.key < $1.key }) {
        tell("rule \(rule)", "\(found.right) of \(found.count)")
    }
}

/// The lists of all organizations as if they were one file.
func measure(_ population: InventedPopulation, under rules: IdentityRules) {
    let rows = Array(population.lists.joined().map(\.says).prefix(20_000))
    let names = population.frequencies
    let clock = ContinuousClock()
    let spent = clock.measure {
        let matching = IdentityMatching(
            rows, among: population.held, answers: IdentityAnswers(), names: names, under: rules)
        tell("matched", matching.matches().count)
    }
    tell("rows", rows.count)
    tell("held", population.held.count)
    tell("seconds", Double(spent.components.attoseconds) / 1e18 + Double(spent.components.seconds))
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let size = Int(arguments[2]), let seed = Int(arguments[3]),
    let rules = try rules(arguments[4])
else { exit(2) }
let population = InventedPopulation(people: size, seed: seed)
switch arguments[1] {
case "figures": tell(IdentityFigures(of: population, under: rules))
case "time": measure(population, under: rules)
default: exit(2)
}
