/// Reads tokens, quoted strings and parameters out of a field value (RFC 9110 5.6).
struct FieldReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    var isAtEnd: Bool { index == bytes.count }

    /// Takes one octet if it stands here.
    mutating func skip(_ wanted: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: wanted) else { return false }
        index += 1
        return true
    }

    mutating func skipBlanks() {
        while index < bytes.count, ByteClass.isBlank(bytes[index]) { index += 1 }
    }

    mutating func token() -> String? {
        let start = index
        while index < bytes.count, ByteClass.isToken(bytes[index]) { index += 1 }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// `*( OWS ";" OWS name "=" value )` up to the end, names in lower case; nil where it is
    /// malformed or a name stands twice.
    mutating func parameters() -> [String: String]? {
        var parameters: [String: String] = [:]
        skipBlanks()
        while !isAtEnd {
            guard skip(";") else { return nil }
            skipBlanks()
            if isAtEnd { return parameters }
            guard let name = token()?.lowercased(), skip("="),
                let value = skip("\"") ? quoted() : token(), parameters[name] == nil
            else { return nil }
            parameters[name] = value
            skipBlanks()
        }
        return parameters
    }

    /// The rest of a quoted string in strict UTF-8. A backslash escapes only a quote or another
    /// backslash: browsers send those of a Windows path as they are.
    private mutating func quoted() -> String? {
        var text: [UInt8] = []
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return String(validating: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), index < bytes.count,
                bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "\\")
            {
                byte = bytes[index]
                index += 1
            }
            text.append(byte)
        }
        return nil
    }
}
