internal import Glibc

/// A cell's number as people read it.
enum CellNumber {
    /// As the cell's format shows it, where that says more than the number: days as 2026/9/1, with
    /// the time of day behind them (2026/9/1 13:05), and zeros in front. `raw` is what the file
    /// holds; what is no number is given back.
    static func text(_ raw: String, _ format: CellFormat, countsFrom1904: Bool) -> String {
        guard let value = Double(raw), value.isFinite else { return raw }
        switch format {
        case .plain: return plain(raw, value)
        case .day: return SerialDay.text(value, countsFrom1904: countsFrom1904) ?? plain(raw, value)
        case .digits(let patterns):
            guard let number = Int(exactly: value), number >= 0,
                let pattern = DigitPattern.fit(number, among: patterns)
            else { return plain(raw, value) }
            return pattern.shown(number)
        }
    }

    /// At most fifteen digits, as spreadsheets show them: 0.1 + 0.2 is kept as 0.30000000000000004,
    /// a long telephone number as 8.1312345678E11.
    private static func plain(_ raw: String, _ value: Double) -> String {
        if let number = Int(exactly: value), number.magnitude < 1_000_000_000_000_000 {
            return String(number)
        }
        return withVaList([value]) { arguments in
            var octets = [CChar](repeating: 0, count: 40)
            vsnprintf(&octets, octets.count, "%.15g", arguments)
            let text = octets.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return String(decoding: text, as: UTF8.self)
        }
    }
}

/// The days of a spreadsheet: numbers of days, fractions are a time of day.
enum SerialDay {
    /// Nil for what no spreadsheet shows as a day.
    static func text(_ serial: Double, countsFrom1904: Bool) -> String? {
        guard (0..<2_958_466).contains(serial) else { return nil }
        // To the nearest second: fractions are kept in binary.
        let seconds = Int((serial * 86_400).rounded())
        let (day, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
        if day == 0, time > 0, !countsFrom1904 { return clock(time) }
        let date = date(day, countsFrom1904)
        return time == 0 ? date : "\(date) \(clock(time))"
    }

    private static func clock(_ seconds: Int) -> String {
        let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60)
        let short = "\(hour):\(two(minute))"
        return second == 0 ? short : "\(short):\(two(second))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The first spreadsheet took 1900 for a leap year, and all others count as it did: day 0 is
    /// 1900/1/0, day 60 is 1900/2/29.
    private static func date(_ serial: Int, _ countsFrom1904: Bool) -> String {
        if countsFrom1904 { return civil(serial - 24_107) }
        if serial == 0 { return "1900/1/0" }
        if serial == 60 { return "1900/2/29" }
        return civil(serial - 25_569 + (serial < 60 ? 1 : 0))
    }

    private static func civil(_ number: Int) -> String {
        let date = CivilDate(daysAfter1970: number)
        return "\(date.year)/\(date.month)/\(date.day)"
    }

    /// The date of a day without a time of day; nil where the two calendars of spreadsheets are in
    /// each other's way.
    static func date(_ serial: Int, countsFrom1904: Bool) -> CivilDate? {
        guard serial < 2_958_466, countsFrom1904 || serial > 60 else { return nil }
        return CivilDate(daysAfter1970: serial - (countsFrom1904 ? 24_107 : 25_569))
    }
}

/// A day of the calendar.
struct CivilDate {
    let year, month, day: Int

    /// By Howard Hinnant's `civil_from_days`.
    init(daysAfter1970 number: Int) {
        let days = number + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}
