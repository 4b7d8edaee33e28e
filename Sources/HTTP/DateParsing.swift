extension HTTPDate {
    /// Reads the three forms RFC 9110 5.6.7 asks for: IMF-fixdate, RFC 850 and asctime; nil for
    /// anything else and for a day or time that does not exist. Two-digit years from 70 are 19xx.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let seconds = HTTPDate.fixed(bytes) ?? HTTPDate.old(bytes) ?? HTTPDate.plain(bytes)
        else { return nil }
        self.init(secondsSinceEpoch: seconds)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static func fixed(_ bytes: [UInt8]) -> Int? {
        guard bytes.count == 29, bytes[3...4].matches(", "), bytes[7] == 0x20,
            bytes[11] == 0x20, bytes[16] == 0x20, bytes[25...].elementsEqual(" GMT".utf8),
            weekdays.contains(String(decoding: bytes[..<3], as: UTF8.self)),
            let year = number(bytes[12..<16]), let month = month(bytes[8..<11]),
            let day = number(bytes[5..<7])
        else { return nil }
        return seconds(year, month, day, bytes[17..<25])
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`
    private static func old(_ bytes: [UInt8]) -> Int? {
        guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")), bytes.count == comma + 24,
            longWeekdays.contains(String(decoding: bytes[..<comma], as: UTF8.self))
        else { return nil }
        let rest = Array(bytes[(comma + 1)...])
        guard rest[0] == 0x20, rest[3] == UInt8(ascii: "-"), rest[7] == UInt8(ascii: "-"),
            rest[10] == 0x20, rest[19...].elementsEqual(" GMT".utf8),
            let year = number(rest[8..<10]), let month = month(rest[4..<7]),
            let day = number(rest[1..<3])
        else { return nil }
        return seconds(year < 70 ? 2000 + year : 1900 + year, month, day, rest[11..<19])
    }

    /// `Sun Nov  6 08:49:37 1994`
    private static func plain(_ bytes: [UInt8]) -> Int? {
        guard bytes.count == 24, bytes[3] == 0x20, bytes[7] == 0x20, bytes[10] == 0x20,
            bytes[19] == 0x20, weekdays.contains(String(decoding: bytes[..<3], as: UTF8.self)),
            let year = number(bytes[20..<24]), let month = month(bytes[4..<7]),
            let day = number(bytes[8] == 0x20 ? bytes[9..<10] : bytes[8..<10])
        else { return nil }
        return seconds(year, month, day, bytes[11..<19])
    }

    private static let longWeekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]

    private static func month(_ name: ArraySlice<UInt8>) -> Int? {
        months.firstIndex(of: String(decoding: name, as: UTF8.self)).map { $0 + 1 }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy(ByteClass.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// `clock` is `hh:mm:ss`; a leap second counts as the last of its minute.
    private static func seconds(
        _ year: Int, _ month: Int, _ day: Int, _ clock: ArraySlice<UInt8>
    ) -> Int? {
        let start = clock.startIndex
        guard clock[start + 2] == UInt8(ascii: ":"), clock[start + 5] == UInt8(ascii: ":"),
            let hour = number(clock[start..<(start + 2)]), hour < 24,
            let minute = number(clock[(start + 3)..<(start + 5)]), minute < 60,
            let second = number(clock[(start + 6)...]), second <= 60,
            (1...length(of: month, year)).contains(day)
        else { return nil }
        let days = days(year: year, month: month, day: day)
        return days * 86_400 + hour * 3_600 + minute * 60 + min(second, 59)
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        let next = month == 12 ? (year + 1, 1) : (year, month + 1)
        return days(year: next.0, month: next.1, day: 1) - days(year: year, month: month, day: 1)
    }
}
