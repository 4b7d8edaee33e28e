internal import Secrets

/// COSE_Sign1 (RFC 9052, section 4.2) in the one shape that we make: tag 18, ES256, the name of the
/// key, nothing unprotected.
struct SignedMessage: Sendable {
    /// Of the key that it says it was signed with.
    let keyID: String
    let payload: [UInt8]
    private let protected: [UInt8]
    private let signature: [UInt8]

    /// Signs a payload.
    init(_ payload: [UInt8], by key: SigningKey) throws {
        keyID = key.verifying.id
        self.payload = payload
        protected = Self.protected(keyID)
        signature = try key.signature(of: Self.toBeSigned(protected, payload))
    }

    /// Nil for whatever has not exactly this shape.
    init?(reading octets: [UInt8]) {
        guard case .tagged(18, .array(let parts)) = CBORValue(reading: octets), parts.count == 4,
            case .octets(let protected) = parts[0], case .map(let unprotected) = parts[1],
            case .octets(let payload) = parts[2], case .octets(let signature) = parts[3],
            unprotected.isEmpty,
            case .octets(let name) = CBORValue(reading: protected)?[.integer(4)],
            let keyID = String(validating: name, as: UTF8.self),
            protected == Self.protected(keyID)
        else { return nil }
        self.keyID = keyID
        self.payload = payload
        self.protected = protected
        self.signature = signature
    }

    var octets: [UInt8] {
        let parts: [CBORValue] = [
            .octets(protected), .map([]), .octets(payload), .octets(signature),
        ]
        return CBORValue.tagged(18, .array(parts)).encoded
    }

    func isSigned(by key: VerifyingKey) -> Bool {
        key.holds(signature, of: Self.toBeSigned(protected, payload))
    }

    /// The algorithm (ES256 is -7) and the name of the key.
    private static func protected(_ keyID: String) -> [UInt8] {
        CBORValue.map([
            CBOREntry(.integer(1), .integer(-7)),
            CBOREntry(.integer(4), .octets(Array(keyID.utf8))),
        ]).encoded
    }

    /// RFC 9052, section 4.4.
    static func toBeSigned(_ protected: [UInt8], _ payload: [UInt8]) -> [UInt8] {
        CBORValue.array([
            .text("Signature1"), .octets(protected), .octets([]), .octets(payload),
        ]).encoded
    }
}
