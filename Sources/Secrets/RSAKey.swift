internal import Crypto
internal import CryptoExtras
internal import Foundation

/// The secret half of a pair of RSA, with which credentials are signed as JWT (RS256, RFC 7518,
/// section 3.3): the one algorithm that 1EdTech certifies for them.
public struct RSAKey: Sendable {
    private let key: _RSA.Signing.PrivateKey

    /// A new one of 2,048 bits. The primes come from the system's own generator alone; it takes
    /// some tenths of a second.
    public init() throws { key = try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    /// As it was kept (PKCS#8 or PKCS#1, DER); nil for what is no key.
    public init?(octets: [UInt8]) {
        guard let key = try? _RSA.Signing.PrivateKey(derRepresentation: octets) else { return nil }
        self.key = key
    }

    /// To be kept in a file of mode 0600 and nowhere else.
    var octets: [UInt8] { Array(key.pkcs8DERRepresentation) }

    /// The half that everybody may know.
    public var verifying: RSAPublicKey? { RSAPublicKey(key.publicKey) }

    /// 256 octets.
    public func signature(of message: [UInt8]) throws -> [UInt8] {
        Array(
            try key.signature(
                for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5
            ).rawRepresentation)
    }
}

/// The public half of such a pair.
public struct RSAPublicKey: Sendable {
    private let key: _RSA.Signing.PublicKey
    private let modulus: [UInt8]
    private let exponent: [UInt8]

    init?(_ key: _RSA.Signing.PublicKey) {
        guard let numbers = try? key.getKeyPrimitives() else { return nil }
        self.key = key
        modulus = Array(numbers.modulus)
        exponent = Array(numbers.publicExponent)
    }

    /// As `octets` gives it; nil for what is none.
    public init?(octets: [UInt8]) {
        guard let key = try? _RSA.Signing.PublicKey(derRepresentation: octets) else { return nil }
        self.init(key)
    }

    /// The two numbers of a JWK; nil for what is no key of at least 2,048 bits.
    public init?(n: [UInt8], e: [UInt8]) {
        guard n.count >= 256, let key = try? _RSA.Signing.PublicKey(n: n, e: e) else { return nil }
        self.init(key)
    }

    /// SubjectPublicKeyInfo (DER).
    public var octets: [UInt8] { Array(key.derRepresentation) }

    /// Its name: the thumbprint of its JWK (RFC 7638), cut to 96 bits.
    public var id: String {
        let members = "{\"e\":\"\(e)\",\"kty\":\"RSA\",\"n\":\"\(n)\"}"
        return "rs256-" + Base64URL.encode(Array(Digest.sha256(members.utf8).prefix(12)))
    }

    /// As a JWK has it (RFC 7518, section 6.3.1).
    public var n: String { Base64URL.encode(modulus) }
    public var e: String { Base64URL.encode(exponent) }

    /// Whether whoever has the secret half signed this.
    public func holds(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature),
            for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
    }
}
