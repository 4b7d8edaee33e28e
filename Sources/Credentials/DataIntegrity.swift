internal import Enrollment
internal import JSON
internal import Secrets

/// A proof of `eddsa-rdfc-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2): Ed25519
/// over what a document states, however its JSON is written.
struct DataIntegrity: Sendable {
    /// When it was made, in ISO 8601, as it is written.
    let created: String
    /// The address of the key in the issuer's DID document.
    let method: String

    init(created: String, method: String) {
        self.created = created
        self.method = method
    }

    init(created: Instant, issuer: String, key: Ed25519PublicKey) {
        self.init(created: created.description, method: Self.method(of: issuer, key: key.id))
    }

    static func method(of issuer: String, key id: String) -> String { "\(issuer)#\(id)" }

    private var options: KeyValuePairs<String, JSONValue> {
        [
            "type": .string("DataIntegrityProof"), "cryptosuite": .string("eddsa-rdfc-2022"),
            "created": .string(created), "verificationMethod": .string(method),
            "proofPurpose": .string("assertionMethod"),
        ]
    }

    /// What is signed: the digest of the options, then that of the document without its proof.
    func digests(of document: JSONValue) throws(LinkedDataFault) -> [UInt8] {
        let options = try CanonicalQuads.octets(of: .object(options))
        return Digest.sha256(options) + Digest.sha256(try CanonicalQuads.octets(of: document))
    }

    /// The members with the proof behind them.
    func signed(_ members: [JSONMember], by key: Ed25519Key) throws -> JSONValue {
        let signature = try key.signature(of: digests(of: .object(members)))
        let proof =
            options.map { JSONMember($0.key, $0.value) } + [
                JSONMember("proofValue", .string("z" + Base58.encode(signature)))
            ]
        return .object(members + [JSONMember("proof", .array([.object(proof)]))])
    }

    /// The one proof of a document; nil unless it has exactly the members that ours have.
    static func proof(of document: JSONValue) -> (proof: DataIntegrity, signature: [UInt8])? {
        // JSON-LD says the same with one object as with a list of one.
        let proofs: [JSONValue] =
            switch document["proof"] {
            case .array(let proofs): proofs
            case .some(let proof): [proof]
            case nil: []
            }
        guard proofs.count == 1,
            case .object(let members) = proofs[0], members.count == 6,
            case .string("DataIntegrityProof") = proofs[0]["type"],
            case .string("eddsa-rdfc-2022") = proofs[0]["cryptosuite"],
            case .string("assertionMethod") = proofs[0]["proofPurpose"],
            case .string(let created) = proofs[0]["created"],
            case .string(let method) = proofs[0]["verificationMethod"],
            case .string(let value) = proofs[0]["proofValue"], value.hasPrefix("z"),
            let signature = Base58.decode(String(value.dropFirst())),
            // One signature has one text.
            "z" + Base58.encode(signature) == value
        else { return nil }
        return (DataIntegrity(created: created, method: method), signature)
    }

    func holds(_ signature: [UInt8], of document: JSONValue, by key: Ed25519PublicKey) -> Bool {
        guard let digests = try? digests(of: document) else { return false }
        return key.holds(signature, of: digests)
    }
}
