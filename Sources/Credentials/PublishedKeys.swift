public import JSON
public import Secrets

/// Public halves of keys, as others read them.
public enum PublishedKeys {
    /// One key (RFC 7517), without a member that is secret.
    public static func jwk(_ key: VerifyingKey) -> JSONValue {
        .object([
            "kty": .string("EC"), "crv": .string("P-256"), "x": .string(key.x),
            "y": .string(key.y), "kid": .string(key.id), "alg": .string("ES256"),
            "use": .string("sig"),
        ])
    }

    /// All of them (RFC 7517, section 5).
    public static func set(_ keys: [VerifyingKey]) -> JSONValue {
        .object(["keys": .array(keys.map(jwk))])
    }

    /// The keys of such a set that are ours by their shape and bear their own name. Nil where it is
    /// no set.
    public static func keys(in set: JSONValue) -> [String: VerifyingKey]? {
        guard case .array(let members) = set["keys"] else { return nil }
        var keys: [String: VerifyingKey] = [:]
        for member in members {
            guard case .string(let x) = member["x"], case .string(let y) = member["y"],
                let first = Base64URL.decode(x), let second = Base64URL.decode(y),
                let key = VerifyingKey(octets: first + second)
            else { continue }
            keys[key.id] = key
        }
        return keys
    }

    /// The document of a DID of the web (W3C DID Core 1.0; did:web, section 2.5).
    public static func document(of did: String, _ keys: [VerifyingKey]) -> JSONValue {
        .object([
            "@context": .array([
                .string("https://www.w3.org/ns/did/v1"),
                .string("https://w3id.org/security/jwk/v1"),
            ]),
            "id": .string(did),
            "verificationMethod": .array(
                keys.map { key in
                    .object([
                        "id": .string("\(did)#\(key.id)"), "type": .string("JsonWebKey"),
                        "controller": .string(did), "publicKeyJwk": jwk(key),
                    ])
                }),
            "assertionMethod": .array(keys.map { .string("\(did)#\($0.id)") }),
        ])
    }
}
