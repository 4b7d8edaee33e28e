/// Classes of octets by the grammars of RFC 9110, RFC 9112 and RFC 3986.
enum ByteClass {
    /// `tchar` of RFC 9110 5.6.2: what methods and field names are made of.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// `field-vchar`, SP and HTAB, with `obs-text` let through (RFC 9110 5.5).
    @inline(__always)
    static func isFieldContent(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte != 0x7F) || byte == 0x09
    }

    /// What we write ourselves into a field value: printable ASCII, SP and HTAB.
    @inline(__always)
    static func isPlainFieldContent(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == 0x09
    }

    /// `pchar` of RFC 3986 3.3 without the percent sign.
    @inline(__always)
    static func isPathCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x2D, 0x2E, 0x5F, 0x7E: true  // - . _ ~
        case 0x21, 0x24, 0x26...0x2C, 0x3B, 0x3D, 0x3A, 0x40: true  // ! $ &'()*+, ; = : @
        default: false
        }
    }

    /// Query octets. Wider than RFC 3986: browsers leave `[ ] { | } ^ \` and the back quote as
    /// they are; `" < > #` they always encode.
    @inline(__always)
    static func isQueryCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x24...0x3B, 0x3D, 0x3F...0x7E: true
        default: false
        }
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
}

extension Collection<UInt8> {
    /// ASCII case-insensitive equality, as field names and codings are compared.
    func matches(_ other: StaticString) -> Bool {
        guard count == other.utf8CodeUnitCount else { return false }
        return other.withUTF8Buffer { wanted in
            zip(self, wanted).allSatisfy {
                ByteClass.lowercased($0) == ByteClass.lowercased($1)
            }
        }
    }

    /// The same bytes without SP and HTAB at both ends.
    func trimmingBlanks() -> SubSequence {
        var rest = self[...]
        while let first = rest.first, ByteClass.isBlank(first) { rest = rest.dropFirst() }
        var end = rest.endIndex
        while end > rest.startIndex {
            let previous = rest.index(end, offsetBy: -1)
            guard ByteClass.isBlank(rest[previous]) else { break }
            end = previous
        }
        return rest[rest.startIndex..<end]
    }
}

extension Span<UInt8> {
    /// A copy of a part.
    func array(_ range: Range<Int>) -> [UInt8] {
        withUnsafeBufferPointer { Array($0[range]) }
    }

    /// A part that is known to be ASCII, or is shown with replacement characters.
    func text(_ range: Range<Int>) -> String {
        withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
    }

    func matches(_ range: Range<Int>, _ other: StaticString) -> Bool {
        withUnsafeBufferPointer { $0[range].matches(other) }
    }
}
