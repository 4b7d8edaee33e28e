internal import Glibc

/// Bytes of a text file to UTF-8, and back.
enum TextDecoding {
    /// Octets of UTF-8 or CP932, without a byte order mark.
    struct Text {
        let octets: ArraySlice<UInt8>
        /// How the file was written; of UTF-16 the octets are UTF-8.
        let encoding: TextEncoding
        let hasByteOrderMark: Bool
    }

    /// Goes by a byte order mark, then strict UTF-8 over the whole file, and takes the rest for
    /// CP932, which is proved when it is read: CP932 text is almost never valid UTF-8, while UTF-8
    /// often passes for CP932.
    static func text(of bytes: [UInt8]) throws(CSVFault) -> Text {
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes[2...], .utf16LE) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes[2...], .utf16BE) }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let body = hasMark ? bytes[3...] : bytes[...]
        if isUTF8(body) {
            return Text(octets: body, encoding: .utf8, hasByteOrderMark: hasMark)
        }
        if hasMark || BrokenUTF8.isLikely(body) { throw BrokenUTF8.fault(of: body) }
        return Text(octets: body, encoding: .cp932, hasByteOrderMark: false)
    }

    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }

    private static func utf16(
        _ bytes: ArraySlice<UInt8>, _ encoding: TextEncoding
    ) throws(CSVFault) -> Text {
        let name = encoding == .utf16LE ? "UTF-16LE" : "UTF-16BE"
        let (utf8, taken) = iconv(bytes, from: name, to: "UTF-8")
        guard taken == bytes.count else {
            let before = bytes.prefix(taken)
            throw .undecodable(row: before.count { $0 == 0x0A } + 1)
        }
        return Text(octets: utf8[...], encoding: encoding, hasByteOrderMark: true)
    }

    /// Text in an encoding; a character that it lacks becomes 〓.
    static func encode(_ text: String, as encoding: TextEncoding) -> [UInt8] {
        let utf8 = Array(text.utf8)
        switch encoding {
        case .utf8: return utf8
        case .utf16LE: return iconv(utf8[...], from: "UTF-8", to: "UTF-16LE").bytes
        case .utf16BE: return iconv(utf8[...], from: "UTF-8", to: "UTF-16BE").bytes
        case .cp932:
            let (bytes, taken) = iconv(utf8[...], from: "UTF-8", to: "CP932")
            if taken == utf8.count { return bytes }
            return text.unicodeScalars.flatMap { scalar in
                let one = Array(String(scalar).utf8)
                let (code, used) = iconv(one[...], from: "UTF-8", to: "CP932")
                return used == one.count ? code : [0x81, 0xAC]
            }
        }
    }

    /// Converts until the end or the first byte that cannot be, and says how many were taken.
    static func iconv(
        _ bytes: ArraySlice<UInt8>, from source: String, to target: String
    ) -> (bytes: [UInt8], taken: Int) {
        guard let descriptor = iconv_open(target, source) else { return ([], 0) }
        defer { iconv_close(descriptor) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        var (inputLeft, outputLeft) = (input.count, output.count)
        input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                _ = Glibc.iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
            }
        }
        let made = output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
        return (made, input.count - inputLeft)
    }
}
