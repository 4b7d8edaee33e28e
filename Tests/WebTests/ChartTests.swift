import HTML
import Testing

@testable import Web

/// The scale of time below a growing line.
@Suite struct ChartTests {
    private static func months(_ count: Int) -> [String] {
        (0..<count).map { index in
            let month = 3 + index
            return "\(2026 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
        }
    }

    @Test(arguments: 1...240)
    func aNameStandsAtItsMonthAndNoTwoTouch(count: Int) throws {
        let months = Self.months(count)
        let labels = MonthAxis(months).labels
        #expect(labels.first?.month == months.first && labels.last?.month == months.last)
        #expect(labels.count <= 6)
        for label in labels {
            let index = try #require(months.firstIndex(of: label.month))
            let place = count == 1 ? 50 : 100 * Double(index) / Double(count - 1)
            #expect(abs(label.place - place) < 0.06)
        }
        let ofPhone = labels.filter { !$0.needsRoom }
        #expect(ofPhone.count <= 3 && ofPhone.last == labels.last)
        for (names, gap) in [(labels, 16.6), (ofPhone, 31.9)] {
            for (one, next) in zip(names, names.dropFirst()) {
                #expect(next.place - one.place >= gap, "\(one.month) and \(next.month)")
            }
        }
    }

    @Test func aMonthThatIsMissingLeavesItsRoom() {
        let axis = MonthAxis(["2026-04", "2026-05", "2026-08"])
        #expect(axis.place("2026-05") == 25)
        #expect(
            axis.labels.map(\.month) == ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08"])
    }

    @Test func theLineGoesThroughThePlacesThatAreNamed() {
        let chart = CumulativeChart(
            id: "c", title: "人数", unit: "人",
            points: zip(Self.months(4), [0, 2, 2, 4]).map { .init(month: $0, value: $1) })
        let markup = chart.html.string
        #expect(markup.contains("class=\"ln\" d=\"M0.0 100.0L33.3 50.0L66.7 50.0L100.0 0.0\""))
        for (place, name) in [("33.3", "26年5月"), ("66.7", "26年6月"), ("100.0", "26年7月")] {
            #expect(markup.contains("<text x=\"\(place)%\" y=\"1.5em\">\(name)</text>"))
        }
        #expect(!markup.contains("style="))
    }

    @Test func oneMonthIsAPoint() {
        let chart = CumulativeChart(
            id: "c", title: "人数", unit: "人", points: [.init(month: "2026-04", value: 3)])
        #expect(chart.html.string.contains("class=\"dot\" d=\"M50.0 25.0h0\""))
        #expect(chart.html.string.contains("<text x=\"50.0%\""))
    }
}
