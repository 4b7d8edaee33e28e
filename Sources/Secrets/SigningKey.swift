internal import Crypto
internal import Foundation

/// The secret half of a pair with which documents are signed: ECDSA on P-256 with SHA-256 (ES256,
/// RFC 9053, section 2.1).
public struct SigningKey: Sendable {
    private let key: P256.Signing.PrivateKey

    /// A new one.
    public init(_ random: RandomSource) {
        // Of 2^32 runs of 32 octets all but one or so are a key.
        while true {
            if let key = SigningKey(octets: random.bytes(32)) {
                self = key
                return
            }
        }
    }

    /// As it was kept; nil for what is no key.
    public init?(octets: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: octets) else { return nil }
        self.key = key
    }

    /// 32 octets, to be kept in a file of mode 0600 and nowhere else.
    var octets: [UInt8] { Array(key.rawRepresentation) }

    /// The half that everybody may know.
    public var verifying: VerifyingKey { VerifyingKey(key.publicKey) }

    /// 64 octets, r and s. Signing the same twice gives two signatures, and both hold.
    public func signature(of message: [UInt8]) throws -> [UInt8] {
        Array(try key.signature(for: message).rawRepresentation)
    }
}

/// The public half of a pair, by which anybody sees that a document was signed with the other.
public struct VerifyingKey: Sendable {
    private let key: P256.Signing.PublicKey

    init(_ key: P256.Signing.PublicKey) { self.key = key }

    /// Nil unless these 64 octets are a point of the curve.
    public init?(octets: [UInt8]) {
        guard let key = try? P256.Signing.PublicKey(rawRepresentation: octets) else { return nil }
        self.key = key
    }

    /// The coordinates x and y, each of 32 octets.
    public var octets: [UInt8] { Array(key.rawRepresentation) }

    /// Its name: the thumbprint of its JWK (RFC 7638), cut to 96 bits.
    public var id: String {
        let members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
        return "es256-" + Base64URL.encode(Array(Digest.sha256(members.utf8).prefix(12)))
    }

    /// As a JWK has it (RFC 7518, section 6.2.1).
    public var x: String { Base64URL.encode(Array(octets.prefix(32))) }
    public var y: String { Base64URL.encode(Array(octets.suffix(32))) }

    /// Whether whoever has the secret half signed this.
    public func holds(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let read = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
            return false
        }
        return key.isValidSignature(read, for: message)
    }
}
