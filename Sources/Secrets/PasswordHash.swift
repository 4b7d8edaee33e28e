internal import Crypto
internal import CryptoExtras
internal import Foundation

/// A password as it is kept: scrypt, with its cost and salt in the text (`scrypt$17$salt$hash`).
/// Slow and hungry on purpose (128 MiB at the usual cost): call it off the loop, few at a time.
public struct PasswordHash: Sendable, Equatable {
    public let text: String

    /// The base-2 logarithm of N; 17 as the OWASP password storage sheet asks.
    public static let usualCost = 17
    /// Longer input is refused before it costs anything.
    public static let byteLimit = 1024

    public init(stored text: String) { self.text = text }

    /// Throws when the password is longer than `byteLimit`.
    public init(of password: String, salt: [UInt8], cost: Int = usualCost) throws {
        let hash = try Self.scrypt(password, salt, cost)
        text = "scrypt$\(cost)$\(Base64URL.encode(salt))$\(Base64URL.encode(hash))"
    }

    /// Whether this is the password. False for a text that is no hash of ours.
    public func matches(_ password: String) -> Bool {
        let parts = text.split(separator: "$").map(String.init)
        guard parts.count == 4, parts[0] == "scrypt", let cost = Int(parts[1]),
            (10...20).contains(cost), let salt = Base64URL.decode(parts[2]),
            let kept = Base64URL.decode(parts[3]),
            let hash = try? Self.scrypt(password, salt, cost)
        else { return false }
        return areEqualInConstantTime(hash, kept)
    }

    private struct TooLong: Error {}

    private static func scrypt(_ password: String, _ salt: [UInt8], _ cost: Int) throws -> [UInt8] {
        guard password.utf8.count <= byteLimit else { throw TooLong() }
        let key = try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost,
            blockSize: 8, parallelism: 1, maxMemory: 256 << (max(cost, 12) + 3))
        return key.withUnsafeBytes { Array($0) }
    }
}
