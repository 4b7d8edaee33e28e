/// An axis of time: where months stand on it, and which of them are named. Places are in percent of
/// the width, so that a line and the names below it agree however wide they are drawn.
struct MonthAxis {
    /// The first and the last month, counted from year 0.
    private let first: Int
    private let last: Int

    struct Label: Equatable {
        let month: String
        let place: Double
        /// Whether there is room for it only where the axis is wide.
        let needsRoom: Bool
    }

    /// `months` are written 2026-04; the first is the earliest, the last the latest.
    init(_ months: [String]) {
        first = months.first.map(Self.number) ?? 0
        last = months.last.map(Self.number) ?? 0
    }

    private var span: Int { last - first }

    func place(_ month: String) -> Double { place(Self.number(month)) }

    /// The only month of an axis stands in its middle.
    private func place(_ number: Int) -> Double {
        guard span > 0 else { return 50 }
        return (1000 * Double(number - first) / Double(span)).rounded() / 10
    }

    /// The first month, the last, and regular steps between: six names at most. A phone has room
    /// for three: the first, the last, and one near the middle.
    var labels: [Label] {
        let middle = between.map(place).min { abs($0 - 50) < abs($1 - 50) }
        return ([first] + between + (span > 0 ? [last] : [])).map { number in
            let place = place(number)
            let isMiddle = place == middle && (32...68).contains(place)
            let isEnd = number == first || number == last
            return Label(
                month: Self.name(number), place: place, needsRoom: !isEnd && !isMiddle)
        }
    }

    /// None so near the last month that the names would touch.
    private var between: [Int] {
        stride(from: first + step, to: last, by: step).filter { 100 - place($0) >= 17 }
    }

    /// In months: the smallest that gives no more than five steps; whole years from 12 on.
    private var step: Int {
        [1, 2, 3, 6].first { span / $0 <= 5 } ?? 12 * (span / 72 + 1)
    }

    private static func number(_ month: String) -> Int {
        (Int(month.prefix(4)) ?? 0) * 12 + (Int(month.suffix(2)) ?? 1) - 1
    }

    private static func name(_ number: Int) -> String {
        let month = number % 12 + 1
        return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
    }
}
