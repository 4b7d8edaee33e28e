internal import JapaneseText

/// A day as people and spreadsheets write it.
public enum TypedDay: Equatable, Sendable {
    case day(Day)
    /// A form that is known, and a day that the calendar does not have (2月30日).
    case notInCalendar
    /// No form we read; days without a year (9/1) and two-digit years are among these on purpose.
    case unreadable

    /// Reads 2026-09-01, 2026/9/1, 2026.9.1, 20260901, 2026年9月1日, R8.9.1, 令和8年9月1日,
    /// 令和八年九月一日, any width, with the day of the week or the time of day behind it, and the serial
    /// number of a spreadsheet.
    public static func read(_ text: String) -> TypedDay {
        let plain = DayTail.removed(from: narrow(text))
        if let numbers = written(plain) ?? compact(plain) { return civil(numbers) }
        if let serial = serial(plain) { return .day(serial) }
        return .unreadable
    }

    /// Half width, one kind of hyphen, and no spaces but those between two digits, which would join
    /// what was apart.
    private static func narrow(_ text: String) -> String {
        let plain = Width.hyphensUnified(Width.narrowed(TextTrim.cellCleaned(text)))
        guard plain.utf8.contains(0x20) else { return plain }
        let scalars = Array(plain.unicodeScalars)
        var kept = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isBetweenDigits =
                index > 0 && index + 1 < scalars.count && isDigit(scalars[index - 1])
                && isDigit(scalars[index + 1])
            if scalar != " " || isBetweenDigits { kept.append(scalar) }
        }
        return String(kept)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func civil(_ numbers: [Int]) -> TypedDay {
        guard let day = Day(year: numbers[0], month: numbers[1], day: numbers[2]) else {
            return .notInCalendar
        }
        return .day(day)
    }

    /// Year, month and day with marks between them.
    private static func written(_ text: String) -> [Int]? {
        let (era, rest) = era(text)
        let scalars = rest.unicodeScalars
        var parts = scalars.split(omittingEmptySubsequences: false, whereSeparator: isMark)
        if parts.count == 4, parts[3].isEmpty { parts.removeLast() }
        guard parts.count == 3, (scalars.last == "日") == scalars.contains("年") else { return nil }
        let numbers = parts.compactMap { number($0) }
        guard numbers.count == 3 else { return nil }
        if let era { return [numbers[0] + era, numbers[1], numbers[2]] }
        return parts[0].count == 4 ? numbers : nil
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "/", ".", "年", "月", "日": true
        default: false
        }
    }

    private static func number(_ text: Substring.UnicodeScalarView) -> Int? {
        Digits.number(Substring(text).utf8) ?? JapaneseNumeral.value(Substring(text))
    }

    private static let eras = [
        ("令和", 2018), ("平成", 1988), ("昭和", 1925), ("R", 2018), ("H", 1988), ("S", 1925),
        ("r", 2018), ("h", 1988), ("s", 1925),
    ]

    /// What is added to the year of the era, and the text without the era.
    private static func era(_ text: String) -> (Int?, Substring) {
        if text.unicodeScalars.first.map(isDigit) ?? true { return (nil, text[...]) }
        for (name, offset) in eras where text.hasPrefix(name) {
            return (offset, text.dropFirst(name.count))
        }
        return (nil, text[...])
    }

    private static func compact(_ text: String) -> [Int]? {
        guard text.utf8.count == 8, let number = Digits.number(Array(text.utf8)) else { return nil }
        return [number / 10_000, number / 100 % 100, number % 100]
    }

    /// 36526 is 2000-01-01, 73050 is 2099-12-31; fractions are a time of day and do not count.
    private static func serial(_ text: String) -> Day? {
        let whole = text.split(separator: ".", omittingEmptySubsequences: false)[0]
        guard whole.utf8.count == 5, let number = Digits.number(Array(whole.utf8)),
            (36_526...73_050).contains(number)
        else { return nil }
        return Day(number: number - 25_569)
    }
}
