internal import Crypto
internal import Foundation

/// The secret half of a pair of Ed25519 (RFC 8032), with which credentials are signed. Signing the
/// same twice gives the same.
public struct Ed25519Key: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new one: any 32 octets are a key.
    public init(_ random: RandomSource) {
        while true {
            if let key = Ed25519Key(octets: random.bytes(32)) {
                self = key
                return
            }
        }
    }

    /// As it was kept; nil for what is no key.
    public init?(octets: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: octets) else {
            return nil
        }
        self.key = key
    }

    /// 32 octets, to be kept in a file of mode 0600 and nowhere else.
    var octets: [UInt8] { Array(key.rawRepresentation) }

    /// The half that everybody may know.
    public var verifying: Ed25519PublicKey { Ed25519PublicKey(key.publicKey) }

    /// 64 octets.
    public func signature(of message: [UInt8]) throws -> [UInt8] {
        Array(try key.signature(for: message))
    }
}

/// The public half of such a pair.
public struct Ed25519PublicKey: Sendable {
    private let key: Curve25519.Signing.PublicKey

    init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

    /// Nil unless there are 32.
    public init?(octets: [UInt8]) {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: octets) else {
            return nil
        }
        self.key = key
    }

    public var octets: [UInt8] { Array(key.rawRepresentation) }

    /// Its name: the thumbprint of its JWK (RFC 7638, RFC 8037 appendix A.3), cut to 96 bits.
    public var id: String {
        let members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"\(x)\"}"
        return "ed25519-" + Base64URL.encode(Array(Digest.sha256(members.utf8).prefix(12)))
    }

    /// As a JWK has it (RFC 8037, section 2).
    public var x: String { Base64URL.encode(octets) }

    /// As a Multikey has it (W3C Controlled Identifiers 1.0, section 2.2.2).
    public var multibase: String { "z" + Base58.encode([0xED, 0x01] + octets) }

    /// Whether whoever has the secret half signed this.
    public func holds(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        signature.count == 64 && key.isValidSignature(signature, for: message)
    }
}
