internal import Crypto
internal import Foundation

/// SHA-256 and what is made of it.
public enum Digest {
    public static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(SHA256.hash(data: Array(bytes)))
    }

    /// Lower-case hexadecimal.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ half: UInt8) -> UInt8 { half < 10 ? half + 0x30 : half + 0x57 }

    public static func sha256Hex(_ text: String) -> String { hex(sha256(text.utf8)) }

    public static func sha256Hex(_ bytes: [UInt8]) -> String { hex(sha256(bytes)) }

    /// The first half of the SHA-256 in lower-case hexadecimal, 32 letters: enough to tell one
    /// version of a document from another.
    public static func fingerprint(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).withUnsafeBytes { digest in
            String(unsafeUninitializedCapacity: 32) { text in
                for place in 0..<16 {
                    text[2 * place] = digit(digest[place] >> 4)
                    text[2 * place + 1] = digit(digest[place] & 15)
                }
                return 32
            }
        }
    }
}

/// SHA-256 of bytes that come piece by piece.
public struct RunningDigest {
    private var hasher = SHA256()

    public init() {}

    public mutating func update(_ bytes: [UInt8]) { hasher.update(data: bytes) }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hasher.update(bufferPointer: bytes)
    }

    public func hex() -> String { Digest.hex(hasher.finalize()) }
}

/// A key of this installation; what it makes cannot be made without it.
public struct SecretKey: Sendable {
    /// Holds the key already, which is half of the work for a short message.
    private let started: HMAC<SHA256>

    public init(_ bytes: [UInt8]) { started = HMAC(key: SymmetricKey(data: bytes)) }

    /// HMAC-SHA-256. `purpose` keeps what is made for one use from being taken for another.
    public func code(for text: String, purpose: StaticString) -> [UInt8] {
        code(for: Array(text.utf8), purpose: purpose)
    }

    /// The same of octets.
    public func code(for octets: [UInt8], purpose: StaticString) -> [UInt8] {
        var code = started
        code.update(data: Array(purpose.description.utf8) + [0] + octets)
        return Array(code.finalize())
    }
}

/// Compares without telling by time where the first difference is.
public func areEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
