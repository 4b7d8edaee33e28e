public import Enrollment

/// 元号, each from its first day on.
private struct Era {
    let name: String
    let firstDay: Day

    /// Newest first.
    static let all: [Era] = [
        Era("令和", from: "2019-05-01"), Era("平成", from: "1989-01-08"),
        Era("昭和", from: "1926-12-25"),
    ].compactMap { $0 }

    private init?(_ name: String, from first: String) {
        guard let first = Day(first) else { return nil }
        self.name = name
        firstDay = first
    }
}

extension Day {
    /// 令和8年12月4日; 令和元年5月1日. Before 昭和, the year of the common era.
    public var eraWord: String {
        guard let era = Era.all.first(where: { self >= $0.firstDay }) else { return word }
        let (year, month, day) = civil
        let count = year - era.firstDay.civil.year + 1
        return "\(era.name)\(count == 1 ? "元" : "\(count)")年\(month)月\(day)日"
    }
}
