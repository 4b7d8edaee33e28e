/// Numbers and strings.
extension JSONReader {
    mutating func number() throws -> JSONValue {
        let start = place
        var isWhole = true
        let isNegative = takes("-")
        if takes("0") {
            // A zero stands by itself.
            if let octet = next, Self.isDigit(octet) { throw fault(.number) }
        } else {
            try digits()
        }
        if takes(".") {
            isWhole = false
            try digits()
        }
        if takes("e") || takes("E") {
            isWhole = false
            if !takes("+") { _ = takes("-") }
            try digits()
        }
        let text = String(decoding: octets[start..<place], as: UTF8.self)
        guard isWhole, let whole = Int(text), whole != 0 || !isNegative else {
            return .number(JSONNumber(checked: text))
        }
        return .integer(whole)
    }

    private mutating func digits() throws {
        guard let octet = next else { throw fault(.end) }
        guard Self.isDigit(octet) else { throw fault(.number) }
        while let octet = next, Self.isDigit(octet) { place += 1 }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    /// From its first quotation mark to behind its last.
    mutating func string() throws -> String {
        place += 1
        var content: [UInt8] = []
        while true {
            let start = place
            while let octet = next, octet >= 0x20, octet != 0x22, octet != 0x5C { place += 1 }
            try check(start..<place)
            guard let octet = next else { throw fault(.end) }
            if octet == 0x22, content.isEmpty {
                defer { place += 1 }
                return String(decoding: octets[start..<place], as: UTF8.self)
            }
            content += octets[start..<place]
            guard octet >= 0x20 else { throw fault(.control) }
            place += 1
            if octet == 0x22 { return String(decoding: content, as: UTF8.self) }
            try escape(into: &content)
        }
    }

    /// A run of a string's octets is UTF-8. No character goes beyond such a run, because what ends
    /// it is ASCII.
    private func check(_ run: Range<Int>) throws {
        let slice = UnsafeBufferPointer(rebasing: octets[run])
        guard let fault = UTF8Check.firstFault(slice) else { return }
        throw JSONFault(reason: .encoding, offset: run.lowerBound + fault)
    }

    private mutating func escape(into content: inout [UInt8]) throws {
        guard let octet = next else { throw fault(.end) }
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(octet)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            let start = place - 1
            place += 1
            content += String(Character(try scalar(from: start))).utf8
            return
        default: throw fault(.escape)
        }
        place += 1
    }

    /// What `\uXXXX`, or two of them, stand for.
    private mutating func scalar(from start: Int) throws -> Unicode.Scalar {
        let half = JSONFault(reason: .surrogate, offset: start)
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, takes("\\"), takes("u") else { throw half }
        let low = try unit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw half }
        return scalar
    }

    private mutating func unit() throws -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let octet = next else { throw fault(.end) }
            guard let digit = Character(Unicode.Scalar(octet)).hexDigitValue else {
                throw fault(.escape)
            }
            unit = unit << 4 | UInt32(digit)
            place += 1
        }
        return unit
    }
}

enum UTF8Check {
    /// How many octets stand before the first that is no UTF-8; nil where all are.
    static func firstFault(_ octets: UnsafeBufferPointer<UInt8>) -> Int? {
        if octets.allSatisfy({ $0 < 0x80 }) { return nil }
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = octets.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error: return offset
            case .emptyInput: return nil
            }
        }
    }
}
