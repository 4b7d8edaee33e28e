public import JSON
public import Secrets

/// A public half of any of our keys.
public enum PublishedKey: Sendable {
    /// Of the codes of 任命状.
    case certificates(VerifyingKey)
    /// Of the proofs of badges and their status lists.
    case badges(Ed25519PublicKey)
    /// Of badges as JWT.
    case tokens(RSAPublicKey)

    public var id: String {
        switch self {
        case .certificates(let key): key.id
        case .badges(let key): key.id
        case .tokens(let key): key.id
        }
    }

    /// One key (RFC 7517), without a member that is secret. `address` gives where a key of that
    /// name is read: JWT call theirs so, and it must be found by that name in a set.
    public func jwk(at address: (String) -> String) -> JSONValue {
        switch self {
        case .certificates(let key):
            .object([
                "kty": .string("EC"), "crv": .string("P-256"), "x": .string(key.x),
                "y": .string(key.y), "kid": .string(key.id), "alg": .string("ES256"),
                "use": .string("sig"),
            ])
        case .badges(let key):
            .object([
                "kty": .string("OKP"), "crv": .string("Ed25519"), "x": .string(key.x),
                "kid": .string(key.id), "alg": .string("EdDSA"), "use": .string("sig"),
            ])
        case .tokens(let key):
            .object([
                "kty": .string("RSA"), "n": .string(key.n), "e": .string(key.e),
                "kid": .string(address(key.id)), "alg": .string("RS256"), "use": .string("sig"),
            ])
        }
    }

    /// As a DID document lists it: one of Ed25519 as a Multikey, the only form in which verifiers
    /// of Data Integrity look for it.
    fileprivate func method(of did: String, at address: (String) -> String) -> JSONValue {
        let name = DataIntegrity.method(of: did, key: id)
        return switch self {
        case .badges(let key):
            .object([
                "id": .string(name), "type": .string("Multikey"), "controller": .string(did),
                "publicKeyMultibase": .string(key.multibase),
            ])
        case .certificates, .tokens:
            .object([
                "id": .string(name), "type": .string("JsonWebKey"), "controller": .string(did),
                "publicKeyJwk": jwk(at: address),
            ])
        }
    }
}

/// Public halves of keys, as others read them.
public enum PublishedKeys {
    /// All of them (RFC 7517, section 5).
    public static func set(
        _ keys: [PublishedKey], at address: (String) -> String
    ) -> JSONValue {
        .object(["keys": .array(keys.map { $0.jwk(at: address) })])
    }

    /// The keys of such a set that sign certificates, by their names: those that are ours by their
    /// shape. Nil where it is no set.
    public static func keys(in set: JSONValue) -> [String: VerifyingKey]? {
        members(of: set)?.reduce(into: [:]) { keys, member in
            guard let x = octets(member["x"]), let y = octets(member["y"]),
                let key = VerifyingKey(octets: x + y)
            else { return }
            keys[key.id] = key
        }
    }

    /// Those that sign badges.
    public static func badgeKeys(in set: JSONValue) -> [String: Ed25519PublicKey]? {
        members(of: set)?.reduce(into: [:]) { keys, member in
            guard case .string("OKP") = member["kty"], case .string("Ed25519") = member["crv"],
                let x = octets(member["x"]), let key = Ed25519PublicKey(octets: x)
            else { return }
            keys[key.id] = key
        }
    }

    /// Those that sign JWT.
    public static func tokenKeys(in set: JSONValue) -> [String: RSAPublicKey]? {
        members(of: set)?.reduce(into: [:]) { keys, member in
            guard let n = octets(member["n"]), let e = octets(member["e"]),
                let key = RSAPublicKey(n: n, e: e)
            else { return }
            keys[key.id] = key
        }
    }

    private static func members(of set: JSONValue) -> [JSONValue]? {
        guard case .array(let members) = set["keys"] else { return nil }
        return members
    }

    private static func octets(_ value: JSONValue?) -> [UInt8]? {
        ReadCredential.string(value).flatMap(Base64URL.decode)
    }

    /// The document of a DID of the web (W3C DID Core 1.0; did:web, section 2.5).
    public static func document(
        of did: String, _ keys: [PublishedKey], at address: (String) -> String
    ) -> JSONValue {
        .object([
            "@context": .array([
                .string("https://www.w3.org/ns/did/v1"),
                .string("https://w3id.org/security/multikey/v1"),
                .string("https://w3id.org/security/jwk/v1"),
            ]),
            "id": .string(did),
            "verificationMethod": .array(keys.map { $0.method(of: did, at: address) }),
            "assertionMethod": .array(
                keys.map { .string(DataIntegrity.method(of: did, key: $0.id)) }),
        ])
    }
}
