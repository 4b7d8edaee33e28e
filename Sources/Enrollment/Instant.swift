/// A moment, to the microsecond, as PostgreSQL keeps it.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// The first moment of a day in Japan (UTC+9, no summer time).
    public init(startOf day: Day) {
        microseconds = (Int64(day.number) * 86_400 - Instant.japan) * 1_000_000
    }

    /// Reads ISO 8601 with an offset: `2026-04-01T00:00:00+09:00`, `…Z`, with or without fractions;
    /// also with a space for T and an offset of hours only, as PostgreSQL writes it.
    public init?(_ iso: String) {
        let text = Array(iso.utf8)
        guard text.count >= 20, text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
            let day = Day(String(decoding: text[..<10], as: UTF8.self)),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let hour = Digits.number(text[11..<13]), hour < 24,
            let minute = Digits.number(text[14..<16]), minute < 60,
            let second = Digits.number(text[17..<19]), second < 60,
            let (fraction, zone) = Instant.fraction(text[19...]),
            let offset = Instant.offset(zone)
        else { return nil }
        let seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        microseconds = (seconds - offset) * 1_000_000 + fraction
    }

    /// The day it is in Japan.
    public var day: Day {
        let seconds = microseconds.dividedFlooring(by: 1_000_000) + Instant.japan
        return Day(number: Int(seconds.dividedFlooring(by: 86_400)))
    }

    /// Seconds since midnight in Japan.
    public var secondOfDay: Int {
        Int((microseconds - Instant(startOf: day).microseconds) / 1_000_000)
    }

    /// ISO 8601 in Japan's time to the second: `2026-11-22T09:00:00+09:00`.
    public var description: String {
        written { _ in }
    }

    /// The same to the microsecond, for the database.
    public var precise: String {
        let fraction = microseconds - microseconds.dividedFlooring(by: 1_000_000) * 1_000_000
        return written { text in
            text.append(UInt8(ascii: "."))
            Digits.write(Int(fraction), 6, to: &text)
        }
    }

    /// `behind` writes what follows the seconds.
    private func written(_ behind: (inout [UInt8]) -> Void) -> String {
        let second = secondOfDay
        var text: [UInt8] = []
        text.reserveCapacity(32)
        day.write(to: &text)
        text.append(UInt8(ascii: "T"))
        Digits.write(second / 3600, 2, to: &text)
        text.append(UInt8(ascii: ":"))
        Digits.write(second / 60 % 60, 2, to: &text)
        text.append(UInt8(ascii: ":"))
        Digits.write(second % 60, 2, to: &text)
        behind(&text)
        text.append(contentsOf: "+09:00".utf8)
        return String(decoding: text, as: UTF8.self)
    }

    public func adding(seconds: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    private static let japan: Int64 = 9 * 3600

    private static func fraction(_ text: ArraySlice<UInt8>) -> (Int64, ArraySlice<UInt8>)? {
        guard text.first == UInt8(ascii: ".") else { return (0, text) }
        let digits = text.dropFirst().prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        let micros = Array((digits + Array(repeating: 0x30, count: 6)).prefix(6))
        return (Int64(Digits.number(micros) ?? 0), text.dropFirst(1 + digits.count))
    }

    /// Seconds east of Greenwich for `Z`, `+09`, `+09:00`, `-05:30`.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        if text.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
        guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        else { return nil }
        let parts = text.dropFirst().split(separator: UInt8(ascii: ":"))
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.count == 2 }) else { return nil }
        let numbers = parts.compactMap { Digits.number($0) }
        guard numbers.count == parts.count, numbers[0] <= 14 else { return nil }
        let seconds = Int64(numbers[0] * 3600 + (numbers.count > 1 ? numbers[1] : 0) * 60)
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}

extension Int64 {
    fileprivate func dividedFlooring(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
