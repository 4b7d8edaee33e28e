/// A moment in whole seconds, UTC, as HTTP writes it (RFC 9110 5.6.7).
public struct HTTPDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Since 1970-01-01T00:00:00Z, without leap seconds.
    public let secondsSinceEpoch: Int

    public init(secondsSinceEpoch: Int) { self.secondsSinceEpoch = secondsSinceEpoch }

    public static func < (one: HTTPDate, other: HTTPDate) -> Bool {
        one.secondsSinceEpoch < other.secondsSinceEpoch
    }

    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// IMF-fixdate, 29 octets: `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var bytes: [UInt8] {
        let days = (secondsSinceEpoch - secondsOfDay) / 86_400
        let (year, month, day) = HTTPDate.civil(days)
        var text: [UInt8] = []
        text.reserveCapacity(29)
        text.append(contentsOf: HTTPDate.weekdays[((days % 7) + 11) % 7].utf8)
        text.append(literal: ", ")
        text.append(twoDigits: day)
        text.append(0x20)
        text.append(contentsOf: HTTPDate.months[month - 1].utf8)
        text.append(0x20)
        text.append(twoDigits: year / 100)
        text.append(twoDigits: year % 100)
        text.append(0x20)
        text.append(twoDigits: secondsOfDay / 3_600)
        text.append(UInt8(ascii: ":"))
        text.append(twoDigits: secondsOfDay / 60 % 60)
        text.append(UInt8(ascii: ":"))
        text.append(twoDigits: secondsOfDay % 60)
        text.append(literal: " GMT")
        return text
    }

    private var secondsOfDay: Int { ((secondsSinceEpoch % 86_400) + 86_400) % 86_400 }

    static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Days since the epoch to year, month, day of the proleptic Gregorian calendar, counted
    /// from 1 March so that the leap day comes last.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The inverse of `civil`.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension [UInt8] {
    fileprivate mutating func append(twoDigits number: Int) {
        append(UInt8(number / 10 % 10) + 0x30)
        append(UInt8(number % 10) + 0x30)
    }
}
