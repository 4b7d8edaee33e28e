internal import Crypto
internal import Foundation

/// What an authenticator and we share: codes that follow from the time (RFC 6238 over RFC 4226),
/// with HMAC-SHA-1, steps of 30 seconds and six digits, which every app can do.
public struct TimeCodeKey: Sendable {
    public static let stepSeconds: Int64 = 30
    /// So many steps a clock may be ahead or behind (RFC 6238, section 5.2).
    static let skew: Int64 = 1
    /// Octets of chance in a new one; RFC 4226, section 4 asks for 16 and recommends these.
    public static let length = 20

    public let octets: [UInt8]

    public init(_ octets: [UInt8]) { self.octets = octets }

    /// The code of a step.
    public func code(atStep step: Int64, digits: Int = 6) -> String {
        let message = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let digest = Array(
            HMAC<Insecure.SHA1>.authenticationCode(
                for: message, using: SymmetricKey(data: octets)))
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String((number & 0x7FFF_FFFF) % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step of a code, as seconds since 1970 are `seconds`: the clock of the authenticator may
    /// be a step off. Nil for a wrong code, and for one that is not later than `last`, because a
    /// code is good once.
    public func step(of typed: String, at seconds: Int64, after last: Int64) -> Int64? {
        let now = seconds / Self.stepSeconds
        return (now - Self.skew...now + Self.skew).first { step in
            step > last
                && areEqualInConstantTime(Array(code(atStep: step).utf8), Array(typed.utf8))
        }
    }

    /// For typing it in: RFC 4648, section 6, without padding.
    public var base32: String { Base32.encode(octets) }
}

/// RFC 4648, section 6: letters and digits that nobody mistakes for each other on the telephone.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    public static func encode(_ octets: [UInt8]) -> String {
        var (text, bits, count): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        for octet in octets {
            bits = bits << 8 | UInt32(octet)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> count & 31)])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << (5 - count) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
