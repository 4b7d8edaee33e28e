/// A secret that a browser or a link carries; the database keeps only its digest.
public struct Token: Sendable, Equatable {
    /// Base64url without padding.
    public let text: String

    /// 256 bits of chance.
    public init(_ random: RandomSource) { text = Base64URL.encode(random.bytes(32)) }

    /// A token that came back; nil for what can be none.
    public init?(text: String) {
        guard text.utf8.count == 43, Base64URL.decode(text)?.count == 32 else { return nil }
        self.text = text
    }

    public var digest: [UInt8] { Digest.sha256(text.utf8) }
}

/// A code of six digits that is sent by mail.
public struct SixDigitCode: Sendable, Equatable {
    public let text: String

    public init(_ random: RandomSource) {
        let digits = String(random.number(below: 1_000_000))
        text = String(repeating: "0", count: 6 - digits.count) + digits
    }
}

/// RFC 4648, section 5, without padding.
public enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for shift in [18, 12, 6, 0].prefix(group.count + 1) {
                text.append(alphabet[Int(bits >> UInt32(shift) & 63)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything but this alphabet, and for stray bits at the end.
    public static func decode(_ text: String) -> [UInt8]? {
        var (bytes, bits, count): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return count < 6 && bits & ((1 << count) - 1) == 0 ? bytes : nil
    }
}
