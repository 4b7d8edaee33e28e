public import Secrets

/// The text in the QR code of a 任命状: base64url of a signed message, without padding, because `+`
/// and `/` of other alphabets change on their way through an address.
public struct CertificateCode: Sendable {
    public let claims: CertificateClaims
    private let message: SignedMessage

    /// Longer is none of ours, and not looked at.
    static let longest = 2_048

    /// Signs what a certificate says.
    public init(_ claims: CertificateClaims, by key: SigningKey) throws {
        self.claims = claims
        message = try SignedMessage(claims.payload, by: key)
    }

    /// What came from a QR code; nil where it was never one of ours, or was changed so that it
    /// cannot be read. Says nothing of who signed it.
    public init?(text: String) {
        guard text.utf8.count <= Self.longest, let octets = Base64URL.decode(text) else {
            return nil
        }
        self.init(octets: octets)
    }

    /// As it is kept.
    public init?(octets: [UInt8]) {
        guard let message = SignedMessage(reading: octets),
            let claims = CertificateClaims(payload: message.payload)
        else { return nil }
        self.message = message
        self.claims = claims
    }

    public var octets: [UInt8] { message.octets }

    public var text: String { Base64URL.encode(octets) }

    /// The name of the key with which it says it was signed.
    public var keyID: String { message.keyID }

    public func isSigned(by key: VerifyingKey) -> Bool { message.isSigned(by: key) }
}
