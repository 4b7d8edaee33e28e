/// What forms and spreadsheets write behind a day: 13:05, T13:05:11, 午後1時5分, (火), 火曜日, (火・祝).
enum DayTail {
    /// The day by itself. A text is given back as it is where nothing known stands behind the day.
    static func removed(from text: String) -> String {
        if text.utf8.count <= 10, text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return withoutWeekday(withoutTime(text))
    }

    private static func withoutTime(_ text: String) -> String {
        let tail = text.unicodeScalars.reversed().prefix { isOfTime($0) }.count
        let time = String(text.unicodeScalars.suffix(tail))
        guard isTime(time) else { return text }
        let day = text.unicodeScalars.dropLast(tail)
        guard let last = day.last, day.count > 5 else { return text }
        // 2026-09-01T13:05 and 2026-09-01 13:05; 日 and ) end a day by themselves.
        if last == "T" || last == " " { return String(day.dropLast()) }
        return last == "日" || last == ")" || last == "曜" ? String(day) : text
    }

    private static func isOfTime(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", ":", ".", "時", "分", "秒", "午", "前", "後", "A", "P", "M", "a", "p", "m":
            true
        default: false
        }
    }

    /// Hours and minutes, and perhaps seconds.
    private static func isTime(_ text: String) -> Bool {
        var scalars = text.unicodeScalars[...]
        if scalars.starts(with: "午前".unicodeScalars) || scalars.starts(with: "午後".unicodeScalars) {
            scalars = scalars.dropFirst(2)
        }
        let numbers = scalars.split { !("0"..."9").contains($0) }
            .compactMap { Int(String($0)) }
        guard scalars.contains(":") || scalars.contains("時"), (1...4).contains(numbers.count)
        else { return false }
        return numbers[0] <= 24 && numbers.dropFirst().prefix(2).allSatisfy { $0 < 60 }
    }

    private static func withoutWeekday(_ text: String) -> String {
        if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
            let inside = text[text.index(after: open)...]
            let isWeekday = inside.first.map { "月火水木金土日".contains($0) } ?? false
            return isWeekday && inside.count <= 6 ? String(text[..<open]) : text
        }
        for weekday in "月火水木金土日" {
            for ending in ["曜日", "曜"] where text.hasSuffix("\(weekday)\(ending)") {
                return String(text.dropLast(1 + ending.count))
            }
        }
        return text
    }
}
