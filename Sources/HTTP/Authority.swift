/// The check of `Host` and of an absolute target's authority (RFC 9110 7.2, RFC 3986 3.2).
enum Authority {
    /// `host` or `host:port` without user information; host is a name, an IPv4 address or an
    /// IPv6 address in brackets.
    static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, bytes.count <= 255 + 6 else { return false }
        return first == UInt8(ascii: "[") ? isBracketed(bytes) : isName(bytes)
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        let host = bytes[..<colon]
        let isHost = host.allSatisfy { byte in
            ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
        return (1...255).contains(host.count) && isHost && isPort(bytes[colon...])
    }

    private static func isBracketed(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let address = bytes[(bytes.startIndex + 1)..<close]
        let isAddress = address.allSatisfy { byte in
            ByteClass.hexadecimal(byte) != nil || byte == UInt8(ascii: ":")
                || byte == UInt8(ascii: ".")
        }
        return address.count >= 2 && address.contains(UInt8(ascii: ":")) && isAddress
            && isPort(bytes[(close + 1)...])
    }

    /// Nothing, or a colon and a number from 1 to 65535.
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let colon = bytes.first else { return true }
        let digits = bytes.dropFirst()
        guard colon == UInt8(ascii: ":"), (1...5).contains(digits.count),
            digits.allSatisfy(ByteClass.isDigit)
        else { return false }
        let port = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (1...65535).contains(port)
    }
}
