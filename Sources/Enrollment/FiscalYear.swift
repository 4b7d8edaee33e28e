/// 年度. From 1 April to 31 March, in Japan.
public struct FiscalYear: Hashable, Comparable, Sendable {
    /// The calendar year of its 1 April.
    public let startYear: Int

    public init(startYear: Int) { self.startYear = startYear }

    public init(containing day: Day) {
        let (year, month, _) = day.civil
        startYear = month < 4 ? year - 1 : year
    }

    public var firstDay: Day { Day(year: startYear, month: 4, day: 1) ?? Day(number: 0) }

    public var lastDay: Day { next.firstDay.adding(days: -1) }

    public var next: FiscalYear { FiscalYear(startYear: startYear + 1) }

    public var previous: FiscalYear { FiscalYear(startYear: startYear - 1) }

    /// 令和: the year of the era, 1 for 元年; 2019 is 令和元年度 as a whole.
    public var reiwa: Int { startYear - 2018 }

    public func contains(_ day: Day) -> Bool { day >= firstDay && day <= lastDay }

    public static func < (left: FiscalYear, right: FiscalYear) -> Bool {
        left.startYear < right.startYear
    }
}
