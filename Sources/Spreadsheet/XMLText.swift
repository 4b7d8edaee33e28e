/// Text as SpreadsheetML holds it: markup escaped, and what XML 1.0 cannot hold written as
/// `_xHHHH_` (ECMA-376 Part 1, 22.9.2.19), with a literal `_xHHHH_` escaped the same way.
struct XMLText {
    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var start = 0
        for index in 0..<text.count where isSpecial(text[index]) {
            guard let escaped = escape(text, at: index) else { continue }
            output.append(contentsOf: text[start..<index])
            output.append(contentsOf: escaped)
            start = index + (text[index] == 0xEF ? 3 : 1)
        }
        output.append(contentsOf: text[min(start, text.count)...])
    }

    /// Whether the text can have anything to escape: eight bytes at a time, the last eight once
    /// more where they overlap.
    static func needsEscaping(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 8 else { return text.contains(where: isSpecial) }
        let bytes = UnsafeRawBufferPointer(text)
        let last = text.count - 8
        var place = 0
        while place < last {
            if hasSpecial(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) {
                return true
            }
            place += 8
        }
        return hasSpecial(bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self))
    }

    /// Whether any of eight bytes is special, by arithmetic on all of them: a byte is 0 where
    /// `(x - 1) & ~x` reaches its top bit, and below 0x20 where `(x - 0x20) & ~x` does.
    private static func hasSpecial(_ bytes: UInt64) -> Bool {
        var found = (bytes &- ones &* 0x20) & ~bytes
        for special: UInt64 in [0x26, 0x3C, 0x3E, 0x5F, 0xEF] {
            let rest = bytes ^ (ones &* special)
            found |= (rest &- ones) & ~rest
        }
        return found & (ones &* 0x80) != 0
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Whether a reader would drop spaces at the ends.
    static func needsPreserving(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        return first <= 0x20 || last <= 0x20 || text.contains(0x0A)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x26, 0x3C, 0x3E, 0x5F, 0xEF: true
        default: byte < 0x20
        }
    }

    private static func escape(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> [UInt8]? {
        switch text[index] {
        case 0x26: Array("&amp;".utf8)
        case 0x3C: Array("&lt;".utf8)
        case 0x3E: Array("&gt;".utf8)
        case 0x09, 0x0A: nil
        case 0x5F: looksEscaped(text, at: index) ? code(0x5F) : nil
        case 0xEF: nonCharacter(text, at: index)
        default: code(UInt16(text[index]))
        }
    }

    private static func code(_ value: UInt16) -> [UInt8] {
        let digits = [12, 8, 4, 0].map { hexDigits[Int(value >> $0 & 15)] }
        return [0x5F, 0x78] + digits + [0x5F]
    }

    private static func looksEscaped(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 6 < text.count, text[index + 1] == 0x78, text[index + 6] == 0x5F else {
            return false
        }
        return (index + 2...index + 5).allSatisfy { place in
            let byte = text[place]
            return (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
        }
    }

    /// U+FFFE and U+FFFF.
    private static func nonCharacter(
        _ text: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> [UInt8]? {
        guard index + 2 < text.count, text[index + 1] == 0xBF, text[index + 2] >= 0xBE else {
            return nil
        }
        return code(text[index + 2] == 0xBE ? 0xFFFE : 0xFFFF)
    }
}
