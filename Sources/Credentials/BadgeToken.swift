internal import Enrollment
public import JSON
public import Secrets

/// The same credential as VC-JWT (Open Badges 3.0, section 8.2): a compact JWS of RS256 that
/// encloses what is stated, without the proof.
public struct BadgeToken: Sendable {
    /// base64url, three parts with dots between.
    public let text: String
    /// The address of the key, of which anybody makes one JWK.
    public let keyAddress: String
    /// The credential as it is in there, with the registered claims beside its members.
    let payload: JSONValue
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// Encloses a credential of ours. `keyAddress` is where the key's JWK is read. Nil for what is
    /// no credential.
    public init?(_ credential: JSONValue, by key: RSAKey, at keyAddress: String) throws {
        guard case .object(let members) = credential, let claims = Self.claims(of: credential)
        else { return nil }
        let header = JSONValue.object([
            "alg": .string("RS256"), "typ": .string("JWT"), "kid": .string(keyAddress),
        ])
        payload = .object(members.filter { $0.name != "proof" } + claims)
        let start = Base64URL.encode(header.octets) + "." + Base64URL.encode(payload.octets)
        signed = Array(start.utf8)
        signature = try key.signature(of: signed)
        text = start + "." + Base64URL.encode(signature)
        self.keyAddress = keyAddress
    }

    /// As it came; nil for what has not exactly this shape. Says nothing of who signed it.
    public init?(text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard text.utf8.count <= 65_536, parts.count == 3,
            let head = Base64URL.decode(parts[0]), let header = try? JSONValue(reading: head),
            case .object(let fields) = header, fields.count == 3,
            case .string("RS256") = header["alg"], case .string("JWT") = header["typ"],
            case .string(let address) = header["kid"],
            let body = Base64URL.decode(parts[1]), let payload = try? JSONValue(reading: body),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.text = text
        self.payload = payload
        self.signature = signature
        keyAddress = address
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    public func isSigned(by key: RSAPublicKey) -> Bool { key.holds(signature, of: signed) }

    /// The credential without the claims; nil where they do not say the same as its members.
    public var credential: JSONValue? {
        guard case .object(let members) = payload else { return nil }
        let names = ["iss", "sub", "jti", "nbf", "exp"]
        let credential = JSONValue.object(members.filter { !names.contains($0.name) })
        let claims = members.filter { names.contains($0.name) }
        guard let expected = Self.claims(of: credential), claims == expected else { return nil }
        return credential
    }

    /// What JWT says with words of its own, in seconds since 1970.
    private static func claims(of credential: JSONValue) -> [JSONMember]? {
        guard let read = ReadCredential(credential) else { return nil }
        return [
            JSONMember("iss", .string(read.issuer)), JSONMember("sub", .string(read.subject)),
            JSONMember("jti", .string(read.id)),
            JSONMember("nbf", .integer(Self.second(read.from))),
            JSONMember("exp", .integer(Self.second(read.until))),
        ]
    }

    private static func second(_ moment: Instant) -> Int { Int(moment.microseconds / 1_000_000) }
}
