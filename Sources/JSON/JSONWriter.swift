extension JSONValue {
    /// UTF-8 without white space; of characters only what RFC 8259, section 7, demands is escaped.
    public var octets: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1024)
        write(to: &output)
        return output
    }

    /// The same as text.
    public var text: String { String(decoding: octets, as: UTF8.self) }

    /// The same in ASCII alone, for places that cannot say what their letters are: whatever else
    /// there is is escaped (RFC 8259, section 7), and reads as the same.
    public var ascii: String {
        var ascii = ""
        for unit in text.utf16 {
            guard unit > 0x7F else {
                ascii.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
                continue
            }
            let digits = String(unit, radix: 16)
            ascii += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return ascii
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let flag): output += flag ? "true".utf8 : "false".utf8
        case .integer(let number): output += String(number).utf8
        case .number(let number): output += number.text.utf8
        case .string(let text): Self.quote(text, to: &output)
        case .array(let values):
            Self.list(values, "[", "]", to: &output) { $0.write(to: &$1) }
        case .object(let members):
            Self.list(members, "{", "}", to: &output) { member, output in
                Self.quote(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
        }
    }

    private static func list<Element>(
        _ elements: [Element], _ opening: Unicode.Scalar, _ closing: Unicode.Scalar,
        to output: inout [UInt8], _ write: (Element, inout [UInt8]) -> Void
    ) {
        output.append(UInt8(ascii: opening))
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            write(element, &output)
        }
        output.append(UInt8(ascii: closing))
    }

    private static func quote(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { octets in
            guard octets.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else {
                return output.append(contentsOf: octets)
            }
            for octet in octets { append(octet, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func append(_ octet: UInt8, to output: inout [UInt8]) {
        switch octet {
        case 0x22, 0x5C:
            output.append(0x5C)
            output.append(octet)
        case 0..<0x20:
            let digits = String(octet, radix: 16)
            output += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
        default: output.append(octet)
        }
    }
}
