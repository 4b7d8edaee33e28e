/// Strict decoding of `%hh`, once (RFC 3986 2.1).
enum PercentDecoding {
    /// The decoded octets, or nil where a `%` is not followed by two hexadecimal digits.
    static func octets(
        _ encoded: some Collection<UInt8>, plusIsSpace: Bool = false
    ) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(encoded.count)
        var rest = encoded.makeIterator()
        while let byte = rest.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.next().flatMap(ByteClass.hexadecimal),
                    let low = rest.next().flatMap(ByteClass.hexadecimal)
                else { return nil }
                decoded.append(high << 4 | low)
            } else if plusIsSpace, byte == UInt8(ascii: "+") {
                decoded.append(0x20)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }

    /// Decoded text in strict UTF-8 without NUL: overlong forms and lone surrogates are refused.
    static func text(_ encoded: some Collection<UInt8>, plusIsSpace: Bool = false) -> String? {
        guard let decoded = octets(encoded, plusIsSpace: plusIsSpace), !decoded.contains(0)
        else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    /// Encodes everything but the unreserved characters of RFC 3986 2.3 and `keeping`.
    static func encode(_ text: some Collection<UInt8>, keeping: (UInt8) -> Bool) -> String {
        var encoded: [UInt8] = []
        for byte in text {
            if isUnreserved(byte) || keeping(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digit(byte >> 4))
                encoded.append(digit(byte & 15))
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
            || byte == 0x7E
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? value + 0x30 : value + 0x37 }
}
