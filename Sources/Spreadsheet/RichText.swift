/// A text with its kana: what a Japanese spreadsheet keeps of how somebody typed it.
struct SharedText: Equatable, Sendable {
    let text: String
    /// The text with the kana in place of what they are the reading of; nil where it has none.
    let reading: String?
}

/// A text on its way in: its runs, whatever they look like, and apart from them the kana above it
/// (`rPh`), which are none of it.
struct RichText {
    private struct Reading {
        let base: Range<Int>
        var octets: [UInt8] = []
    }

    private var octets: [UInt8] = []
    private var readings: [Reading] = []
    private var isInReading = false

    mutating func clear() {
        octets.removeAll(keepingCapacity: true)
        readings.removeAll(keepingCapacity: true)
        isInReading = false
    }

    /// Of which characters the kana that follow are the reading, in UTF-16.
    mutating func beginReading(_ start: Int?, _ end: Int?) {
        let start = start ?? 0
        readings.append(Reading(base: start..<max(start, end ?? start)))
        isInReading = true
    }

    mutating func endReading() { isInReading = false }

    mutating func append(_ text: [UInt8]) {
        if isInReading {
            readings[readings.count - 1].octets += text
        } else {
            octets += text
        }
    }

    var finished: SharedText {
        SharedText(text: EscapedText.plain(octets), reading: readings.isEmpty ? nil : reading)
    }

    private var reading: String {
        let base = Array(EscapedText.plain(octets).utf16)
        var (units, place) = ([UInt16](), 0)
        for reading in readings.sorted(by: { $0.base.lowerBound < $1.base.lowerBound }) {
            let (start, end) = (reading.base.lowerBound, reading.base.upperBound)
            guard start >= place, end <= base.count else { continue }
            units += base[place..<start] + EscapedText.plain(reading.octets).utf16
            place = end
        }
        return String(decoding: units + base[place...], as: UTF16.self)
    }
}

/// Text as SpreadsheetML holds it: what XML cannot hold stands in it as `_xHHHH_` (ECMA-376 Part 1,
/// 22.9.2.19).
enum EscapedText {
    /// Whether anything in them can be escaped.
    @inline(__always)
    static func mayHold(_ octets: UnsafeBufferPointer<UInt8>) -> Bool {
        guard octets.count >= 7 else { return false }
        for place in 0..<octets.count - 6 where octets[place] == 0x5F {
            if octets[place + 1] == 0x78 { return true }
        }
        return false
    }

    static func plain(_ octets: [UInt8]) -> String {
        let text = String(decoding: octets, as: UTF8.self)
        return octets.contains(0x5F) ? unescaped(text) : text
    }

    private static func unescaped(_ text: String) -> String {
        let units = Array(text.utf16)
        var (plain, place) = ([UInt16](), 0)
        while place < units.count {
            if let unit = escape(units, at: place) {
                plain.append(unit)
                place += 7
            } else {
                plain.append(units[place])
                place += 1
            }
        }
        return String(decoding: plain, as: UTF16.self)
    }

    private static func escape(_ units: [UInt16], at place: Int) -> UInt16? {
        guard place + 6 < units.count, units[place] == 0x5F, units[place + 1] == 0x78,
            units[place + 6] == 0x5F
        else { return nil }
        let digits = units[place + 2..<place + 6]
        guard digits.allSatisfy({ isHexDigit($0) }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF16.self), radix: 16)
    }

    private static func isHexDigit(_ unit: UInt16) -> Bool {
        (0x30...0x39).contains(unit) || (0x41...0x46).contains(unit & 0xFFDF)
    }
}

/// Reads the texts that the cells of a book share.
final class SharedTextReader: PartReader {
    let shared = SharedTexts()
    private var plain = PlainTexts()
    private var rich = RichText()
    private var octets: [UInt8] = []
    private var isInText = false
    /// Of texts within texts.
    private var depth = 0
    /// Octets that there is still room for.
    private var left: Int

    init(limit: Int) {
        left = limit
        super.init(unit: "</si>")
    }

    override func begin(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "si":
            depth += 1
            rich.clear()
        case "t":
            octets.removeAll(keepingCapacity: true)
            isInText = true
        case "rPh": rich.beginReading(attributes.number("sb"), attributes.number("eb"))
        default: break
        }
    }

    override func end(_ name: XMLName) {
        switch name {
        case "t":
            rich.append(octets)
            isInText = false
        case "rPh": rich.endReading()
        case "si":
            shared.append(rich.finished)
            depth -= 1
            if depth == 0, !isInText { unitEnded() }
        default: break
        }
    }

    override func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard isInText else { return }
        left -= piece.count
        if left < 0 { return stop(.inflated) }
        octets += piece
    }

    override func readUnits(_ octets: UnsafeBufferPointer<UInt8>) -> Int {
        plain.read(octets, into: &shared.texts, left: &left)
    }
}

/// Reads how the cells of a book show their numbers.
final class StylesReader: PartReader {
    private(set) var formats: [CellFormat] = []
    private var own: [Int: CellFormat] = [:]
    private var place = Place.other

    private enum Place { case other, numbers, cells }

    override func begin(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "numFmts": place = .numbers
        case "cellXfs": place = .cells
        case "numFmt" where place == .numbers:
            guard let number = attributes.number("numFmtId") else { return }
            own[number] = CellFormat(code: attributes["formatCode"] ?? "")
        case "xf" where place == .cells:
            let number = attributes.number("numFmtId") ?? 0
            formats.append(own[number] ?? CellFormat(number: number))
        default: break
        }
    }

    override func end(_ name: XMLName) {
        switch name {
        case "numFmts", "cellXfs": place = .other
        default: break
        }
    }
}
