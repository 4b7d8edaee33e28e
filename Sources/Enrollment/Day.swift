/// A day of the civil calendar in Japan.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    public init(number: Int) { self.number = number }

    /// Nil for a day that the calendar does not have.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= Day.length(of: month, in: year)
        else { return nil }
        // Howard Hinnant's days_from_civil, with March as the first month.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads `2026-04-01` and nothing else.
    public init?(_ iso: String) {
        var iso = iso
        let day = iso.withUTF8 { text -> Day? in
            let hyphen = UInt8(ascii: "-")
            guard text.count == 10, text[4] == hyphen, text[7] == hyphen,
                let year = Digits.number(text[0..<4]), let month = Digits.number(text[5..<7]),
                let day = Digits.number(text[8..<10])
            else { return nil }
            return Day(year: year, month: month, day: day)
        }
        guard let day else { return nil }
        self = day
    }

    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// ISO 8601, as stored and exchanged.
    public var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(10)
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The same as octets.
    func write(to text: inout [UInt8]) {
        let (year, month, day) = civil
        Digits.write(year, 4, to: &text)
        text.append(UInt8(ascii: "-"))
        Digits.write(month, 2, to: &text)
        text.append(UInt8(ascii: "-"))
        Digits.write(day, 2, to: &text)
    }

    /// The number a spreadsheet keeps for this day (1900 system).
    public var spreadsheetSerial: Int { number + 25_569 }

    /// How many days this day is after `other`; negative before it.
    public func days(since other: Day) -> Int { number - other.number }

    public func adding(days: Int) -> Day { Day(number: number + days) }

    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

/// ASCII digits, without Foundation.
enum Digits {
    static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }

    /// With zeros before it, up to the width.
    static func write(_ number: Int, _ width: Int, to text: inout [UInt8]) {
        let digits = String(number).utf8
        for _ in 0..<max(0, width - digits.count) { text.append(UInt8(ascii: "0")) }
        text.append(contentsOf: digits)
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func areAll(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
