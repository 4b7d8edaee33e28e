/// How a cell shows its number, as far as it decides what people read there.
enum CellFormat: Equatable, Sendable {
    case plain
    /// A day, or a time of day.
    case day
    /// Digits at fixed places: 0000000, 000-0000.
    case digits([DigitPattern])

    /// By the number of a format that every spreadsheet has (ECMA-376 Part 1, 18.8.30; 27 to 36 and
    /// 50 to 58 are the Japanese ones).
    init(number: Int) {
        switch number {
        case 14...22, 27...36, 45, 47, 50...58: self = .day
        default: self = .plain
        }
    }

    init(code: String) {
        let sections = FormatSection.all(of: code)
        if sections.first?.showsDay == true {
            self = .day
        } else if sections.contains(where: { ($0.pattern?.zeroCount ?? 0) > 1 }) {
            self = .digits(sections.compactMap(\.pattern))
        } else {
            self = .plain
        }
    }
}

/// A part of a format's code, up to a semicolon.
private struct FormatSection {
    /// What is no text in quotation marks, no condition, no colour.
    private var letters = ""
    private var isElapsed = false
    private var isGeneral: Bool { letters.contains("general") || letters.contains("標準") }
    /// Nil where it shows anything but digits at their places.
    private(set) var pattern: DigitPattern? = DigitPattern()

    var showsDay: Bool {
        !isElapsed && !isGeneral && letters.contains { "ymdhs".contains($0) }
    }

    static func all(of code: String) -> [FormatSection] {
        var sections = [FormatSection()]
        var rest = code.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == ";" {
                sections.append(FormatSection())
            } else {
                sections[sections.count - 1].take(scalar, &rest)
            }
        }
        return sections
    }

    private mutating func take(_ scalar: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView)
    {
        switch scalar {
        case "\"":
            while let quoted = rest.popFirst(), quoted != "\"" { pattern?.add(quoted) }
        case "\\": if let escaped = rest.popFirst() { pattern?.add(escaped) }
        case "_", "*": rest.removeFirst(min(1, rest.count))
        case "[":
            let end = rest.firstIndex(of: "]") ?? rest.endIndex
            takeBrackets(String(rest[..<end]).lowercased())
            rest = rest[end...].dropFirst()
        case "0": pattern?.add(isNeeded: true)
        case "#", "?": pattern?.add(isNeeded: false)
        case "-", "(", ")", " ", "+", ":": pattern?.add(scalar)
        default: takeLetter(scalar)
        }
    }

    private mutating func takeLetter(_ scalar: Unicode.Scalar) {
        letters += String(scalar).lowercased()
        if scalar.isASCII { pattern = nil } else { pattern?.add(scalar) }
    }

    private mutating func takeBrackets(_ text: String) {
        if !text.isEmpty, text.allSatisfy({ "hms".contains($0) }) {
            isElapsed = true
            pattern = nil
        }
        if let condition = DigitPattern.Condition(text) { pattern?.condition = condition }
    }
}

/// Digits at fixed places, with what stands between them, of numbers of a size.
struct DigitPattern: Equatable, Sendable {
    struct Condition: Equatable, Sendable {
        private let sign: String
        private let limit: Int

        /// <=999; nil for a colour, a language, a shape of digits.
        init?(_ text: String) {
            sign = String(text.prefix { "<>=".contains($0) })
            guard !sign.isEmpty, let limit = Int(text.dropFirst(sign.count)) else { return nil }
            self.limit = limit
        }

        func holds(_ number: Int) -> Bool {
            switch sign {
            case "<": number < limit
            case "<=": number <= limit
            case ">": number > limit
            case ">=": number >= limit
            case "<>": number != limit
            default: number == limit
            }
        }
    }

    private enum Piece: Equatable {
        /// A digit, with a zero where the number has none.
        case needed
        case optional
        case text(Unicode.Scalar)

        var isDigit: Bool { self == .needed || self == .optional }
    }

    private var pieces: [Piece] = []
    var condition: Condition?

    fileprivate mutating func add(isNeeded: Bool) { pieces.append(isNeeded ? .needed : .optional) }
    fileprivate mutating func add(_ scalar: Unicode.Scalar) { pieces.append(.text(scalar)) }
    fileprivate var zeroCount: Int { pieces.count { $0 == .needed } }

    /// How many digits every number has at least, where nothing else is between or around them and
    /// the pattern is of all numbers.
    var leastDigits: Int? {
        condition == nil && pieces.allSatisfy { $0 == .needed } ? pieces.count : nil
    }

    /// The pattern for a number: the first whose condition holds, as spreadsheets take it.
    static func fit(_ number: Int, among patterns: [DigitPattern]) -> DigitPattern? {
        patterns.first { $0.condition?.holds(number) ?? true }
    }

    /// The number as the pattern shows it: its digits from the right on, those for which there is
    /// no place before the first.
    func shown(_ number: Int) -> String {
        var digits = Array(String(number).unicodeScalars)
        var shown: [Unicode.Scalar] = []
        let first = pieces.firstIndex(where: \.isDigit)
        for (index, piece) in pieces.enumerated().reversed() {
            switch piece {
            case .text(let scalar): shown.append(scalar)
            case .needed: shown.append(digits.popLast() ?? "0")
            case .optional: if let digit = digits.popLast() { shown.append(digit) }
            }
            if index == first { shown += digits.reversed() }
        }
        return String(String.UnicodeScalarView(shown.reversed()))
    }
}
