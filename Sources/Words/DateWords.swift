public import Enrollment

extension FiscalYear {
    /// 令和8年度; 令和元年度 for 2019.
    public var word: String {
        if reiwa < 1 { return "平成\(startYear - 1988)年度" }
        return reiwa == 1 ? "令和元年度" : "令和\(reiwa)年度"
    }
}

extension Day {
    /// 2026年11月24日.
    public var word: String {
        let (year, month, day) = civil
        return "\(year)年\(month)月\(day)日"
    }
}

extension Instant {
    /// 2026年11月24日 9時05分.
    public var word: String {
        let minute = secondOfDay / 60
        let minutes = minute % 60 < 10 ? "0\(minute % 60)" : "\(minute % 60)"
        return "\(day.word) \(minute / 60)時\(minutes)分"
    }
}

extension TallyBasis {
    /// 「2026年11月24日の終わりまで」 where it is the end of a day, else 「2026年11月24日 9時05分まで」.
    public var knownWord: String {
        let isMidnight = Instant(startOf: known.day) == known
        return isMidnight ? "\(known.day.adding(days: -1).word)の終わりまで" : "\(known.word)まで"
    }
}

extension Int {
    /// 1,240.
    public var grouped: String {
        var groups: [String] = []
        var rest = magnitude
        while rest >= 1000 {
            let digits = String(rest % 1000)
            groups.insert(String(repeating: "0", count: 3 - digits.count) + digits, at: 0)
            rest /= 1000
        }
        return (self < 0 ? "-" : "") + ([String(rest)] + groups).joined(separator: ",")
    }
}
