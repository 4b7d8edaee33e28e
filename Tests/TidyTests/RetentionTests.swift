import Foundation
import Testing

/// What the heads of the migrations promise about how long data is kept stands in the table of
/// lifetimes.
@Suite struct RetentionTests {
    /// A row of `lifetimes.csv`.
    struct Row {
        let kind: String
        let amount: Int
        let unit: String
        /// The words of the heads, the longest first.
        let promises: [String]
    }

    private static func rows() throws -> [Row] {
        let path = TidyTests.root.appending(path: "Migrations/reference/2026/lifetimes.csv")
        let lines = TidyTests.lines(try String(contentsOf: path, encoding: .utf8))
        return try lines.dropFirst().filter { !$0.isEmpty }.map { line in
            let cells = line.components(separatedBy: ",")
            return Row(
                kind: cells[0], amount: try #require(Int(cells[2])), unit: cells[3],
                promises: cells[4].split(separator: "|").map(String.init).sorted {
                    $0.count > $1.count
                })
        }
    }

    /// What a head says behind `Retention:`, in one line.
    private static func retention(_ text: String) -> String {
        guard let start = text.range(of: "-- Retention:") else { return "" }
        let lines = TidyTests.lines(String(text[start.upperBound...]))
        let rest = lines.dropFirst().prefix { $0.hasPrefix("--  ") }
        return ([lines[0]] + rest.map { $0.dropFirst(2) }).map {
            $0.trimmingCharacters(in: .whitespaces)
        }.joined(separator: " ")
    }

    @Test func everyLifetimeThatAHeadPromisesIsARowOfTheTable() throws {
        let rows = try Self.rows()
        let promises = rows.flatMap(\.promises).sorted { $0.count > $1.count }
        for (path, text) in try TidyTests.files("Migrations", ".sql") {
            var left = Self.retention(text)
            for promise in promises {
                left = left.replacingOccurrences(of: promise, with: "")
            }
            let found = left.firstMatch(of: /(\d+|one|two|three) (fiscal )?(day|month|year)/)
            #expect(found == nil, "\(path) promises what no row holds: \(left)")
        }
    }

    @Test func everyRowKeepsWhatItsHeadPromises() throws {
        let heads = try TidyTests.files("Migrations", ".sql").map { Self.retention($0.text) }
        let numbers = ["two": 2]
        for row in try Self.rows() {
            for promise in row.promises {
                #expect(heads.contains { $0.contains(promise) }, "\(promise) stands in no head")
                guard let found = promise.firstMatch(of: /(\d+|two) (fiscal year|day|year)/) else {
                    continue
                }
                let number = Int(found.1) ?? numbers[String(found.1)]
                #expect(number == row.amount, "\(row.kind)")
                let unit = found.2.replacingOccurrences(of: " ", with: "_") + "s"
                #expect(unit == row.unit, "\(row.kind)")
            }
        }
    }
}
